/** What a model reads of a batch, as tensors, and the noise that goes in. */
import * as tf from "@tensorflow/tfjs-core";
import { BadInput } from "../base/bad_input.ts";
import { Random } from "../base/random.ts";
import type { Histories } from "../data/batch.ts";
import type { Sizes } from "../data/sizes.ts";
import type { ModelInput, Needs, Noise } from "../model/model.ts";

/** Where a forward pass stands: in which step of a training, or in serving. */
export interface Occasion {
  /** 1 unless said */
  readonly seed?: number;
  /** the step's number; absent in serving */
  readonly step?: number;
}

/** The rows of histories. */
export interface HistoryRows extends Pick<ModelInput, "items" | "padding" | "real"> {}

/**
 * The input of a forward pass.
 *
 * @throws {BadInput} if the model needs something of the data that is not there
 */
export function modelInput(
  histories: Histories,
  { items, padding, real }: HistoryRows,
  { L, profile: fields = [] }: Sizes,
  needs: Needs,
  occasion: Occasion,
): ModelInput {
  const { length } = histories;
  const B = length.length;
  const mask = new Float32Array(B * L);
  length.forEach((n, b) => mask.fill(1, b * L, b * L + n));
  const days = needs.days && given(histories.days, "days of clicks");
  const profile = needs.profile && given(histories.profile, "profiles of users");
  let history: tf.Tensor3D | undefined;
  return {
    items,
    padding,
    get history() {
      return history ??= real.among(items, padding);
    },
    mask: tf.tensor2d(mask, [B, L]),
    real,
    ...(days && { days: tf.tensor2d(days, [B, L], "int32") }),
    ...(profile && { profile: tf.tensor2d(profile, [B, fields.length], "int32") }),
    noise: Object.fromEntries(
      Object.entries(needs.noise ?? {})
        .filter(([, { trainingOnly }]) => !trainingOnly || occasion.step !== undefined)
        .map(([name, noise]) => {
          const values = histories.noise?.[name] ?? drawNoise(name, noise, histories, occasion);
          return [name, tf.tensor(values, [B, ...noise.shape])];
        }),
    ),
  };
}

function given(values: Int32Array | undefined, what: string): Int32Array {
  if (values) return values;
  const remedy = "Ask with them, as interestsOf(history, { times, profile }) does.";
  throw new BadInput(
    "the model reads what the histories do not have",
    "config.model",
    what,
    remedy,
  );
}

/**
 * The noise of every user, [U, ...shape]. A step draws anew from a stream of its own, so that a
 * training that goes on after a stop draws the same. In serving a user's noise follows from the
 * history: the same answer each time, whoever else is asked about.
 */
export function drawNoise(
  name: string,
  { shape, draw, byPosition }: Noise,
  { history, length }: Histories,
  { seed = 1, step }: Occasion,
): Float32Array {
  const U = length.length;
  const L = history.length / U;
  const size = shape.reduce((a, b) => a * b, 1);
  const values = new Float32Array(U * size); // [U, ...shape]
  const ofTraining = new Random(seed, `noise ${name} of step ${step}`);
  for (let u = 0; u < U; u++) {
    const seen = history.subarray(u * L, u * L + length[u]!);
    const random = step === undefined
      ? new Random(seed, `noise ${name} for ${seen.join(" ")}`)
      : ofTraining;
    const end = u * size + (byPosition ? size / L * length[u]! : size);
    for (let i = u * size; i < end; i++) values[i] = draw(random);
  }
  return values;
}

/** [B] uniform in [0, 1): what a drawn selection of a step goes by. */
export function drawChance(B: number, { seed = 1, step }: Occasion): Float32Array {
  const random = new Random(seed, `selection of step ${step}`);
  return new Float32Array(B).map(() => random.uniform());
}
