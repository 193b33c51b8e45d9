/**
 * What a training spends its time on besides its steps, how long it takes to begin, and how long it
 * takes to early stopping beside the official code's.
 */
import process from "node:process";
import official from "../../results/official.json" with { type: "json" };
import { analysisProbe } from "../analyze/probes.ts";
import { BadInput } from "../base/bad_input.ts";
import { Stopped } from "../base/interrupt.ts";
import { fromFileUrl } from "../base/paths.ts";
import { BatchSampler } from "../data/batch_sampler.ts";
import type { Dataset } from "../data/interactions.ts";
import { data } from "../data/load.ts";
import { FusedEngine } from "../engine/fused/fused_engine.ts";
import { Evaluator } from "../evaluate/evaluate.ts";
import type { TrainConfig } from "../train/config.ts";
import type { ProgressListener } from "../train/progress.ts";
import type { Run } from "../train/run.ts";
import { train } from "../train/trainer.ts";
import type { Duration } from "./clock.ts";
import type { Effort, Found, Measurement, Ratio } from "./record.ts";
import { Stopwatch } from "./stopwatch.ts";
import { summarized } from "./summary.ts";

/** What a record of this says about itself. */
export const aboutTraining =
  "Trainings of REMI by the fused engine: shares of the time, from the " +
  "start of the program to the first step, and one training to early stopping";

/** Seconds that the start may take, once everything is cached. */
const START_LIMIT = 2;
/** Steps after which embeddings are no longer random: until then retrieval takes longer. */
const SETTLED = 1000;

const objective = { ihn: { beta: 0.1 }, rr: { lambda: 100 } };

