import assert from "node:assert/strict";
import type { Run } from "../../train/run.ts";
import { exampleRun, exampleSweep, titleOf } from "../../testing/example_runs.ts";
import { sweep } from "./sweep.ts";

const recall = { over: "beta", show: ["Recall@50"] } as const;

/** The same with differences that the seeds do not agree on. */
const noisy = exampleSweep.map((run): Run => {
  const { beta = 0 } = run.config.objective.ihn ?? {};
  const noise = 0.004 * ((3 * run.seed * (Math.round(10 * beta) % 7 + 1)) % 5 - 2);
  const at50 = { ...run.test[50]!, recall: run.test[50]!.recall + noise };
  return { ...run, test: { ...run.test, 50: at50 } };
});

Deno.test("the title names every value that the paired rule does not tell from the best", () => {
  assert.match(titleOf(sweep(noisy, recall)), /^Highest test recall@50: β = 0, 0\.1 or 1 /);
  assert.match(titleOf(sweep(exampleSweep, recall)), /^Highest test recall@50: β = 1 /);
});

Deno.test("the title claims nothing that the seeds do not support", () => {
  const alike = noisy.filter(({ config }) => config.objective.ihn?.beta !== 10);
  assert.match(titleOf(sweep(alike, recall)), /^Test recall@50: seeds tell no β from the best /);
  const two = exampleSweep.filter(({ seed }) => seed < 3);
  assert.match(titleOf(sweep(two, recall)), /^Test recall@50 by β: too few seeds to judge /);
  const few = exampleSweep.filter(({ seed, config }) =>
    seed === 1 || config.objective.ihn?.beta !== 1
  );
  assert.match(titleOf(sweep(few, recall)), /^Highest test recall@50: β = 0\.1 /);
});

Deno.test("learning rates and lengths of histories are swept like the others", () => {
  const rates = exampleSweep.filter(({ config }) => config.objective.ihn?.beta === 1)
    .flatMap((run) =>
      [3e-4, 1e-3].map((learningRate) => ({ ...run, config: { ...run.config, learningRate } }))
    );
  const made = sweep(rates, { over: "learningRate", show: ["Recall@20"] });
  assert.deepEqual((made.layout.xaxis as { ticktext: unknown }).ticktext, ["0.0003", "0.001"]);
  assert.match(titleOf(made), /^Test recall@20: seeds tell no rate from the best /);
});

Deno.test("points are means with whiskers over seeds, 0 stands beside the logarithms", () => {
  const made = sweep(exampleSweep, recall);
  const [line, without, with_] = made.data;
  assert.deepEqual(line!.x, [-2, -1, 0, 1]);
  assert.deepEqual([without!.name, with_!.name], ["RR alone", "REMI"]);
  const { array, arrayminus } = without!.error_y as Record<string, number[]>;
  assert.ok(Math.abs(array![0]! - 0.3) < 1e-9 && Math.abs(arrayminus![0]! - 0.3) < 1e-9);
});

Deno.test("what differs in something else is another line", () => {
  const alone = exampleSweep.map((run): Run => ({
    ...run,
    config: { ...run.config, objective: { softmax: "sampled" as const } },
  })).filter((_, i) => i % 4 === 0);
  const made = sweep([...exampleSweep, ...alone], recall);
  assert.equal(made.data.filter(({ mode }) => mode === "lines").length, 2);
  assert.match(titleOf(made), /^Highest test recall@50 from RR alone to REMI: β = 1 /);
});

Deno.test("measures are shown where they were measured, and refused where they were not", () => {
  const show = { over: "beta", show: ["effective-negatives-selected"] } as const;
  assert.throws(() => sweep(exampleSweep, show), /not measured in any run/);
  const measured = { ...exampleRun(0.3, 1, {}), measures: { "effective-negatives-selected": 99 } };
  assert.match(
    titleOf(sweep([measured], show)),
    /^Effective negatives \(selected interest\) is 99\.0/,
  );
});

Deno.test("a seed that one value has twice is refused, with both runs' keys", () => {
  const [first] = exampleSweep;
  const longer = { ...first!, key: "longer", config: { ...first!.config, maxSteps: 1_000_000 } };
  assert.throws(
    () => sweep([...exampleSweep, longer], recall),
    new RegExp(`${first!.key} and longer, seed: a seed appears twice .*: 1\\. Leave one`),
  );
});

Deno.test("several data sets and no runs are refused", () => {
  const elsewhere = { ...exampleSweep[0]!, data: { name: "other", hash: "other" } };
  assert.throws(() => sweep([...exampleSweep, elsewhere], recall), /one data set/);
  assert.throws(() => sweep([], recall), /one data set/);
});
