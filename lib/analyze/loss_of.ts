/** The softmax loss of a few scores, by the definition that trains. */
import * as tf from "@tensorflow/tfjs-core";
import { useTfjsBackend } from "../engine/tfjs/backends.ts";
import { interestAwareNegatives } from "../objective/interest_aware_negatives.ts";
import { sampledSoftmax } from "../objective/sampled_softmax.ts";
import { BadInput } from "../base/bad_input.ts";
import { requireBeta, requireScores } from "./easy_negatives.ts";

/**
 * The loss of one example: {@linkcode sampledSoftmax}, or {@linkcode interestAwareNegatives} with a
 * beta above 0.
 *
 * @param scores   [S] x_j of the negatives
 * @param positive x+
 * @throws {BadInput} for no scores, one that is not finite or beyond what single precision can
 *   hold, no hardness, or if tfjs does not load
 */
export async function lossOf(
  scores: readonly number[],
  positive: number,
  beta = 0,
): Promise<number> {
  requireScores(scores, positive);
  requireBeta(beta);
  await useTfjsBackend("cpu");
  const loss = tf.tidy(() => {
    const target = tf.tensor1d([positive]); // [1]
    const negatives = tf.tensor2d([[...scores]]); // [1, S]
    const losses = beta > 0
      ? interestAwareNegatives(target, negatives, beta)
      : sampledSoftmax(target, negatives);
    return losses.dataSync<"float32">()[0]!;
  });
  if (Number.isFinite(loss)) return loss;
  const remedy = "Give scores nearer to 0.";
  throw new BadInput("beyond single precision", "lossOf, scores", scores, remedy);
}