/** @param listener what a person would watch the training with */
export async function measureTraining(effort: Effort, listener: ProgressListener): Promise<Found> {
  const without: string[] = [];
  const dataset = await trainingData(without);
  const folder = await Deno.makeTempDir();
  try {
    const parts = [
      await shares(dataset, folder, listener, effort),
      await start(dataset, folder, effort),
      await toEarlyStopping(dataset, folder, effort),
    ];
    return {
      measurements: parts.flatMap(({ measurements }) => measurements),
      ratios: parts.flatMap(({ ratios }) => ratios),
      without,
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** RetailRocket where it is at hand, else the synthetic data. */
async function trainingData(without: string[]): Promise<Dataset> {
  try {
    return await data("retailrocket-comirec");
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    without.push("retailrocket-comirec: it is not at hand; synthetic data take its place");
    return await data("synthetic");
  }
}

/** What has been spent at the end of an evaluation. */
interface Mark {
  readonly step: number;
  readonly wall: number;
  readonly processor: number;
  readonly spent: ReadonlyMap<string, number>;
}

/** Where the time goes between one evaluation and the next, that one included. */
async function shares(
  dataset: Dataset,
  folder: string,
  listener: ProgressListener,
  effort: Effort,
): Promise<Found> {
  const [skipped, maxSteps] = effort === "quick" ? [0, 400] : [SETTLED, SETTLED + 2000];
  const marks = await marksOf(dataset, { objective, maxSteps }, folder, listener);
  const stretches = marks.slice(1).filter(({ step }) => step > skipped).map((mark, i, kept) => {
    const before = marks[marks.length - kept.length + i - 1]!;
    const wall = mark.wall - before.wall;
    const spent = new Map(
      [...mark.spent].map(([name, ms]) => [name, ms - (before.spent.get(name) ?? 0)] as const),
    );
    const known = [...spent.values()].reduce((a, b) => a + b);
    spent.set("bookkeeping", wall - known);
    const steps = mark.step - before.step;
    const processor = (mark.processor - before.processor) / steps;
    return { wall: wall / steps, processor, share: (name: string) => spent.get(name)! / wall };
  });
  const ratio = (name: string, parts: readonly string[]): Ratio => ({
    name: `share of ${name}`,
    of: name,
    to: "the whole training",
    by: "wall",
    times: summarized(
      stretches.map(({ share }) => parts.reduce((sum, part) => sum + share(part), 0)),
    ),
  });
  const others = ["sampling", "bookkeeping", "progress"];
  const measurement: Measurement = {
    name: `training on ${dataset.name}, evaluations included`,
    unit: "ms per step",
    threads: 1,
    wall: summarized(stretches.map(({ wall }) => wall)),
    processor: summarized(stretches.map(({ processor }) => processor)),
  };
  return {
    measurements: [measurement],
    ratios: [
      ...["steps", "evaluation", ...others].map((name) => ratio(name, [name])),
      { ...ratio("all but steps and evaluation", others), target: { atMost: 0.1 } },
      ...dataset.name === official.data ? [besideOfficial(measurement.name, stretches)] : [],
    ],
    without: [],
  };
}

function besideOfficial(name: string, stretches: readonly Duration[]): Ratio {
  return {
    name: "official code / fused, a step and its evaluation",
    of: "the official code's, evaluations included",
    to: name,
    by: "wall", // of the official code's there is no other
    times: summarized(stretches.map(({ wall }) => official.stepMilliseconds / wall)),
    target: { atLeast: 5 },
  };
}

/** Trains and notes what has been spent after each evaluation. */
async function marksOf(
  dataset: Dataset,
  config: TrainConfig,
  folder: string,
  listener: ProgressListener,
): Promise<Mark[]> {
  const watch = new Stopwatch();
  watch.method(FusedEngine.prototype, "step", "steps");
  watch.method(FusedEngine.prototype, "table", "evaluation"); // brings all rows up to date
  watch.method(FusedEngine.prototype, "parameters", "evaluation");
  watch.method(Evaluator.prototype, "metrics", "evaluation");
  watch.method(BatchSampler.prototype, "next", "sampling");
  const watched = watch.wrapped("progress", listener);
  const marks: Mark[] = [];
  try {
    const { engine, run } = await train(dataset, config, {
      folder,
      restart: true,
      async onProgress(progress) {
        await watched(progress);
        if (progress.curve.length === marks.length) return;
        const { user, system } = process.cpuUsage();
        marks.push({
          step: progress.step,
          wall: performance.now(),
          processor: (user + system) / 1000,
          spent: new Map(watch.spent),
        });
      },
    });
    engine.dispose();
    refuseStopped(run);
    return marks;
  } finally {
    watch.stop();
  }
}

/** A training that was stopped is no measurement, and stopping it means all of them. */
function refuseStopped({ stop, steps }: Run): void {
  if (stop === "interrupted") throw new Stopped(`Stopped by hand after ${steps} steps.`);
}

/** Programs that end after their first step: read from the cache, as the second run of anyone. */
async function start({ name }: Dataset, folder: string, effort: Effort): Promise<Found> {
  const script = fromFileUrl(new URL("./program_of_one_step.ts", import.meta.url));
  const seconds: number[] = [];
  for (let i = -1; i < (effort === "quick" ? 1 : 5); i++) {
    const begun = performance.now();
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", script, name, folder],
    }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    if (i >= 0) seconds.push((performance.now() - begun) / 1000);
  }
  const measurement: Measurement = {
    name: `from start to first step, ${name}`,
    unit: "seconds",
    threads: 1,
    wall: summarized(seconds),
  };
  const ratio: Ratio = {
    name: "start to first step / 2 seconds",
    of: measurement.name,
    to: `${START_LIMIT} seconds`,
    by: "wall",
    times: summarized(seconds.map((s) => s / START_LIMIT)),
    target: { atMost: 1 },
  };
  return { measurements: [measurement], ratios: [ratio], without: [] };
}

/** One whole training of REMI, as `deno task train` does it, to the reference's early stopping. */
async function toEarlyStopping(dataset: Dataset, folder: string, effort: Effort): Promise<Found> {
  if (effort === "quick" || dataset.name !== official.data) {
    return { measurements: [], ratios: [], without: [] };
  }
  const config: TrainConfig = { objective };
  const begun = performance.now();
  const before = process.cpuUsage();
  const probes = [analysisProbe(dataset, config)];
  const { engine, run } = await train(dataset, config, { folder, restart: true, probes });
  engine.dispose();
  refuseStopped(run);
  const wall = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(before);
  const processor = (user + system) / 1e6;
  const name = "REMI to early stopping";
  const measurement: Measurement = {
    name: `${name}, ${official.data}`,
    unit: "seconds",
    threads: 1,
    wall: summarized([wall]),
    processor: summarized([processor]),
  };
  const ratio: Ratio = {
    name: `official code / fused, ${name}`,
    of: "the official code's time",
    to: measurement.name,
    by: "wall",
    times: summarized([official.wallSeconds.REMI / wall]),
    target: { atLeast: 5 },
  };
  return { measurements: [measurement], ratios: [ratio], without: [] };
}
