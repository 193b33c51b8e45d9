/** Trainings that are watched: one after the other under one live figure, with everything kept. */
import { analysisProbe } from "../analyze/probes.ts";
import { SnapshotRecorder } from "../analyze/snapshot_recorder.ts";
import type { Dataset } from "../data/interactions.ts";
import type { RunSnapshots } from "../results/snapshots.ts";
import { resolveConfig, type TrainConfig } from "../train/config.ts";
import { runKey } from "../train/run_key.ts";
import type { TrainedModel } from "../train/trained_model.ts";
import type { TrainOptions } from "../train/train_options.ts";
import { train } from "../train/trainer.ts";
import { throwIfStopped } from "./train.ts";
import { trainingView } from "./training_view.ts";

/** A training with what was seen along the way. */
export interface Watched {
  /** at its best step; its run has the analysis measures at every evaluation */
  readonly model: TrainedModel;
  /** of its margins and of some users' routing */
  readonly snapshots: RunSnapshots;
}

/** Trainings that ended in a call which was stopped later: the next call takes them from here. */
const ended = new Map<string, Watched>();

/**
 * Trains several configurations one after the other; the live figure is that of the current one.
 * Measures are recorded and snapshots taken as by `deno task train --snapshots`.
 *
 * @throws {BadInput} on a configuration or data that cannot be trained
 * @throws {Diverged} when a loss is not finite
 * @throws {Stopped} when one is stopped by hand, naming those that are missing; the same call goes
 *         on from there, to the same bits
 */
export async function watch(
  dataset: Dataset,
  configs: readonly TrainConfig[],
  options: Pick<TrainOptions, "folder" | "restart" | "acceptCode"> = {},
): Promise<Watched[]> {
  const { folder = "", restart } = options;
  const keys = configs.map((config) => `${runKey(resolveConfig(config), dataset)} ${folder}`);
  if (restart) { for (const key of keys) ended.delete(key); }
  const onProgress = trainingView();
  for (const [i, config] of configs.entries()) {
    if (ended.has(keys[i]!)) continue;
    const recorder = new SnapshotRecorder(dataset, config, options.folder);
    const probes = [analysisProbe(dataset, config), recorder.probe];
    const model = await train(dataset, config, { ...options, onProgress, probes });
    throwIfStopped(model, missing(i, configs));
    ended.set(keys[i]!, { model, snapshots: await recorder.finish(model) });
    await recorder.forget();
  }
  const watched = keys.map((key) => ended.get(key)!);
  ended.clear();
  return watched;
}

/** " in training 1 of 2; missing are 1: { K: 1 } and 2: { K: 4 }" */
function missing(at: number, configs: readonly TrainConfig[]): string {
  const inWords = (config: TrainConfig) =>
    Deno.inspect(config, { compact: true, breakLength: Infinity, depth: 3 });
  const left = configs.slice(at).map((config, i) => `${at + 1 + i}: ${inWords(config)}`);
  return ` in training ${at + 1} of ${configs.length}; missing are ${left.join(" and ")}`;
}
