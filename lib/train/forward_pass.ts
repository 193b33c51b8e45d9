/** A configuration's model and objective as functions of tensors. */
import * as tf from "@tensorflow/tfjs-core";
import type { Batch, Histories } from "../data/batch.ts";
import type { EngineConfig } from "../engine/engine_config.ts";
import type { Model, ModelInput, ModelOutput, Options } from "../model/model.ts";
import { modelOptions } from "../model/options.ts";
import { modelOf } from "../model/registry.ts";
import type { Examples, objective, ObjectiveValue } from "../objective/objective.ts";
import type { SoftmaxLoss } from "../objective/softmax_loss.ts";
import { drawChance, type HistoryRows, modelInput } from "./model_input.ts";

/** A configuration with the model that it names and that model's options. */
export interface Definition {
  readonly config: EngineConfig;
  readonly model: Model;
  readonly options: Options;
}

/** @throws {BadInput} if there is no such model */
export function definitionOf(config: EngineConfig): Definition {
  const model = modelOf(config.model);
  return { config, model, options: modelOptions(model, config.options) };
}

/** Parameters by name. */
type Tensors = Readonly<Record<string, tf.Tensor>>;

/** What went into a model and came out. */
interface Pass {
  readonly input: ModelInput;
  readonly output: ModelOutput;
}

/**
 * Interests and routing of some users.
 *
 * @param rows of the histories
 * @param step of the training; absent in serving
 */
export function forwardPass(
  { config: { sizes, seed }, model, options }: Definition,
  histories: Histories,
  rows: HistoryRows,
  parameters: Tensors,
  step?: number,
): Pass {
  const needs = model.needs?.(sizes, options) ?? {};
  const input = modelInput(histories, rows, sizes, needs, { seed, step });
  return { input, output: model.forward(input, parameters, sizes, options) };
}

/**
 * What a training step minimizes.
 *
 * @param rows     of histories, targets and negatives
 * @param minimize the objective
 * @param softmax  what computes its softmax term
 */
export function objectiveOf(
  definition: Definition,
  batch: Batch,
  { history, ...examples }: { history: HistoryRows } & Pick<Examples, "target" | "negatives">,
  parameters: Tensors,
  step: number,
  minimize: typeof objective,
  softmax: SoftmaxLoss,
): ObjectiveValue {
  const { config: { sizes, seed, objective }, model, options } = definition;
  const { input, output } = forwardPass(definition, batch, history, parameters, step);
  const terms = model.terms?.(output, input, parameters, sizes, options);
  const chance = tf.tensor1d(drawChance(sizes.B, { seed, step })); // [B]
  return minimize(output, { ...examples, chance, terms }, objective, softmax);
}
