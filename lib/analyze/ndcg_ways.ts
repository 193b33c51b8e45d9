/** One model's lists, and NDCG as three codes would print it. */
import { mean } from "../base/statistics.ts";
import { Evaluator } from "../evaluate/evaluate.ts";
import { meanMetrics, userMetrics } from "../evaluate/metrics.ts";
import { referenceNdcg } from "../evaluate/reference_ndcg.ts";
import type { TrainedModel } from "../train/trained_model.ts";

/** NDCG of the test users at one cut-off, in [0, 1]. */
export interface NdcgWays {
  readonly N: number;
  /** ranks by score, the ideal of min(N, distinct targets) hits: the usual one */
  readonly usual: number;
  /** ranks by score, the reference's ideal of as many hits as there were */
  readonly hitsIdeal: number;
  /** as the reference prints it: places in a Python set for ranks, and that ideal */
  readonly hashOrder: number;
  /** the same of lists of which each is turned round, worst item first: what the order is worth */
  readonly hashOrderReversed: number;
}

/**
 * NDCG in three ways of a model's lists for the test users. The reference adds the items to a
 * Python set, whose iteration order depends on their numbers; here they are added best first.
 *
 * @param cutoffs 20 and 50 unless told
 */
export async function ndcgWays(
  { dataset, config, engine, parameters }: Pick<
    TrainedModel,
    "dataset" | "config" | "engine" | "parameters"
  >,
  cutoffs: readonly number[] = [20, 50],
): Promise<NdcgWays[]> {
  const evaluator = await Evaluator.create(dataset, config.L, { cutoffs });
  try {
    const { depth } = evaluator;
    const ranked = await evaluator.ranking(engine, parameters, "test");
    const cases = evaluator.cases("test");
    const targets = (u: number) => cases.targets(u);
    const users = Array.from({ length: cases.count }, (_, u) => u);
    const listOf = (u: number, N: number) =>
      Array.from(ranked.subarray(u * depth, u * depth + N)).filter((item) => item > 0);
    const means = meanMetrics(userMetrics(ranked, depth, targets, cutoffs));
    return cutoffs.map((N) => ({
      N,
      usual: means[N]!.ndcg,
      hitsIdeal: means[N]!.ndcgReference,
      hashOrder: mean(users.map((u) => referenceNdcg(listOf(u, N), targets(u)))),
      hashOrderReversed: mean(
        users.map((u) => referenceNdcg(listOf(u, N).reverse(), targets(u))),
      ),
    }));
  } finally {
    evaluator.dispose();
  }
}
