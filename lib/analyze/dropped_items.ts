/**
 * What a history's items are worth to a model: each is left out in turn, and the served list is
 * compared with the one for the whole history. An item whose loss changes nothing was no
 * information.
 */
import { BadInput } from "../base/bad_input.ts";
import { chanceToStop } from "../base/interrupt.ts";
import { chosenUsers, type Histories, usersOf } from "../data/batch.ts";
import { Retriever } from "../engine/retrieval/retriever.ts";
import type { TrainedModel } from "../train/trained_model.ts";
import { overlap } from "./homogenised_interests.ts";
import { LIST, SEEN } from "./measures.ts";
import { routingShares } from "./routing_collapse.ts";
import { drawSample } from "./sample.ts";

/** One item of a history. */
export interface DroppedItem {
  readonly item: number;
  /** the largest share of its routing that any interest gives it, max_k a_kl */
  readonly attention: number;
  /** 1 - Jaccard overlap of the served lists with and without it, in [0, 1] */
  readonly change: number;
}

/**
 * Leaves out each item of each history in turn, for a fixed sample of valid users.
 *
 * Items after the one left out move up by a position, as if it had never been there; ComiRec-SA's
 * position embeddings see that, so that a list may change a little for that alone.
 *
 * @param options.users how many; 100 unless told
 * @returns [users with two items or more][n] in the order of the history
 * @throws {BadInput} for a number of users that is not a positive integer, or a model without
 *         routing, in which no item is attended to more than another
 */
export async function droppedItems(
  { dataset, config, engine, parameters }: TrainedModel,
  { users = 100 }: { readonly users?: number } = {},
): Promise<DroppedItem[][]> {
  const { L, d } = config;
  const sample = drawSample(dataset, L, { users, negatives: 1 });
  const histories = Array.from(sample.length, (_, u) => usersOf(sample, u, u + 1))
    .filter(({ length }) => length[0]! > 1);
  const retriever = await Retriever.create(parameters.table, d);
  try {
    const dropped: DroppedItem[][] = [];
    for (const one of histories) {
      await chanceToStop("the dropping of items");
      const variants = withAndWithout(one, L); // the whole, then without each item
      const { K, interests, routing } = await engine.interests(variants);
      if (!routing) {
        const remedy = "Take one whose interests attend to items.";
        throw new BadInput("a model without routing", "droppedItems", config.model, remedy);
      }
      const U = variants.length.length;
      const { items } = await retriever.topN(interests, U, K, LIST); // [U, N]
      const list = (u: number) => items.subarray(u * LIST, (u + 1) * LIST);
      dropped.push(Array.from(one.history.subarray(0, one.length[0]), (item, l) => ({
        item,
        attention: largestAt(routing, K, L, l),
        change: 1 - overlap(list(0), list(l + 1)),
      })));
    }
    return dropped;
  } finally {
    retriever.dispose();
  }
}

/** The n items of one user's history; then n times n - 1 of them, each of them left out once. */
function withAndWithout(one: Histories, L: number): Histories {
  const n = one.length[0]!;
  const variants = (row: Int32Array) => {
    const rows = new Int32Array((n + 1) * L); // [n + 1, L]
    rows.set(row);
    for (let l = 0; l < n; l++) rows.set(row.filter((_, i) => i !== l), (l + 1) * L);
    return rows;
  };
  return {
    ...chosenUsers(one, Array.from({ length: n + 1 }, () => 0)),
    history: variants(one.history),
    length: Int32Array.from({ length: n + 1 }, (_, u) => u ? n - 1 : n),
    ...(one.days && { days: variants(one.days) }),
  };
}

/** max_k a_kl of the first user, of each interest's shares. */
function largestAt(routing: Float32Array, K: number, L: number, l: number): number {
  const rows = Array.from({ length: K }, (_, k) => routing.subarray(k * L, (k + 1) * L));
  return Math.max(...rows.map((row) => routingShares(row)[l]!));
}

/**
 * Items of a history by what a model makes of them: seen (some interest gives at least half of the
 * uniform weight), not seen and later than every seen item, not seen and before one. Leaving out
 * one of the last kind moves seen items to another position.
 */
export interface ByAttention<T> {
  readonly seen: T;
  readonly later: T;
  readonly before: T;
}

/** Sorts the items of all histories by {@linkcode ByAttention}. */
export function byAttention(
  users: readonly (readonly DroppedItem[])[],
): ByAttention<readonly DroppedItem[]> {
  const sorted = { seen: [], later: [], before: [] } as ByAttention<DroppedItem[]>;
  for (const items of users) {
    const isSeen = ({ attention }: DroppedItem) => attention >= SEEN / items.length;
    const last = items.findLastIndex(isSeen);
    items.forEach((item, l) => {
      sorted[isSeen(item) ? "seen" : l > last ? "later" : "before"].push(item);
    });
  }
  return sorted;
}
