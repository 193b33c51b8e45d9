/** Parity with the official evaluation: the same vectors, its metrics and its ranked lists. */
import { mean } from "../base/statistics.ts";
import { Retriever } from "../engine/retrieval/retriever.ts";
import { meanMetrics, userMetrics } from "../evaluate/metrics.ts";
import { referenceNdcg } from "../evaluate/reference_ndcg.ts";
import type { Comparison } from "./parity.ts";

/** A fixture of the official evaluation. */
export interface EvaluationFixture {
  /** "evaluate_multi" or "evaluate_single" */
  readonly name: string;
  /** rows of the embedding table, the padding row 0 included */
  readonly items: number;
  /** embedding size */
  readonly dim: number;
  /** interests of a user; 1 for a single-vector model */
  readonly interests: number;
  /** [items, dim] */
  readonly item_embeddings: readonly number[];
  /** [users, interests, dim] */
  readonly user_vectors: readonly number[];
  /** the items to be found, a list a user */
  readonly targets: readonly (readonly number[])[];
  /** by cut-off, as printed by the official code: its ndcg numbers items in hash order */
  readonly official: Readonly<Record<string, OfficialMetrics>>;
  /** by cut-off, ranked by score */
  readonly score_order: Readonly<Record<string, ScoreOrder>>;
}

interface OfficialMetrics {
  readonly recall: number;
  readonly hitrate: number;
  readonly ndcg: number;
}

interface ScoreOrder {
  readonly recall: number;
  readonly hitrate: number;
  readonly ndcg_hits_ideal: number;
  readonly top: readonly (readonly number[])[];
}

/** The fixtures' metrics have nine digits. */
const TOLERANCE = 1e-8;

/** What a fixture of the evaluation says about us. */
export interface EvaluationParity {
  readonly comparisons: readonly Comparison[];
  /** pairs of items that stand in another order and whose scores are equal to float32 rounding */
  readonly swapped: number;
}

/**
 * Compares our retrieval and metrics with a fixture, cut-off by cut-off. Items whose scores are
 * equal to float32 rounding may stand in either order; metrics are then those of the fixture's.
 */
export async function evaluateParity(fixture: EvaluationFixture): Promise<EvaluationParity> {
  const cutoffs = Object.keys(fixture.official).map(Number);
  const depth = Math.max(...cutoffs);
  const { targets } = fixture;
  const { ranked, officialList } = await rankings(fixture, depth);
  const tied = tiedInFloat32(fixture);
  const ordersAt = (N: number) =>
    fixture.score_order[N]!.top.map((top, u) => {
      const ours = ranked.subarray(u * depth, u * depth + top.length);
      return comparedOrders(ours, top, (a, b) => tied(u, a, b));
    });
  const misplaced = cutoffs.map((N) => ({
    quantity: `misplaced pairs @${N}`,
    largestError: ordersAt(N).reduce((sum, order) => sum + order.misplaced, 0),
    tolerance: 0,
  }));
  const [tops, orders] = [fixture.score_order[depth]!.top, ordersAt(depth)];
  orders.forEach(({ swapped, misplaced }, u) => {
    if (swapped > 0 && misplaced === 0) ranked.set(tops[u]!, u * depth);
  });
  const hashList = (u: number, N: number): readonly number[] => {
    const list = officialList(u, N);
    return orders[u]!.swapped > 0 ? tops[u]!.slice(0, list.length) : list;
  };
  const means = meanMetrics(userMetrics(ranked, depth, (u) => targets[u]!, cutoffs));
  const ofCutoff = (N: number): Comparison[] => {
    const official = fixture.official[N]!, score = fixture.score_order[N]!, ours = means[N]!;
    const hashOrder = targets.map((list, u) => referenceNdcg(hashList(u, N), list));
    const error = (quantity: string, got: number, want: number) => ({
      quantity: `${quantity}@${N}`,
      largestError: Math.abs(got - want),
      tolerance: TOLERANCE,
    });
    return [
      error("Recall", ours.recall, official.recall),
      error("HR", ours.hr, official.hitrate),
      error("NDCG by score, hits as ideal", ours.ndcgReference, score.ndcg_hits_ideal),
      error("NDCG in hash order", mean(hashOrder), official.ndcg),
    ];
  };
  return {
    comparisons: [
      ...misplaced,
      ...cutoffs.flatMap(ofCutoff),
    ],
    swapped: orders.reduce((sum, order) => sum + order.swapped, 0),
  };
}

