/** Training with something to look at: what notebooks call. */
import type { Dataset } from "../data/interactions.ts";
import type { TrainConfig } from "../train/config.ts";
import type { TrainedModel } from "../train/trained_model.ts";
import { train as trainUnseen, type TrainOptions } from "../train/trainer.ts";
import { show } from "./show.ts";
import { trainingView } from "./training_view.ts";

/**
 * Trains a model, showing a live figure in a notebook or a line in a terminal, and returns it at
 * its best step. If it was stopped, says how to go on.
 *
 * @throws {BadInput} on a configuration or data that cannot be trained
 * @throws {Diverged} when a loss is not finite
 */
export async function train(
  dataset: Dataset,
  config: TrainConfig = {},
  options: Omit<TrainOptions, "onProgress"> = {},
): Promise<TrainedModel> {
  const trained = await trainUnseen(dataset, config, { ...options, onProgress: trainingView() });
  await sayIfStopped(trained);
  return trained;
}

/** Says how a training that was stopped by hand goes on. */
export async function sayIfStopped({ run }: TrainedModel): Promise<void> {
  if (run.stop !== "interrupted") return;
  await show(
    `Stopped after ${run.steps} steps with everything saved. The same call with the same ` +
      `configuration goes on from here; { restart: true } begins anew.`,
  );
}
