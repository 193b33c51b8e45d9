import assert from "node:assert/strict";
import { exists, projectPath, projectRoot } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { inFolder } from "../testing/in_folder.ts";
import { endProcess, hasPs, runningProcesses } from "../testing/processes.ts";
import { until } from "../testing/until.ts";
import { runPoints } from "./run_points.ts";
import type { Todo } from "./todo.ts";

const OPTIONS = ["--data", "synthetic", "--max-steps", "1000000", "--patience", "1000000"];

/** A sweep of two trainings that would take hours. */
const SWEEP = `import { runPoints } from ${JSON.stringify(import.meta.resolve("./run_points.ts"))};
const todo = [1, 2].map((seed) => ({ options: [...${JSON.stringify(OPTIONS)}, "--seed", seed] }));
const { signal } = new AbortController();
await runPoints(todo, { processes: 2, signal, onStart() {}, onEnd: console.log });`;

/** Process ids of the trainings that a sweep has begun. */
async function trainingsOf(sweep: number): Promise<number[]> {
  return (await runningProcesses())
    .filter(({ parent, command }) =>
      parent === sweep && command.includes(projectPath("lib", "cli", "train.ts"))
    )
    .map(({ pid }) => pid);
}

/** Whether these processes have ended. */
async function noneOf(pids: readonly number[]): Promise<boolean> {
  return (await runningProcesses()).every(({ pid }) => !pids.includes(pid));
}

/** The checkpoints in a folder of results, whole ones only, with when they were written. */
async function checkpointsIn(results: string): Promise<{ name: string; time: number }[]> {
  const folder = join(results, "checkpoints");
  if (!await exists(folder)) return [];
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  return names.filter((name) => name.endsWith(".ckpt")).map((name) => {
    return { name, time: Deno.statSync(join(folder, name)).mtime!.getTime() };
  });
}

Deno.test({
  name: "trainings end with a killed sweep, and what they had done is saved",
  ignore: !hasPs,
  fn: () =>
    inFolder(async (folder) => {
      const sweep = new Deno.Command(Deno.execPath(), {
        args: ["eval", "--no-check", SWEEP],
        cwd: projectRoot,
        env: { REMI_RESULTS: folder },
        stdout: "null",
      }).spawn();
      try {
        await until(
          async () => (await checkpointsIn(folder)).length === 2,
          "a checkpoint each",
          180,
        );
        const [trainings, saved] = [await trainingsOf(sweep.pid), await checkpointsIn(folder)];
        assert.equal(trainings.length, 2);
        sweep.kill("SIGKILL");
        await until(async () => await noneOf(trainings), "the trainings' end", 60);
        const savedAgain = await checkpointsIn(folder);
        assert.deepEqual(savedAgain.map(({ name }) => name), saved.map(({ name }) => name));
        savedAgain.forEach(({ time }, i) => assert.ok(time > saved[i]!.time));
      } finally {
        const left = [sweep.pid, ...await trainingsOf(sweep.pid)];
        left.forEach(endProcess);
        await sweep.status;
      }
    }),
});

Deno.test("a training that fails is told, and does not end the rest", async () => {
  const todo = [["--no-such-option"], ["--help"]].map((options) =>
    ({ options }) as unknown as Todo
  );
  const ends: [string, boolean, string][] = [];
  await runPoints(todo, {
    processes: 1,
    signal: new AbortController().signal,
    onStart: () => {},
    onEnd: ({ todo, success, said }) => ends.push([todo.options[0]!, success, said]),
  });
  assert.deepEqual(ends.map(([option, success]) => [option, success]), [
    ["--no-such-option", false],
    ["--help", true],
  ]);
  assert.equal(ends[0]![2], "See --help.");
});
