/** Training with something to look at: what notebooks call. */
import { BadInput } from "../base/bad_input.ts";
import { Stopped } from "../base/interrupt.ts";
import type { Dataset } from "../data/interactions.ts";
import type { TrainConfig } from "../train/config.ts";
import { endingOf } from "../train/run.ts";
import type { TrainedModel } from "../train/trained_model.ts";
import type { TrainOptions } from "../train/train_options.ts";
import { train as trainUnseen } from "../train/trainer.ts";
import { trainingView } from "./training_view.ts";

let stopped: TrainedModel | null = null;

/**
 * Trains a model, showing a live figure in a notebook or a line in a terminal, and returns it at
 * its best step.
 *
 * @throws {BadInput} on a configuration or data that cannot be trained
 * @throws {Diverged} when a loss is not finite
 * @throws {Stopped} when it is stopped by hand: the same call goes on from there, and
 *         {@linkcode stoppedModel} is the model as it stood
 */
export async function train(
  dataset: Dataset,
  config: TrainConfig = {},
  options: Omit<TrainOptions, "onProgress"> = {},
): Promise<TrainedModel> {
  const trained = await trainUnseen(dataset, config, { ...options, onProgress: trainingView() });
  throwIfStopped(trained);
  return trained;
}

/**
 * Throws for a training that was stopped by hand, and keeps its model.
 *
 * @param which the training among others, and which are missing; nothing for a single one
 * @throws {Stopped} saying where it stands and how it goes on
 */
export function throwIfStopped(model: TrainedModel, which = ""): void {
  if (model.run.stop !== "interrupted") return;
  stopped = model;
  const ending = endingOf(model.run);
  const goesOn = "everything is saved. Run this cell again to go on from there; " +
    "{ restart: true } begins anew.";
  throw new Stopped(
    `${ending[0]!.toUpperCase()}${ending.slice(1)}${which}; ${model.unsaved ?? goesOn} ` +
      "stoppedModel() is the model as it stood.",
  );
}

/**
 * The model of the training that was stopped last, at its best step so far.
 *
 * @throws {BadInput} if none was stopped
 */
export function stoppedModel(): TrainedModel {
  if (stopped) return stopped;
  throw new BadInput(
    "no training was stopped by hand",
    "stoppedModel",
    undefined,
    "A training that ends by itself returns its model: const remi = await train(…).",
  );
}
