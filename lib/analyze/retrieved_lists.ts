/** What each of a user's interests retrieves by itself, and what they serve together. */
import type { Retriever } from "../engine/retrieval/retriever.ts";

/** The best items of one interest. */
export interface RetrievedList {
  /** [N] best first; 0 where the catalogue has too few */
  readonly items: Uint32Array;
  /** [N] v_k . e_i */
  readonly scores: Float32Array;
}

/**
 * The N items nearest to each interest of each user.
 *
 * @param interests [U, K, d]
 * @returns [U][K] lists
 */
export async function retrievedLists(
  retriever: Retriever,
  interests: Float32Array,
  K: number,
  N: number,
): Promise<RetrievedList[][]> {
  const vectors = interests.length / retriever.d; // U K
  const { items, scores } = await retriever.topN(interests, vectors, 1, N);
  const listOf = (v: number): RetrievedList => ({
    items: items.subarray(v * N, (v + 1) * N),
    scores: scores.subarray(v * N, (v + 1) * N),
  });
  return Array.from(
    { length: vectors / K },
    (_, u) => Array.from({ length: K }, (_, k) => listOf(u * K + k)),
  );
}

/**
 * The served list of a user: the union of the interests' lists ranked by max_k v_k . e_i, equal
 * scores by smaller item id, the first N. No item outside the lists can be among them.
 */
export function servedList(lists: readonly RetrievedList[], N: number): number[] {
  const best = new Map<number, number>();
  for (const { items, scores } of lists) {
    items.forEach((item, i) => {
      if (item > 0) best.set(item, Math.max(scores[i]!, best.get(item) ?? -Infinity));
    });
  }
  const ranked = [...best].sort(([a, ofA], [b, ofB]) => ofB - ofA || a - b);
  return ranked.slice(0, N).map(([item]) => item);
}
