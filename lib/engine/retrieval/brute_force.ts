/**
 * Retrieval as a plain loop over all items: the definition that the index has to match bit for bit.
 * For tests; it takes a thousand times as long.
 */
import type { TopItems } from "./retriever.ts";

/**
 * v . e in float32, added in the index's order: eight sums of every eighth product (an odd last
 * four goes to the first four sums), s_i + s_{i+4}, then (p_0 + p_1) + (p_2 + p_3).
 */
export function score(v: Float32Array, e: Float32Array): number {
  const sums = new Float32Array(8);
  const eights = v.length - v.length % 8;
  for (let i = 0; i < v.length; i++) {
    const at = i < eights ? i % 8 : i - eights;
    sums[at] = sums[at]! + Math.fround(v[i]! * e[i]!);
  }
  const pair = (i: number) => Math.fround(sums[i]! + sums[i + 4]!);
  return Math.fround(Math.fround(pair(0) + pair(1)) + Math.fround(pair(2) + pair(3)));
}

/** The N best items of U users, as {@linkcode Retriever.topN} defines them. */
export function bruteForce(
  table: Float32Array,
  interests: Float32Array,
  [U, K, d]: readonly [number, number, number],
  N: number,
  exclude?: (user: number) => ArrayLike<number>,
): TopItems {
  const items = new Uint32Array(U * N); // [U, N]
  const scores = new Float32Array(U * N).fill(-Infinity); // [U, N]
  for (let u = 0; u < U; u++) {
    const left = new Set(Array.from({ length: table.length / d - 1 }, (_, i) => i + 1));
    if (exclude) { for (const item of Array.from(exclude(u))) left.delete(item); }
    const ranked = [...left].map((item) => {
      const e = table.subarray(item * d, (item + 1) * d);
      const ofInterest = Array.from({ length: K }, (_, k) => {
        const start = (u * K + k) * d;
        return score(interests.subarray(start, start + d), e);
      });
      return { item, score: Math.max(...ofInterest) };
    }).sort((a, b) => b.score - a.score || a.item - b.item);
    ranked.slice(0, N).forEach((best, i) => {
      items[u * N + i] = best.item;
      scores[u * N + i] = best.score;
    });
  }
  return { items, scores };
}
