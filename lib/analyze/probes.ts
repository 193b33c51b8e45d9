/** The probe that measures all of this at every evaluation of a training. */
import { mean } from "../base/statistics.ts";
import type { Dataset } from "../data/interactions.ts";
import type { Engine } from "../engine/engine.ts";
import { Retriever } from "../engine/retrieval/retriever.ts";
import type { Measures } from "../train/run.ts";
import type { Current } from "../train/train_options.ts";
import { resolveConfig, type TrainConfig } from "../train/config.ts";
import { cosine, meanOverPairs, overlap } from "./homogenised_interests.ts";
import { interestRecovery } from "./interest_recovery.ts";
import { Means } from "./means.ts";
import { COVERED, LIST, SEEN } from "./measures.ts";
import { type RetrievedList, retrievedLists, servedList } from "./retrieved_lists.ts";
import { routingCollapse } from "./routing_collapse.ts";
import { drawSample, type Sample, type SampleSize } from "./sample.ts";
import { userScores, vectorsByUser } from "./scores.ts";
import { trainsNearest } from "./selected_interest.ts";
import { measureNegatives, type SoftmaxLoss } from "./user_negatives.ts";

/**
 * A probe for the trainer that records {@linkcode analysisMeasures} at every evaluation, on a fixed
 * sample of valid users and negatives. Where the training does not train the interest nearest to
 * the target (BaM, the per-item maximum), nothing is measured of "the selected interest".
 *
 * It changes no bit of the training: it draws from generators of its own, and the trainer has just
 * brought every row of the table to the current step, so that reading the rows again moves nothing.
 * (Called between two evaluations it would bring them current there and then: the steps that follow
 * would differ in their last bits.)
 *
 * For a finished training, `await analysisProbe(dataset, config, { users: 1000 })(engine)`
 * measures the model at its best step more precisely.
 *
 * @param config the training's
 * @param size   100 users and 1,280 negatives unless said otherwise, whatever the training's own S,
 *   so that trainings with different S can be compared
 * @throws {BadInput} on a configuration that cannot be trained, a size that is not a positive
 *   integer, or data without a valid user
 */
export function analysisProbe(
  dataset: Dataset,
  config: TrainConfig = {},
  { users = 100, negatives = 1280 }: Partial<SampleSize> = {},
): (engine: Engine, step?: number, current?: Current) => Promise<Measures> {
  const resolved = resolveConfig(config);
  const { L, S, d, objective } = resolved;
  const sample = drawSample(dataset, L, { users, negatives });
  const loss: SoftmaxLoss = {
    beta: objective.ihn?.beta ?? 0,
    S: objective.softmax === "full" ? dataset.itemCount - 1 : S,
    nearest: trainsNearest({ config: resolved }),
  };
  return async (engine, _step, current) => {
    const { table } = current ?? engine.parameters();
    const { K, interests, routing } = await engine.interests(sample);
    const vectors = vectorsByUser(interests, K, d);
    const retriever = current?.retriever ?? await Retriever.create(table, d);
    const lists = await retrievedLists(retriever, interests, K, LIST);
    const means = new Means();
    for (const { positives, negatives } of userScores(vectors, table, sample)) {
      measureNegatives(positives, negatives, loss, means);
    }
    if (routing) addRouting(routing, sample.length, K, means);
    addHomogenised(vectors, lists, means);
    addRecovery(lists, dataset, sample, means);
    return means.rounded();
  };
}

function addRouting(routing: Float32Array, length: Int32Array, K: number, means: Means): void {
  const collapse = routingCollapse(routing, length, K, SEEN);
  means.add({
    "effective-items": collapse.effectiveItems,
    "effective-items-uniform": collapse.effectiveItemsUniform,
    "largest-weight": collapse.largestWeight,
    "largest-weight-uniform": collapse.largestWeightUniform,
    "history-seen": collapse.historySeen,
  });
}

function addHomogenised(vectors: Float32Array[][], lists: RetrievedList[][], means: Means): void {
  const U = vectors.length;
  vectors.forEach((ofUser, u) => {
    const stranger = vectors[(u + 1) % U]!;
    if (U > 1) {
      const cosines = ofUser.flatMap((a) => stranger.map((b) => cosine(a, b)));
      cosines.forEach((value) => means.add({ "interest-cosine-strangers": value }));
    }
    if (ofUser.length < 2) return;
    const items = lists[u]!.map((list) => list.items);
    means.add({
      "interest-cosine": meanOverPairs(ofUser, cosine),
      "retrieved-overlap": meanOverPairs(items, overlap),
    });
  });
}

function addRecovery(
  lists: RetrievedList[][],
  { truth }: Dataset,
  { users }: Sample,
  means: Means,
): void {
  if (!truth) return;
  lists.forEach((ofUser, u) => {
    const { planted, purity } = interestRecovery(
      truth.interestsOfUser.valid[users[u]!]!,
      truth.interestOfItem,
      ofUser.map((list) => list.items),
      servedList(ofUser, LIST),
      COVERED,
    );
    means.add({
      "planted-covered": mean(planted.map(({ covered }) => covered ? 1 : 0)),
      "planted-covered-by": mean(planted.map(({ coveredBy }) => coveredBy)),
      "planted-led": mean(planted.map(({ leads }) => leads ? 1 : 0)),
      "list-purity": mean(purity),
    });
  });
}
