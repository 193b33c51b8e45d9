/**
 * A trained model asked with one vector a user in place of its K interests: what of its results is
 * owed to having several, and what to the embeddings they are made of.
 */
import type { Histories } from "../data/batch.ts";
import type { UserInterests } from "../engine/engine.ts";
import { Evaluator, type InterestSource } from "../evaluate/evaluate.ts";
import type { Metrics } from "../evaluate/evaluation.ts";
import type { TrainedModel } from "../train/trained_model.ts";

/** The one vector: the mean of the K interests, or of the history's embeddings (flat routing). */
export type SingleVector = "mean interest" | "mean item";

/**
 * The test metrics of a trained model that serves every user with one vector. Nothing is trained:
 * the embeddings are the model's.
 */
export async function singleVectorMetrics(
  { dataset, config, engine, parameters }: TrainedModel,
  vector: SingleVector,
): Promise<Metrics> {
  const source = vector === "mean interest"
    ? meanInterest(engine, config.d)
    : meanItem(parameters.table, config.d);
  const evaluator = await Evaluator.create(dataset, config.L);
  try {
    return await evaluator.metrics(source, parameters, "test");
  } finally {
    evaluator.dispose();
  }
}

/** A source of one interest a user, the mean of those of another source. */
export function meanInterest(source: InterestSource, d: number): InterestSource {
  return {
    async interests(histories: Histories): Promise<UserInterests> {
      const { K, interests } = await source.interests(histories);
      const U = histories.length.length;
      const means = new Float32Array(U * d); // [U, 1, d]
      interests.forEach((value, i) => { // [U, K, d]
        const u = Math.floor(i / (K * d));
        means[u * d + i % d]! += value / K;
      });
      return { K: 1, interests: means, routing: null };
    },
  };
}

/**
 * A source of one interest a user, the mean of the history's embeddings.
 *
 * @param table [itemCount + 1, d]
 */
export function meanItem(table: Float32Array, d: number): InterestSource {
  return {
    interests({ history, length }: Histories): Promise<UserInterests> {
      const U = length.length;
      const L = history.length / U;
      const means = new Float32Array(U * d); // [U, 1, d]
      for (let u = 0; u < U; u++) {
        for (let l = 0; l < length[u]!; l++) {
          const row = history[u * L + l]! * d;
          for (let i = 0; i < d; i++) means[u * d + i]! += table[row + i]! / length[u]!;
        }
      }
      return Promise.resolve({ K: 1, interests: means, routing: null });
    },
  };
}
