/**
 * What served lists are like beside their hits. With the list l_u of the first N items that user u
 * is served, U users, M items, and the behaviours of the training users:
 *
 *     coverage        = |union over u of l_u| / M
 *     popularity      = mean over u and i in l_u of
 *                       (|{ j : c_j < c_i }| + |{ j : c_j = c_i }| / 2) / M
 *     logPopularity   = mean over u and i in l_u of ln(1 + c_i)
 *     diversity       = 1 - mean over u of the mean over pairs i < j in l_u of
 *                       |T_i and T_j| / sqrt(|T_i| |T_j|)
 *     leadingShare    = mean over u of max_k p_uk
 *     servingInterests = mean over u of exp(-sum_k p_uk ln p_uk)
 *
 * where c_i is how often i occurs in training and T_i the training users who have it; a pair with
 * an item that none has counts 0. p_uk is the share of l_u that interest k brings: those i with
 * k = argmax_k v_k . e_i, the first k of equal ones. Lists drawn uniformly have popularity 1/2.
 * Diversity is by co-occurrence and not by the model's own embeddings, so that models of different
 * geometry can be compared. One vector has leadingShare and servingInterests 1.
 */
import type { Values } from "../base/values.ts";
import { type Dataset, itemsOf, userCount } from "../data/interactions.ts";
import type { Answers } from "./evaluate.ts";

/** What the lists are like up to one cut-off. */
export interface ListsAt {
  /** share of the catalogue that some user is served, in [0, 1] */
  readonly coverage: number;
  /** mean percentile of the items' popularity, in [0, 1]; 1/2 for items drawn uniformly */
  readonly popularity: number;
  /** mean of ln(1 + occurrences in training) */
  readonly logPopularity: number;
  /** 1 - mean cosine of two items' training users, in [0, 1] */
  readonly diversity: number;
  /** mean share of a list that its leading interest brings, in [1/K, 1] */
  readonly leadingShare: number;
  /** mean effective number of interests in a list, in [1, K] */
  readonly servingInterests: number;
}

/** Significant digits that are kept. */
const DIGITS = 6;

/** Sums over lists, of some users at a time. */
export class BeyondAccuracy {
  readonly #itemCount: number;
  readonly #training: TrainingItems;
  readonly #at: readonly Sums[];
  readonly #weights: Float64Array; // [train users] of the list so far

  /** @param cutoffs none greater than the length of the lists that are added */
  constructor({ train, itemCount }: Dataset, cutoffs: readonly number[]) {
    this.#itemCount = itemCount;
    this.#training = trainingItems(train, itemCount);
    this.#at = cutoffs.map((N) => new Sums(N, itemCount));
    this.#weights = new Float64Array(userCount(train));
  }

