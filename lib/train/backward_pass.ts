/** A batch's objective and the gradients of everything it depends on. */
import * as tf from "@tensorflow/tfjs-core";
import type { Batch } from "../data/batch.ts";
import type { Rows } from "../engine/core/rows.ts";
import type { StepLosses } from "../engine/engine.ts";
import { tensorOf, withNumbers } from "../engine/tfjs/numbers.ts";
import { RealPositions } from "../model/real_positions.ts";
import type { objective, ObjectiveValue } from "../objective/objective.ts";
import { type BatchIds, batchIds, inOneArray, withoutItemZero } from "./batch_ids.ts";
import type { Core } from "./core.ts";
import type { DenseParameters } from "./dense_parameters.ts";
import { type Definition, objectiveOf } from "./forward_pass.ts";

/** Where a training stands, and what it minimizes. */
export interface Standing {
  readonly definition: Definition;
  readonly core: Core;
  readonly dense: DenseParameters;
  readonly step: number;
  /** the negatives of the full softmax */
  readonly wholeCatalogue: Int32Array | null;
  readonly minimized: typeof objective;
}

/** What comes out of a batch. */
export interface Passed {
  readonly losses: StepLosses;
  readonly ids: BatchIds;
  /** [n] where each item lies among the B L slots of the histories */
  readonly slots: Int32Array;
  /** gradients of the ids' rows: [1, d], which is 0, [n, d], [B, d], [S, d] */
  readonly rows: readonly Float32Array[];
  /** by parameter name */
  readonly dense: Readonly<Record<string, Float32Array>>;
  /** [B, d] the selected interest of every user */
  readonly readout: Float32Array;
  /** [B] its index */
  readonly selected: Float32Array;
}

/** Rows of ids, brought current to step t, as tensors [n, d]: one for each part of the ids. */
export function gathered(
  rows: Rows,
  ids: readonly Int32Array[],
  t: number,
  d: number,
): tf.Tensor2D[] {
  const all = rows.gather(inOneArray(ids), t);
  let at = 0;
  return ids.map(({ length }) => {
    const from = at;
    at += length * d;
    return tensorOf(all.subarray(from, at), [length, d]) as tf.Tensor2D;
  });
}

/** Lets `use` have what comes out; its arrays are valid until then. */
export async function backwardPass<T>(
  standing: Standing,
  batch: Batch,
  use: (passed: Passed) => T,
): Promise<T> {
  const { definition: { config: { sizes: { L, d } }, model }, core, dense, step } = standing;
  let real: RealPositions, ids: BatchIds, value: ObjectiveValue;
  const gradients = tf.tidy(() => {
    real = new RealPositions(batch.length, L);
    ids = batchIds(batch, real.slots, standing.wholeCatalogue);
    const [padding, ...rows] = gathered(core.rows, ids, step, d);
    const lossOf = (...inputs: tf.Tensor[]): tf.Scalar => {
      const [items, target, negatives, ...tensors] = inputs as tf.Tensor2D[];
      const history = { items: items!, padding: padding!, real };
      value = objectiveOf(
        standing.definition,
        batch,
        { history, target: target!, negatives: negatives! },
        dense.named(tensors),
        step,
        standing.minimized,
        core.softmaxLoss,
      );
      forwardOf(value).forEach(tf.keep);
      return value.loss;
    };
    return tf.grads(lossOf)([...rows, ...dense.tensors()]);
  });
  const forward = forwardOf(value!);
  return await withNumbers([...forward, ...gradients], (numbers) => {
    const end = forward.length + ids.length - 1;
    const ofRows = [new Float32Array(d), ...numbers.slice(forward.length, end)];
    if (model.zeroPadding) withoutItemZero(ids, ofRows, d);
    return use({
      losses: lossesOf(value, numbers),
      ids,
      slots: real.slots,
      rows: ofRows,
      dense: dense.named(numbers.slice(end)),
      readout: numbers[3]!,
      selected: numbers[4]!,
    });
  });
}

/** The tensors of a forward pass that are read, in the order they are read in. */
function forwardOf(
  { loss, softmaxLoss, penalty, terms, readout }: ObjectiveValue,
): tf.Tensor[] {
  return [loss, softmaxLoss, penalty, readout.vector, readout.selected, ...Object.values(terms)];
}

function lossesOf({ terms }: ObjectiveValue, numbers: readonly Float32Array[]): StepLosses {
  const [loss, softmaxLoss, penalty] = numbers;
  const names = Object.keys(terms);
  return {
    loss: loss![0]!,
    softmaxLoss: softmaxLoss![0]!,
    routingPenalty: penalty![0]!,
    ...(names.length > 0 && {
      terms: Object.fromEntries(names.map((name, i) => [name, numbers[5 + i]![0]!])),
    }),
  };
}
