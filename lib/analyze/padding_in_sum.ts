/** What the padding's embedding does to the reference's YouTube DNN, history length by length. */
import { BadInput } from "../base/bad_input.ts";
import { mean } from "../base/statistics.ts";
import { evaluationCases } from "../evaluate/cases.ts";
import type { TrainedModel } from "../train/trained_model.ts";
import { cosine } from "./homogenised_interests.ts";

/** Users with histories of one length. */
export interface PaddingInSum {
  /** real positions, 1..L */
  readonly n: number;
  readonly users: number;
  /** cosine of their vectors with and without the padding in the sum, a mean over them */
  readonly cosine: number;
  /** the length of what the padding adds, divided by that of the vector without it; a mean */
  readonly added: number;
}

/**
 * The sum of the reference's YouTube DNN runs over all L positions, so that a history of n items
 * carries L - n times the embedding of item 0, which here is never trained, and in the reference
 * where it is drawn as a negative:
 *
 *     v = W^T (sum_l h_l + (L - n) h_0) / n
 *
 * @param model a YouTube DNN
 * @returns the test users by n, those lengths that occur
 * @throws {BadInput} for another model
 */
export function paddingInSum(
  { dataset, config, parameters }: Pick<TrainedModel, "dataset" | "config" | "parameters">,
): PaddingInSum[] {
  const { L, d, model } = config;
  const W = parameters.dense["W"];
  if (model !== "youtube-dnn" || !W) {
    throw new BadInput("not a YouTube DNN", "paddingInSum, model", model, 'Train "youtube-dnn".');
  }
  const { table } = parameters;
  const padding = mapped(table.subarray(0, d), W, d);
  const { history, length, count } = evaluationCases(dataset.test, L);
  const users = Array.from({ length: count }, (_, u) => {
    const n = length[u]!;
    const sum = new Float32Array(d);
    for (const item of history.subarray(u * L, u * L + n)) {
      for (let i = 0; i < d; i++) sum[i]! += table[item * d + i]!;
    }
    const without = mapped(sum, W, d);
    const added = padding.map((value) => (L - n) * value);
    const withIt = without.map((value, i) => value + added[i]!);
    return {
      n,
      cosine: cosine(without, withIt),
      added: Math.hypot(...added) / Math.hypot(...without),
    };
  });
  return [...Map.groupBy(users, ({ n }) => n)].sort(([a], [b]) => a - b).map(([n, its]) => ({
    n,
    users: its.length,
    cosine: mean(its.map(({ cosine }) => cosine)),
    added: mean(its.map(({ added }) => added)),
  }));
}

/** W^T x, [d] */
function mapped(x: Float32Array, W: Float32Array, d: number): Float32Array {
  return Float32Array.from(
    { length: d },
    (_, j) => x.reduce((sum, v, i) => sum + v * W[i * d + j]!, 0),
  );
}
