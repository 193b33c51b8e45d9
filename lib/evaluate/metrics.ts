/**
 * Recall, hit rate and NDCG of ranked lists at cut-offs N. With the ranked items i_1, i_2, ... of a
 * user and the list T of the user's targets:
 *
 *     hits       = |{ r <= N : i_r in T }|
 *     Recall@N   = hits / |T|          duplicates in T count, as in the reference
 *     HR@N       = 1 if hits > 0, else 0
 *     DCG@N      = sum over hits of 1 / log2(r + 1)
 *     NDCG@N     = DCG@N / (the DCG of min(N, distinct targets) hits on top)
 *     NDCG@N of the reference = DCG@N / (the DCG of `hits` hits on top)
 *
 * The second NDCG only asks how well the hits are ordered, not how many there are. Ranks are by
 * score; the official code's ranks are not (reference_ndcg.ts).
 */
import { mean } from "../base/statistics.ts";
import type { Metrics, MetricsAt } from "./evaluation.ts";

/** The cut-offs that are reported unless others are asked for. */
export const CUTOFFS: readonly number[] = [20, 50];

/** One value a user for each metric at one cut-off, as paired tests need them. */
export type UserMetricsAt = Readonly<Record<keyof MetricsAt, Float64Array>>;

/** Metrics of every user by cut-off. */
export type UserMetrics = Readonly<Record<number, UserMetricsAt>>;

/**
 * The metrics of every user.
 *
 * @param ranked [U, depth] item ids, best first, 0 where there is none; depth >= the cut-offs
 * @param depth length of each ranked list
 * @param targets the targets of user u, at least one
 */
export function userMetrics(
  ranked: Uint32Array,
  depth: number,
  targets: (u: number) => ArrayLike<number>,
  cutoffs: readonly number[] = CUTOFFS,
): UserMetrics {
  const users = ranked.length / depth;
  const values = (): Float64Array => new Float64Array(users);
  const result = Object.fromEntries(
    cutoffs.map((
      N,
    ) => [N, { recall: values(), hr: values(), ndcg: values(), ndcgReference: values() }]),
  );
  const ideal = idealDcg(depth);
  for (let u = 0; u < users; u++) {
    const list = targets(u), wanted = new Set(Array.from(list));
    for (const N of cutoffs) {
      let hits = 0, dcg = 0;
      for (let r = 0; r < N; r++) {
        if (!wanted.has(ranked[u * depth + r]!)) continue;
        hits++;
        dcg += gain(r);
      }
      const at = result[N]!;
      at.recall[u] = hits / list.length;
      at.hr[u] = hits > 0 ? 1 : 0;
      at.ndcg[u] = dcg / ideal[Math.min(N, wanted.size)]!;
      at.ndcgReference[u] = hits > 0 ? dcg / ideal[hits]! : 0;
    }
  }
  return result;
}

/** Means over users; 0 if there are none. */
export function meanMetrics(metrics: UserMetrics): Metrics {
  return Object.fromEntries(
    Object.entries(metrics).map(([N, { recall, hr, ndcg, ndcgReference }]) => [N, {
      recall: meanOrZero(recall),
      hr: meanOrZero(hr),
      ndcg: meanOrZero(ndcg),
      ndcgReference: meanOrZero(ndcgReference),
    }]),
  );
}

/** What a hit at place r (0 is the first) adds to a DCG: 1 / log2(r + 2). */
export function gain(r: number): number {
  return 1 / Math.log2(r + 2);
}

/** [n + 1] the DCG of 0..n hits, all on top. */
export function idealDcg(n: number): Float64Array {
  const dcg = new Float64Array(n + 1);
  for (let hits = 1; hits <= n; hits++) dcg[hits] = dcg[hits - 1]! + gain(hits - 1);
  return dcg;
}

function meanOrZero(values: Float64Array): number {
  return values.length === 0 ? 0 : mean(values);
}
