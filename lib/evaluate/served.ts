/** What a finished model serves to the test users: their hits, and what the lists are like. */
import type { Dataset } from "../data/interactions.ts";
import { BeyondAccuracy, type ListsAt } from "./beyond_accuracy.ts";
import { Evaluator, type InterestSource, type TableSource } from "./evaluate.ts";
import type { Metrics } from "./evaluation.ts";
import { CUTOFFS, hitsOf, type UserHits } from "./metrics.ts";

/** What the test users are served, up to the greatest cut-off. */
export interface Served {
  readonly hits: UserHits;
  /** by cut-off */
  readonly lists: Readonly<Record<number, ListsAt>>;
  /**
   * the metrics of the lists that have no item of the user's history instead; targets that are in
   * the history count as targets still
   */
  readonly unseen: Metrics;
}

/**
 * Searches for all test users twice, with the items of the history and without.
 *
 * @param L history length
 * @throws {BadInput} if embeddings or interests are not finite
 */
export async function servedBy(
  engine: InterestSource,
  { table }: TableSource,
  dataset: Dataset,
  L: number,
): Promise<Served> {
  const evaluator = await Evaluator.create(dataset, L);
  const withoutSeen = await Evaluator.create(dataset, L, { excludeSeen: true });
  try {
    const cases = evaluator.cases("test"), N = evaluator.depth;
    const beyond = new BeyondAccuracy(dataset, CUTOFFS);
    const ranked = new Uint32Array(cases.count * N); // [U, N]
    for await (const answers of evaluator.answers(engine, { table }, "test")) {
      ranked.set(answers.items, answers.first * N);
      beyond.add(answers, table, N);
    }
    return {
      hits: hitsOf(ranked, N, (u) => cases.targets(u), cases.users),
      lists: beyond.means(),
      unseen: await withoutSeen.metrics(engine, { table }, "test"),
    };
  } finally {
    evaluator.dispose();
    withoutSeen.dispose();
  }
}
