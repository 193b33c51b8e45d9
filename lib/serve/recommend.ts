/** A list for a person: items by name, and which interest found each. */
import { BadInput } from "../base/bad_input.ts";
import { itemLabel } from "../data/interactions.ts";
import type { TrainedModel } from "../train/trained_model.ts";
import { askedHistory, askedUser, type Name } from "./asked.ts";

/** Who a list is for, and what may be in it. */
export interface RecommendOptions {
  /** the source's own id of a user, a number where its ids are numbers; or "test:7" */
  readonly user?: Name;
  /** or items by the source's own ids, oldest first */
  readonly history?: readonly Name[];
  /** how many; 20 */
  readonly n?: number;
  /** whether items of the history may come again; false */
  readonly withSeen?: boolean;
}

/** A place of a list; a type and no interface, so that lists are rows of tables. */
export type RecommendedItem = {
  /** from 1 */
  readonly rank: number;
  /** its name */
  readonly item: string;
  /** the interest that found it, from 1 */
  readonly interest: number;
  /** max_k v_k . e_i */
  readonly score: number;
};

/** A list with whom it is for. */
export interface RecommendedList {
  /** null for a history that was given */
  readonly user: string | null;
  /** names of all items of the history, oldest first; the model sees the last L */
  readonly history: readonly string[];
  /** the best first; fewer than n where the catalogue ends */
  readonly items: readonly RecommendedItem[];
}

/** Length of a list where nothing else is asked for. */
export const USUAL_N = 20;

/**
 * Recommends items by name, for a user of the data set or for a history of anybody. Unlike in an
 * evaluation nothing of a user's history is held out, and its items are not recommended again.
 *
 *     const list = await recommend(remi, { user: "Ada Abel", n: 10 });
 *     await show(table(list.items));
 *
 * @throws {BadInput} if neither or both are given, for a user or an item that is not in the data or
 *   no name, an empty history, or an n that is no size
 */
export async function recommend(
  model: TrainedModel,
  { user, history, n = USUAL_N, withSeen = false }: RecommendOptions,
): Promise<RecommendedList> {
  const { dataset } = model;
  if ((user === undefined) === (history === undefined)) {
    const remedy = 'Give one of the two: { user: "…" } or { history: ["…", "…"] }.';
    throw new BadInput("neither a user nor a history, or both", "recommend", undefined, remedy);
  }
  const asked = history === undefined ? askedUser(dataset, user!) : askedHistory(dataset, history);
  const seen = withSeen ? [] : asked.history;
  const found = await model.recommend(asked.history, n, { ...asked.about, exclude: seen });
  return {
    user: asked.user,
    history: asked.history.map((item) => itemLabel(dataset, item)),
    items: found.map(({ item, score, interest }, at) => ({
      rank: at + 1,
      item: itemLabel(dataset, item),
      interest: interest + 1,
      score,
    })),
  };
}
