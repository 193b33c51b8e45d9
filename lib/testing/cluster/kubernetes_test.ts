import assert from "node:assert/strict";
import { parse } from "yaml";
import { z } from "zod";
import { projectPath } from "../../base/files.ts";
import { planOf } from "../../sweep/plans.ts";
import { progressOf } from "../../sweep/todo.ts";

/** What the file uses of batch/v1 Job, with the names, types and conditions of its schema. */
const name = z.string().regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
const quantity = z.string().regex(/^\d+(\.\d+)?([KMGT]i?|m)?$/);
const quantities = z.strictObject({ cpu: quantity.optional(), memory: quantity.optional() });
const container = z.strictObject({
  name,
  image: z.string(),
  workingDir: z.string().startsWith("/"),
  command: z.string().array(),
  args: z.string().array(),
  env: z.strictObject({ name: z.string(), value: z.string() }).array(), // no numbers
  resources: z.strictObject({ requests: quantities, limits: quantities }),
  volumeMounts: z.strictObject({ name, mountPath: z.string().startsWith("/") }).array(),
});
const rule = z.strictObject({
  action: z.enum(["FailJob", "FailIndex", "Ignore", "Count"]),
  onExitCodes: z.strictObject({
    containerName: name,
    operator: z.enum(["In", "NotIn"]),
    values: z.number().int().array().min(1).max(255),
  }).optional(),
  onPodConditions: z.strictObject({ type: z.string(), status: z.string() }).array().optional(),
}).refine((rule) => (rule.onExitCodes === undefined) !== (rule.onPodConditions === undefined));
const job = z.strictObject({
  apiVersion: z.literal("batch/v1"),
  kind: z.literal("Job"),
  metadata: z.strictObject({ name }),
  spec: z.strictObject({
    completionMode: z.literal("Indexed"), // as backoffLimitPerIndex wants
    completions: z.number().int().positive(),
    parallelism: z.number().int().positive(),
    backoffLimitPerIndex: z.number().int().nonnegative(),
    maxFailedIndexes: z.number().int().nonnegative(),
    podFailurePolicy: z.strictObject({ rules: rule.array().max(20) }),
    template: z.strictObject({
      spec: z.strictObject({
        restartPolicy: z.literal("Never"), // as podFailurePolicy wants
        terminationGracePeriodSeconds: z.number().int(),
        containers: container.array().length(1),
        volumes: z.strictObject({
          name,
          persistentVolumeClaim: z.strictObject({ claimName: name }),
        }).array(),
      }),
    }),
  }),
});

const text = await Deno.readTextFile(projectPath("cluster", "kubernetes.yaml"));

Deno.test("the file for Kubernetes is a Job of batch/v1, and its parts fit together", () => {
  const { spec } = job.parse(parse(text));
  const pod = spec.template.spec;
  const [training] = pod.containers;
  const env = Object.fromEntries(training!.env.map(({ name, value }) => [name, value]));
  assert.equal(Number(env.TASKS), spec.completions);
  assert.ok(spec.maxFailedIndexes <= spec.completions);
  const codes = spec.podFailurePolicy.rules.flatMap(({ onExitCodes }) => onExitCodes ?? []);
  assert.deepEqual(codes.map(({ containerName }) => containerName), [training!.name]);
  assert.deepEqual(training!.volumeMounts.map(({ name }) => name), pod.volumes.map((v) => v.name));
});

Deno.test("a pod has as many trainings as the file and the README beside it say", async () => {
  const { spec } = job.parse(parse(text));
  const plan = spec.template.spec.containers[0]!.env.find(({ name }) => name === "PLAN")!.value;
  const { total } = await progressOf(planOf(plan).points);
  const each = total / spec.completions;
  const words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight"];
  const said = `of ${plan} ${words[Math.floor(each)]} or ${words[Math.ceil(each)]} by each`;
  const readme = await Deno.readTextFile(projectPath("cluster", "README.md"));
  for (const told of [text.replaceAll("\n# ", " "), readme.replaceAll(/[`\n]/g, " ")]) {
    assert.ok(told.replaceAll(/ +/g, " ").includes(said), said);
  }
});

Deno.test({
  name: "an index that starts at 0 becomes a share that starts at 1",
  ignore: Deno.build.os === "windows", // the pod has bash
  fn: shares,
});

async function shares(): Promise<void> {
  const { spec } = job.parse(parse(text));
  const [line] = spec.template.spec.containers[0]!.args[0]!.split("\n");
  for (const [index, task] of [["0", "1"], ["35", "36"]]) {
    const { stdout } = await new Deno.Command("bash", {
      args: ["-euc", `${line}\necho $task`],
      env: { JOB_COMPLETION_INDEX: index! },
    }).output();
    assert.equal(new TextDecoder().decode(stdout).trim(), task);
  }
}
