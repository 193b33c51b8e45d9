/** Processes that are killed at random moments: what they had finished is there, and goes on. */
import { exists, sha256 } from "../../base/files.ts";
import { join } from "../../base/paths.ts";
import { appendRun, readRuns } from "../../results/store.ts";
import { exampleRun } from "../example_runs.ts";
import { code, notebookOf } from "../example_notebooks.ts";
import { readNotebook, writeNotebook } from "../../notebook/file/ipynb.ts";
import { FaultBench, filesIn, type RunOptions, SMALL_TRAINING } from "./bench.ts";

const TRAIN = "lib/cli/train.ts";
const LOAD = "lib/testing/faults/load_once.ts";

/** A signal at a random moment: two of three times the one that nobody can catch. */
function kill({ random }: FaultBench, longest: number): Required<RunOptions>["kill"] {
  const signals = ["SIGKILL", "SIGKILL", "SIGKILL", "SIGKILL", "SIGTERM", "SIGINT"] as const;
  return {
    after: 30 + random.below(Math.ceil(longest)),
    signal: signals[random.below(signals.length)]!,
  };
}

/** Trainings killed again and again until they are recorded, each the same to the bit. */
export async function killTrainings(bench: FaultBench, count: number): Promise<void> {
  const curveOf = async () => {
    const { runs } = await readRuns(bench.results);
    const trained = runs.filter(({ config }) => config.d === 8);
    if (trained.length > 1) bench.note("lost", `one training is recorded ${trained.length} times`);
    return trained[0]?.curve;
  };
  const life = Math.max(500, (await bench.run(TRAIN, SMALL_TRAINING)).took);
  const expected = await curveOf();
  const reset = () => Deno.remove(bench.results, { recursive: true });
  await reset();
  for (let kills = 0; bench.findings.trials < count; kills++) {
    bench.findings.trials++;
    const finished = await isFinished(bench.results);
    const ended = kills % 8 === 7
      ? await bench.run(TRAIN, SMALL_TRAINING)
      : await bench.run(TRAIN, SMALL_TRAINING, { kill: kill(bench, life) });
    await bench.noteRunning();
    if (finished && /Step \d+ of/.test(ended.out)) {
      bench.note("lost", "a finished training is trained again", ended.out);
    }
    const curve = await curveOf();
    if (curve === undefined) continue;
    if (curve !== expected) bench.note("lost", "a training that went on came out otherwise");
    await bench.run(TRAIN, [...SMALL_TRAINING, "--seed", "2"]); // which clears what is left
    await bench.noteLying();
    await reset();
    kills = -1;
  }
}

/** Whether the model of a finished training is there, recorded or to be so by the next call. */
async function isFinished(results: string): Promise<boolean> {
  const files = await filesIn(join(results, "checkpoints"));
  return files.some((path) => path.endsWith(".safetensors"));
}

/** Sweeps killed while their children train: none goes on alone, and the store stays readable. */
export async function killSweeps(bench: FaultBench, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    bench.findings.trials++;
    const args = ["synthetic", "--processes", "2", "--first", "4"];
    await bench.run("lib/cli/sweep.ts", args, { kill: kill(bench, 4000) });
    await bench.noteRunning();
  }
  await bench.mayFail("lib/cli/results.ts", []);
}

/** Runs of a notebook killed: the notebook stays whole, no kernel goes on, nothing lies about. */
export async function killNotebooks(bench: FaultBench, count: number): Promise<void> {
  const path = join(bench.folder, "killed.ipynb");
  const source = "await new Promise((done) => setTimeout(done, 500));";
  await writeNotebook(path, notebookOf("# Killed", code(source), code(`${source} // again`)));
  const sources = async () => (await readNotebook(path)).cells.map((cell) => cell.source);
  const before = JSON.stringify(await sources());
  const run = (options?: RunOptions) => bench.run("lib/cli/notebooks.ts", [path], options);
  for (let n = 0; n < count; n++) {
    bench.findings.trials++;
    await run({ kill: kill(bench, 6000) });
    await bench.noteRunning(6000);
    const after = await sources().then(JSON.stringify, String);
    if (after !== before) bench.note("lost", "the notebook is another one", after);
  }
  const { code: exit, err } = await run();
  if (exit !== 0) bench.note("lost", "the notebook does not run any more", err);
  await bench.noteLying();
}

/** Loadings of data killed while they read and cache: the next gives the same. */
export async function killLoadings(bench: FaultBench, count: number): Promise<void> {
  const lines = Array.from(
    { length: 20_000 },
    () => Array.from({ length: 10 }, () => bench.random.below(3000)).join(" "),
  );
  await Deno.mkdir(join(bench.folder, "data"));
  await Deno.writeTextFile(join(bench.folder, "data", "maerec_books.seq.txt"), lines.join("\n"));
  const cache = () => Deno.remove(join(bench.folder, "cache"), { recursive: true });
  const whole = await bench.run(LOAD, [bench.folder]);
  for (let n = 0; n < count; n++) {
    bench.findings.trials++;
    if (n % 4 === 0) await cache().catch(() => {});
    await bench.run(LOAD, [bench.folder], { kill: kill(bench, whole.took) });
  }
  const again = await bench.mayFail(LOAD, [bench.folder]);
  if (again.out !== whole.out) bench.note("lost", "the data is another", again.err + again.out);
  await cache();
  await bench.run(LOAD, [bench.folder]);
  await bench.noteRunning();
  await bench.noteLying();
}

/** Merges killed: the next brings what lacks, once. */
export async function killMerges(bench: FaultBench, count: number): Promise<void> {
  const from = join(bench.folder, "others");
  for (let seed = 1; seed <= 40; seed++) {
    await appendRun({ ...exampleRun(0.1, seed, {}), key: sha256(`${seed}`).slice(0, 16) }, from);
  }
  const merge = (options?: RunOptions) => bench.run("lib/cli/results.ts", ["merge", from], options);
  const whole = await merge();
  for (let n = 0; n < count; n++) {
    bench.findings.trials++;
    if (n % 3 === 0) await Deno.remove(bench.results, { recursive: true }).catch(() => {});
    await merge({ kill: kill(bench, whole.took) });
  }
  await merge();
  const { runs, damaged } = await readRuns(bench.results);
  const keys = new Set(runs.map(({ key }) => key));
  if (keys.size !== 40 || runs.length !== 40) {
    bench.note("lost", `${runs.length} records of ${keys.size} runs, where there were 40`);
  }
  if (damaged.length > 1) bench.note("lost", `damaged lines: ${damaged.join(", ")}`);
  if (!await exists(from)) bench.note("lost", "the folder that was merged");
  await bench.noteRunning();
  await bench.noteLying();
}
