/** Parity with the official evaluation: the same vectors, its metrics and its ranked lists. */
import { mean } from "../base/statistics.ts";
import { Retriever } from "../engine/retrieval/retriever.ts";
import { meanMetrics, userMetrics } from "../evaluate/metrics.ts";
import { referenceNdcg } from "../evaluate/reference_ndcg.ts";

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

/** Compares our retrieval and metrics with a fixture, cut-off by cut-off. */
export async function evaluateParity(
  fixture: EvaluationFixture,
): Promise<{ quantity: string; largestError: number; tolerance: number }[]> {
  const cutoffs = Object.keys(fixture.official).map(Number);
  const depth = Math.max(...cutoffs);
  const { targets } = fixture;
  const { ranked, officialList } = await rankings(fixture, depth);
  const means = meanMetrics(userMetrics(ranked, depth, (u) => targets[u]!, cutoffs));
  return cutoffs.flatMap((N) => {
    const official = fixture.official[N]!, score = fixture.score_order[N]!, ours = means[N]!;
    const misplaced = score.top.flatMap((list, u) =>
      list.filter((item, r) => item !== ranked[u * depth + r])
    );
    const hashOrder = targets.map((list, u) => referenceNdcg(officialList(u, N), list));
    const error = (quantity: string, got: number, want: number) => ({
      quantity: `${quantity}@${N}`,
      largestError: Math.abs(got - want),
      tolerance: TOLERANCE,
    });
    return [
      { quantity: `misplaced items @${N}`, largestError: misplaced.length, tolerance: 0 },
      error("Recall", ours.recall, official.recall),
      error("HR", ours.hr, official.hitrate),
      error("NDCG by score, hits as ideal", ours.ndcgReference, score.ndcg_hits_ideal),
      error("NDCG in hash order", mean(hashOrder), official.ndcg),
    ];
  });
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
