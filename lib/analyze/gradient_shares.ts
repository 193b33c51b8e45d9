/** Who carries the gradient: its cumulative share against the share of the negatives. */
import { chanceToStop } from "../base/interrupt.ts";
import type { TrainedModel } from "../train/trained_model.ts";
import { negativeGradient } from "./easy_negatives.ts";
import { drawSample, type SampleSize } from "./sample.ts";
import { meanScores, type UserScores, userScores, vectorsByUser } from "./scores.ts";
import { requireNearest } from "./selected_interest.ts";

/** Points of a curve for each factor of ten. */
const DENSITY = 12;

/** Cumulative shares, means over users; equal weights would give the diagonal. */
export interface GradientShares {
  /** the users that were measured */
  readonly users: number;
  /** [m] share of the negatives, hardest first, from 1/n to 1 */
  readonly negatives: readonly number[];
  /** [m] share of sum |w| that they carry for the selected interest */
  readonly selected: readonly number[];
  /** [m] had another interest been selected; null for K = 1 */
  readonly other: readonly number[] | null;
  /** [m] for the mean of the interests as the only vector */
  readonly single: readonly number[];
  readonly hidden: HiddenShares;
}

/** The negatives that outrank the target for the user and not for the selected interest. */
export interface HiddenShares {
  /** their share of the negatives */
  readonly negatives: number;
  /** their share of sum |w| for the selected interest: what the training gives them */
  readonly selected: number;
  /** their share if the scores were max_k x_kj, by which the user is served */
  readonly user: number;
}

/**
 * Measures a trained model on valid users; w is the gradient of its own loss with respect to the
 * scores of the negatives ({@linkcode negativeGradient}).
 *
 * @param size 100 users and 1,280 negatives unless said otherwise, the sample of the measures
 * @throws {BadInput} for a size that is not a positive integer, data without a valid user, or a
 *                    training that does not train the interest nearest to the target
 */
export async function gradientShares(
  { dataset, config, engine, parameters }: Pick<
    TrainedModel,
    "dataset" | "config" | "engine" | "parameters"
  >,
  { users = 100, negatives = 1280 }: Partial<SampleSize> = {},
): Promise<GradientShares> {
  requireNearest({ config }, "gradientShares");
  const { L, d, objective } = config;
  const sample = drawSample(dataset, L, { users, negatives });
  const { K, interests } = await engine.interests(sample);
  const U = sample.users.length;
  const shares = logSpaced(negatives);
  const [selected, other, single] = [shares, shares, shares].map(({ length }) =>
    new Float64Array(length)
  ) as [Float64Array, Float64Array, Float64Array];
  const hidden = { negatives: 0, selected: 0, user: 0 };
  const beta = objective.ihn?.beta ?? 0;
  for (const user of userScores(vectorsByUser(interests, K, d), parameters.table, sample)) {
    await chanceToStop("the analysis of negatives");
    const readout = user.positives.indexOf(Math.max(...user.positives));
    const add = (sums: Float64Array, x: Float64Array, portion: number) => {
      const carried = cumulative(negativeGradient(x, 0, beta).weights, shares);
      carried.forEach((share, i) => sums[i]! += share * portion / U);
    };
    user.negatives.forEach((x, k) =>
      k === readout ? add(selected, x, 1) : add(other, x, 1 / (K - 1))
    );
    add(single, meanScores(user.negatives), 1);
    const ofUser = hiddenShares(user, beta);
    for (const key of ["negatives", "selected", "user"] as const) hidden[key] += ofUser[key] / U;
  }
  return {
    users: U,
    negatives: shares,
    selected: [...selected],
    other: K > 1 ? [...other] : null,
    single: [...single],
    hidden,
  };
}

function hiddenShares({ positives, negatives }: UserScores, beta: number): HiddenShares {
  const positive = Math.max(...positives);
  const own = negatives[positives.indexOf(positive)]!; // [n]
  const served = own.map((_, j) => Math.max(...negatives.map((x) => x[j]!))); // [n] max_k x_kj
  const isHidden = (j: number) => served[j]! > positive && own[j]! <= positive;
  const shareOf = (weights: Float64Array) => {
    const sizes = weights.map(Math.abs);
    const all = sizes.reduce((a, b) => a + b, 0);
    return sizes.reduce((sum, size, j) => isHidden(j) ? sum + size : sum, 0) / all;
  };
  return {
    negatives: shareOf(new Float64Array(own.length).fill(1)),
    selected: shareOf(negativeGradient(own, positive, beta).weights),
    user: shareOf(negativeGradient(served, positive, beta).weights),
  };
}

/** The share of sum |w| that the hardest part of the negatives carries, for each part. */
function cumulative(weights: Float64Array, parts: readonly number[]): number[] {
  const sizes = weights.map(Math.abs).sort().reverse();
  let sum = 0;
  const sums = sizes.map((size) => sum += size);
  return parts.map((part) => sums[Math.max(1, Math.round(part * sizes.length)) - 1]! / sum);
}

/** Shares of n negatives from 1/n to 1, whole numbers of them, in about equal ratios. */
function logSpaced(n: number): number[] {
  const count = Math.ceil(DENSITY * Math.log10(n));
  const parts = Array.from({ length: count + 1 }, (_, i) => n * 10 ** ((i - count) / DENSITY));
  return [...new Set(parts.map((part) => Math.max(1, Math.round(part)) / n))];
}
