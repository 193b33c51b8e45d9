import assert from "node:assert/strict";
import { projectPath, projectRoot } from "../base/files.ts";
import { isRunning } from "../base/owner.ts";
import { join } from "../base/paths.ts";
import { inFolder } from "../testing/in_folder.ts";
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
  const { stdout } = await new Deno.Command("ps", { args: ["-axo", "pid,ppid,command"] }).output();
  const lines = new TextDecoder().decode(stdout).split("\n");
  return lines.filter((line) => line.includes(projectPath("lib", "cli", "train.ts")))
    .map((line) => line.trim().split(/\s+/).map(Number)) // a path may have spaces
    .filter(([, parent]) => parent === sweep).map(([pid]) => pid!);
}

Deno.test({
  name: "trainings end with a killed sweep, and what they had done is saved",
  ignore: Deno.build.os === "windows", // there is no ps there
  fn: () =>
    inFolder(async (folder) => {
      const sweep = new Deno.Command(Deno.execPath(), {
        args: ["eval", "--no-check", SWEEP],
        cwd: projectRoot,
        env: { REMI_RESULTS: folder },
        stdout: "null",
      }).spawn();
      await until(async () => (await trainingsOf(sweep.pid)).length === 2, "trainings", 60);
      const trainings = await trainingsOf(sweep.pid);
      const begun = async () => (await Array.fromAsync(Deno.readDir(folder))).length > 0;
      await until(begun, "a step", 120);
      await new Promise((resolve) => setTimeout(resolve, 3000));
      sweep.kill("SIGKILL");
      await sweep.status;
      await until(() => !trainings.some(isRunning), "the trainings' end", 60);
      const checkpoints = await Array.fromAsync(Deno.readDir(join(folder, "checkpoints")));
      assert.ok(checkpoints.length > 0);
      assert.deepEqual(checkpoints.filter(({ name }) => name.endsWith(".tmp")), []);
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