  /**
   * Adds the lists of some users.
   *
   * @param table [itemCount + 1, d] that was searched
   * @param N length of each list
   */
  add({ items, interests, K }: Answers, table: Values<Float32Array>, N: number): void {
    const users = items.length / N;
    const d = interests.length / (users * K);
    for (let u = 0; u < users; u++) {
      const vectors = interests.subarray(u * K * d, (u + 1) * K * d); // [K, d]
      const list = items.subarray(u * N, (u + 1) * N).filter((item) => item > 0);
      const bringers = Array.from(
        list,
        (item) => nearest(vectors, table.subarray(item * d, (item + 1) * d)),
      );
      const alike = this.#likeness(list);
      for (const sums of this.#at) sums.add(list, bringers, K, alike, this.#training);
    }
  }

  /** What the lists so far are like, by cut-off, to six digits. */
  means(): Readonly<Record<number, ListsAt>> {
    return Object.fromEntries(this.#at.map((sums) => [sums.N, sums.means(this.#itemCount)]));
  }

  /**
   * [n + 1] the sum of the cosines of all pairs among the first n items. With w_i = 1 / sqrt |T_i|
   * and s_t = sum of w_i over the items of training user t, adding an item adds sum_t s_t w_i.
   */
  #likeness(list: Uint32Array): Float64Array {
    const { offsets, users } = this.#training;
    const sums = new Float64Array(list.length + 1);
    list.forEach((item, i) => {
      const having = users.subarray(offsets[item]!, offsets[item + 1]!);
      const w = 1 / Math.sqrt(having.length);
      let added = 0;
      for (const t of having) {
        added += this.#weights[t]!;
        this.#weights[t]! += w;
      }
      sums[i + 1] = sums[i]! + (having.length > 0 ? added * w : 0);
    });
    for (const item of list) {
      for (const t of users.subarray(offsets[item]!, offsets[item + 1]!)) this.#weights[t] = 0;
    }
    return sums;
  }
}

/** The items as the training users have them. */
interface TrainingItems {
  /** [itemCount + 2] item i's users are users[offsets[i]..offsets[i + 1]) */
  readonly offsets: Uint32Array;
  /** each user once an item */
  readonly users: Uint32Array;
  /** [itemCount + 1] occurrences, and their percentile among the items */
  readonly counts: Uint32Array;
  readonly percentile: Float64Array;
}

function trainingItems(train: Dataset["train"], itemCount: number): TrainingItems {
  const counts = new Uint32Array(itemCount + 1);
  const offsets = new Uint32Array(itemCount + 2);
  for (const item of train.items) counts[item]!++;
  const distinct = (u: number) => new Set(itemsOf(train, u));
  for (let u = 0; u < userCount(train); u++) for (const item of distinct(u)) offsets[item + 1]!++;
  for (let i = 0; i <= itemCount; i++) offsets[i + 1]! += offsets[i]!;
  const users = new Uint32Array(offsets.at(-1)!), next = offsets.slice();
  for (let u = 0; u < userCount(train); u++) {
    for (const item of distinct(u)) users[next[item]!++] = u;
  }
  return { offsets, users, counts, percentile: percentiles(counts) };
}

/** The share of the items 1.. with fewer occurrences, and half of those with as many. */
function percentiles(counts: Uint32Array): Float64Array {
  const items = counts.subarray(1);
  const sorted = items.toSorted();
  const [first, after] = [new Map<number, number>(), new Map<number, number>()];
  sorted.forEach((count, i) => {
    if (!first.has(count)) first.set(count, i);
    after.set(count, i + 1);
  });
  return Float64Array.from(
    counts,
    (count, i) => i === 0 ? NaN : (first.get(count)! + after.get(count)!) / 2 / items.length,
  );
}

/** argmax_k v_k . e, the first of equal ones. */
function nearest(vectors: Float32Array, e: Float32Array): number {
  const d = e.length;
  let [best, highest] = [0, -Infinity];
  for (let k = 0; k < vectors.length / d; k++) {
    let score = 0;
    for (let j = 0; j < d; j++) score += vectors[k * d + j]! * e[j]!;
    if (score > highest) [best, highest] = [k, score];
  }
  return best;
}

/** The sums of one cut-off. */
class Sums {
  #lists = 0;
  #items = 0;
  #pairedLists = 0;
  readonly #sum = { popularity: 0, logPopularity: 0, alike: 0, leading: 0, serving: 0 };
  readonly #served: Uint8Array;

  constructor(readonly N: number, itemCount: number) {
    this.#served = new Uint8Array(itemCount + 1);
  }

  add(
    list: Uint32Array,
    bringers: readonly number[],
    K: number,
    alike: Float64Array,
    { counts, percentile }: TrainingItems,
  ): void {
    const n = Math.min(this.N, list.length);
    if (n === 0) return;
    const brought = new Float64Array(K);
    for (let i = 0; i < n; i++) {
      const item = list[i]!;
      this.#served[item] = 1;
      this.#sum.popularity += percentile[item]!;
      this.#sum.logPopularity += Math.log1p(counts[item]!);
      brought[bringers[i]!]!++;
    }
    const shares = brought.map((count) => count / n).filter((share) => share > 0);
    this.#sum.leading += Math.max(...shares);
    this.#sum.serving += Math.exp(-shares.reduce((sum, p) => sum + p * Math.log(p), 0));
    this.#lists++;
    this.#items += n;
    if (n < 2) return;
    this.#sum.alike += alike[n]! / (n * (n - 1) / 2);
    this.#pairedLists++;
  }

  means(itemCount: number): ListsAt {
    const { popularity, logPopularity, alike, leading, serving } = this.#sum;
    const share = (sum: number, n: number) => n === 0 ? 0 : Number((sum / n).toPrecision(DIGITS));
    const covered = this.#served.reduce((sum, is) => sum + is, 0);
    return {
      coverage: share(covered, itemCount),
      popularity: share(popularity, this.#items),
      logPopularity: share(logPopularity, this.#items),
      diversity: share(this.#pairedLists - alike, this.#pairedLists),
      leadingShare: share(leading, this.#lists),
      servingInterests: share(serving, this.#lists),
    };
  }
}
