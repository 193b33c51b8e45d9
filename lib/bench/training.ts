/**
 * What a training spends its time on besides its steps, how long it takes to begin, and how long
 * recorded trainings took beside the official code's.
 */
import official from "../../results/official.json" with { type: "json" };
import { BadInput } from "../base/bad_input.ts";
import { fromFileUrl } from "../base/paths.ts";
import { BatchSampler } from "../data/batch_sampler.ts";
import type { Dataset } from "../data/interactions.ts";
import { data } from "../data/load.ts";
import { FusedEngine } from "../engine/fused/engine.ts";
import { Evaluator } from "../evaluate/evaluate.ts";
import { recordedRuns } from "../results/recorded.ts";
import type { TrainConfig } from "../train/config.ts";
import type { ProgressListener } from "../train/progress.ts";
import { TrainedModel } from "../train/trained_model.ts";
import { train } from "../train/trainer.ts";
import type { Effort, Found, Measurement, Ratio } from "./record.ts";
import { Stopwatch } from "./stopwatch.ts";
import { summarized } from "./summary.ts";

/** What a record of this says about itself. */
export const aboutTraining =
  "Trainings of REMI by the fused engine: shares of the time, from the " +
  "start of the program to the first step, and recorded trainings to early stopping";

/** Seconds that the start may take, once everything is cached. */
const START_LIMIT = 2;

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
      await recorded(without),
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

/** Where the time of short trainings goes; the part before their first step is left out. */
async function shares(
  dataset: Dataset,
  folder: string,
  listener: ProgressListener,
  effort: Effort,
): Promise<Found> {
  const trainings = effort === "quick" ? 1 : 5;
  const config: TrainConfig = { objective, maxSteps: effort === "quick" ? 400 : 800 };
  const spent = new Map<string, number[]>();
  for (let i = 0; i < trainings; i++) {
    for (const [name, share] of await oneTraining(dataset, config, folder, listener)) {
      spent.set(name, [...spent.get(name) ?? [], share]);
    }
  }
  const ratio = (name: string, values: readonly number[]): Ratio => ({
    name: `share of ${name}`,
    of: name,
    to: "the whole training",
    by: "wall",
    times: summarized(values),
  });
  const ours = ["sampling", "bookkeeping", "progress"].map((name) => spent.get(name)!);
  const together = ours[0]!.map((_, i) => ours.reduce((sum, values) => sum + values[i]!, 0));
  return {
    measurements: [],
    ratios: [
      ...[...spent].map(([name, values]) => ratio(name, values)),
      { ...ratio("sampling, bookkeeping and progress", together), target: { atMost: 0.1 } },
    ],
    without: [],
  };
}

/** Shares of one training's time. */
async function oneTraining(
  dataset: Dataset,
  config: TrainConfig,
  folder: string,
  listener: ProgressListener,
): Promise<Map<string, number>> {
  const watch = new Stopwatch();
  watch.method(FusedEngine.prototype, "step", "steps");
  watch.method(BatchSampler.prototype, "next", "sampling");
  watch.method(FusedEngine.prototype, "parameters", "evaluation");
  watch.method(Evaluator.prototype, "metrics", "evaluation");
  watch.method(TrainedModel.prototype, "save", "saving");
  try {
    const { engine } = await train(dataset, config, {
      folder,
      restart: true,
      onProgress: watch.wrapped("progress", listener),
    });
    const whole = performance.now() - watch.begun.get("sampling")!;
    engine.dispose();
    const known = [...watch.spent.values()].reduce((a, b) => a + b);
    const spent = new Map(watch.spent).set("bookkeeping", whole - known);
    return new Map([...spent].map(([name, ms]) => [name, ms / whole]));
  } finally {
    watch.stop();
  }
}

/** Programs that end after their first step: read from the cache, as the second run of anyone. */
async function start({ name }: Dataset, folder: string, effort: Effort): Promise<Found> {
  const script = fromFileUrl(new URL("./first_step.ts", import.meta.url));
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
    name: "start to first step",
    of: measurement.name,
    to: `${START_LIMIT} seconds`,
    by: "wall",
    times: summarized(seconds.map((s) => s / START_LIMIT)),
    target: { atMost: 1 },
  };
  return { measurements: [measurement], ratios: [ratio], without: [] };
}

/** Recorded trainings of REMI to early stopping. */
async function recorded(without: string[]): Promise<Found> {
  const wanted = { objective, K: 4, S: 1280 };
  const runs = await recordedRuns(official.data, wanted).catch(() => []);
  const seconds = runs.filter(({ stop, backend }) =>
    stop === "early-stopping" && backend === "fused"
  )
    .map(({ wallSeconds }) => wallSeconds);
  if (seconds.length === 0) {
    without.push(`recorded trainings of REMI on ${official.data}: there are none`);
    return { measurements: [], ratios: [], without: [] };
  }
  const name = "REMI to early stopping";
  const measurement: Measurement = {
    name: `${name}, ${official.data}`,
    unit: "seconds",
    threads: 1,
    wall: summarized(seconds),
  };
  const ratio: Ratio = {
    name: `${name}, official code`,
    of: "the official code's time",
    to: measurement.name,
    by: "wall",
    times: summarized(seconds.map((s) => official.wallSeconds.REMI / s)),
    target: { atLeast: 5 },
  };
  return { measurements: [measurement], ratios: [ratio], without: [] };
}
