/** Trainings that are watched: one after the other under one live figure, with everything kept. */
import { analysisProbe } from "../analyze/probes.ts";
import { SnapshotRecorder } from "../analyze/snapshot_recorder.ts";
import type { Dataset } from "../data/interactions.ts";
import type { RunSnapshots } from "../results/snapshots.ts";
import type { TrainConfig } from "../train/config.ts";
import type { TrainedModel } from "../train/trained_model.ts";
import { train, type TrainOptions } from "../train/trainer.ts";
import { sayIfStopped } from "./train.ts";
import { trainingView } from "./training_view.ts";

/** A training with what was seen along the way. */
export interface Watched {
  /** at its best step; its run has the analysis measures at every evaluation */
  readonly model: TrainedModel;
  /** of its margins and of some users' routing */
  readonly snapshots: RunSnapshots;
}

/**
 * Trains several configurations one after the other; the live figure is that of the current one.
 * Measures are recorded and snapshots taken as by `deno task train --snapshots`. The stop button
 * ends the current training, which is left out with those that would follow; a call that asks for
 * it again goes on from there.
 *
 * @throws {BadInput} on a configuration or data that cannot be trained
 * @throws {Diverged} when a loss is not finite
 */
export async function watch(
  dataset: Dataset,
  configs: readonly TrainConfig[],
  options: Pick<TrainOptions, "folder"> = {},
): Promise<Watched[]> {
  const watched: Watched[] = [];
  const onProgress = trainingView();
  for (const config of configs) {
    const recorder = new SnapshotRecorder(dataset, config, options.folder);
    const probes = [analysisProbe(dataset, config), recorder.probe];
    const model = await train(dataset, config, { ...options, onProgress, probes });
    await sayIfStopped(model);
    if (model.run.stop === "interrupted") break;
    watched.push({ model, snapshots: await recorder.finish(model) });
  }
  return watched;
}
