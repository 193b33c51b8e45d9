import assert from "node:assert/strict";
import { exists, projectPath, projectRoot } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { inFolder } from "../testing/in_folder.ts";
import { endProcess, hasPs, runningProcesses } from "../testing/processes.ts";
import { until } from "../testing/until.ts";
import { readCheckpoint } from "../train/checkpoint.ts";
import { runPoints } from "./run_points.ts";
import type { Todo } from "./todo.ts";

const OPTIONS = ["--data", "synthetic", "--max-steps", "1000000", "--patience", "1000000"];

/** A sweep of two trainings that would take hours. */
const SWEEP = `import { runPoints } from ${JSON.stringify(import.meta.resolve("./run_points.ts"))};
const todo = [1, 2].map((seed) => ({ options: [...${JSON.stringify(OPTIONS)}, "--seed", seed] }));
const { signal } = new AbortController();
await runPoints(todo, { processes: 2, signal, onStart() {}, onEnd: console.log });`;

/** Process ids of the trainings that a sweep has begun, with an option among theirs. */
async function trainingsOf(sweep: number, option = ""): Promise<number[]> {
  return (await runningProcesses())
    .filter(({ parent, command }) =>
      parent === sweep && command.includes(projectPath("lib", "cli", "train.ts")) &&
      command.includes(option)
    )
    .map(({ pid }) => pid);
}

/** Whether these processes have ended. */
async function noneOf(pids: readonly number[]): Promise<boolean> {
  return (await runningProcesses()).every(({ pid }) => !pids.includes(pid));
}

/** The steps that the checkpoints in a folder of results are at, by file. */
async function stepsSaved(results: string): Promise<Map<string, number>> {
  const folder = join(results, "checkpoints");
  if (!await exists(folder)) return new Map();
  const names = Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
  const found = names.filter((name) => name.endsWith(".ckpt")).map(async (name) => {
    const checkpoint = await readCheckpoint<{ step: number }>(join(folder, name));
    return [name, checkpoint!.meta.step] as const;
  });
  return new Map(await Promise.all(found));
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
          async () => (await stepsSaved(folder)).size === 2,
          "a checkpoint each",
          180,
        );
        const [trainings, before] = [await trainingsOf(sweep.pid), await stepsSaved(folder)];
        assert.equal(trainings.length, 2);
        await new Promise((resolve) => setTimeout(resolve, 1000)); // for steps after it
        sweep.kill("SIGKILL");
        await until(async () => await noneOf(trainings), "the trainings' end", 60);
        const after = await stepsSaved(folder);
        assert.deepEqual([...after.keys()], [...before.keys()]);
        const gone = Array.from(before, ([name, step]) => after.get(name)! - step);
        // one that was stopped right at its checkpoint has nothing more to save, but hardly both
        assert.ok(gone.every((steps) => steps >= 0) && gone.some((steps) => steps > 0), `${gone}`);
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
  assert.match(ends[0]![2], /^unknown option: --no-such-option/);
});

Deno.test({
  name: "a training that somebody kills is told as killed, with its last words",
  ignore: !hasPs,
  fn: () =>
    inFolder(async (folder) => {
      const ends: string[] = [];
      const options = [...OPTIONS, "--results", folder];
      const running = runPoints([{ options } as unknown as Todo], {
        processes: 1,
        signal: new AbortController().signal,
        onStart: () => {},
        onEnd: ({ success, said }) => ends.push(`${success} ${said}`),
      });
      const ours = () => trainingsOf(Deno.pid, folder);
      await until(async () => (await ours()).length > 0, "a training", 60);
      for (const pid of await ours()) Deno.kill(pid, "SIGKILL");
      await running;
      assert.match(ends.join(), /^false it was ended by SIGKILL, perhaps for want of memory/);
    }),
});
