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

/** Where the hits of every user are: all that the metrics need to know. */
export interface UserHits {
  /** [U] the user's index in its split */
  readonly users: ArrayLike<number>;
  /** [U] the number of targets, |T|, and how many of them repeat an earlier one */
  readonly targets: ArrayLike<number>;
  readonly repeated: ArrayLike<number>;
  /** [U] the ranks of the hits, ascending; 1 is the best */
  readonly ranks: readonly ArrayLike<number>[];
}

/**
 * Where the hits are.
 *
 * @param ranked [U, depth] item ids, best first, 0 where there is none
 * @param depth length of each ranked list
 * @param targets the targets of user u, at least one
 * @param users [U] indices in the split; 0..U - 1 unless given
 */
export function hitsOf(
  ranked: Uint32Array,
  depth: number,
  targets: (u: number) => ArrayLike<number>,
  users: ArrayLike<number> = Uint32Array.from({ length: ranked.length / depth }, (_, u) => u),
): UserHits {
  const U = ranked.length / depth;
  const counts = new Uint32Array(U), repeated = new Uint32Array(U);
  const ranks = Array.from({ length: U }, (_, u) => {
    const list = targets(u), wanted = new Set(Array.from(list));
    counts[u] = list.length;
    repeated[u] = list.length - wanted.size;
    const found: number[] = [];
    for (let r = 0; r < depth; r++) if (wanted.has(ranked[u * depth + r]!)) found.push(r + 1);
    return found;
  });
  return { users, targets: counts, repeated, ranks };
}

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
  return metricsOfHits(hitsOf(ranked, depth, targets), cutoffs);
}

/**
 * The metrics of every user from the ranks of the hits.
 *
 * @param cutoffs none greater than the depth at which hits were looked for
 */
export function metricsOfHits(
  { targets, repeated, ranks }: UserHits,
  cutoffs: readonly number[] = CUTOFFS,
): UserMetrics {
  const ideal = idealDcg(Math.max(...cutoffs));
  return Object.fromEntries(cutoffs.map((N) => {
    const values = (): Float64Array => new Float64Array(ranks.length);
    const at = { recall: values(), hr: values(), ndcg: values(), ndcgReference: values() };
    ranks.forEach((found, u) => {
      let hits = 0, dcg = 0;
      while (hits < found.length && found[hits]! <= N) dcg += gain(found[hits++]! - 1);
      at.recall[u] = hits / targets[u]!;
      at.hr[u] = hits > 0 ? 1 : 0;
      at.ndcg[u] = dcg / ideal[Math.min(N, targets[u]! - repeated[u]!)]!;
      at.ndcgReference[u] = hits > 0 ? dcg / ideal[hits]! : 0;
    });
    return [N, at];
  }));
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