/**
 * Pairs of items that stand in another order in two lists, or of which each list has another one.
 *
 * @returns how many of them are tied, and how many are not
 */
function comparedOrders(
  ours: ArrayLike<number>,
  theirs: ArrayLike<number>,
  tied: (a: number, b: number) => boolean,
): { swapped: number; misplaced: number } {
  const places = [ours, theirs].map((list) =>
    new Map(Array.from(list, (item, rank) => [item, rank] as const))
  );
  const items = [...new Set([...places[0]!.keys(), ...places[1]!.keys()])];
  const sign = (list: number, a: number, b: number) =>
    Math.sign(
      (places[list]!.get(a) ?? items.length) - (places[list]!.get(b) ?? items.length),
    );
  let [swapped, misplaced] = [0, 0];
  items.forEach((a, i) => {
    for (const b of items.slice(i + 1)) {
      if (sign(0, a, b) * sign(1, a, b) >= 0) continue;
      if (tied(a, b)) swapped++;
      else misplaced++;
    }
  });
  return { swapped, misplaced };
}

/** Half the distance from 1 to the next float32: the largest relative error of one operation. */
const ROUNDING = 2 ** -24;

/**
 * Whether two scores of a user are equal to float32 rounding. A product of d terms, summed in any
 * order, is off by at most gamma = d u / (1 - d u) times the sum of |v_j e_j| (Higham, Accuracy
 * and Stability of Numerical Algorithms, section 3.1); a maximum of several by their largest bound.
 * Two programs can only disagree about an order if the exact scores are nearer than both bounds.
 */
function tiedInFloat32(
  fixture: EvaluationFixture,
): (user: number, a: number, b: number) => boolean {
  const { dim, interests: K } = fixture;
  const table = Float32Array.from(fixture.item_embeddings); // [items, dim]
  const vectors = Float32Array.from(fixture.user_vectors); // [users, K, dim]
  const gamma = dim * ROUNDING / (1 - dim * ROUNDING);
  const scored = (user: number, item: number): { score: number; bound: number } => {
    let [score, bound] = [-Infinity, 0];
    for (let k = 0; k < K; k++) {
      let [sum, size] = [0, 0];
      for (let j = 0; j < dim; j++) {
        const product = vectors[(user * K + k) * dim + j]! * table[item * dim + j]!;
        sum += product;
        size += Math.abs(product);
      }
      score = Math.max(score, sum);
      bound = Math.max(bound, gamma * size);
    }
    return { score, bound };
  };
  return (user, a, b) => {
    const [x, y] = [scored(user, a), scored(user, b)];
    return Math.abs(x.score - y.score) <= x.bound + y.bound;
  };
}

interface Rankings {
  /** [users, depth] ours */
  readonly ranked: Uint32Array;
  /** what the official code adds to its set for user u at cut-off N */
  officialList(u: number, N: number): number[];
}

/**
 * Our ranking and the official one. The official code lets every interest retrieve N items, item 0
 * among them, and merges the lists by score; of multi-interest models it then leaves out item 0, so
 * that it may end with fewer than N. Our retriever has no candidate in row 0: all rows move up.
 */
async function rankings(fixture: EvaluationFixture, depth: number): Promise<Rankings> {
  const { dim, interests: K, targets: { length: users } } = fixture;
  const table = new Float32Array((fixture.items + 1) * dim); // [items + 1, dim]
  table.set(fixture.item_embeddings, dim);
  const vectors = Float32Array.from(fixture.user_vectors); // [users, K, dim]
  const retriever = await Retriever.create(table, dim);
  try {
    const exclude = (): number[] => K > 1 ? [1] : [];
    const { items } = await retriever.topN(vectors, users, K, depth, { exclude });
    const single = await retriever.topN(vectors, users * K, 1, depth);
    const found = Array.from(
      single.items,
      (row, i) => ({ item: row - 1, score: single.scores[i]! }),
    );
    const officialList = (u: number, N: number): number[] => {
      const lists = Array.from({ length: K }, (_, k) => {
        const start = (u * K + k) * depth;
        return found.slice(start, start + N);
      });
      const merged = lists.flat().sort((a, b) => b.score - a.score).map(({ item }) => item);
      return [...new Set(merged)].filter((item) => K === 1 || item !== 0).slice(0, N);
    };
    return { ranked: items.map((row) => row - 1), officialList };
  } finally {
    retriever.dispose();
  }
}
