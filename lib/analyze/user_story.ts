/** One user, from history to recommendations: what the figures of a single user are drawn from. */
import { counted } from "../base/counted.ts";
import { itemLabel } from "../data/interactions.ts";
import { evaluationCases } from "../evaluate/cases.ts";
import { aboutUser } from "../train/one_history.ts";
import { recordedKeys } from "../train/run.ts";
import type { TrainedModel } from "../train/trained_model.ts";

/** What the heat map of a user's routing is drawn from. */
export interface RoutingData {
  /** [K, L], 0 on padding; a row sums to 1 for attention, to something else for capsules */
  readonly routing: Float32Array;
  /** number of interests */
  readonly K: number;
  /** the real positions' items in words, oldest first; at most L */
  readonly labels: readonly string[];
  /** who and by what, e.g. "synthetic, test user 7, REMI after 2,000 steps" */
  readonly about: string;
  /** keys of the runs behind the numbers */
  readonly runs?: readonly string[];
}

/** An item on the map. */
export interface MapItem {
  readonly item: number;
  /** the item in words */
  readonly label: string;
  /** [d], its embedding */
  readonly vector: ArrayLike<number>;
}

/** What a user's map is drawn from. */
export interface InterestMapData {
  /** the items the user was seen with, oldest first */
  readonly history: readonly MapItem[];
  /** K vectors [d] */
  readonly interests: readonly ArrayLike<number>[];
  /** for each of the K interests the items it retrieves, best first */
  readonly retrieved: readonly (readonly MapItem[])[];
  /** the items that follow in truth */
  readonly targets: readonly MapItem[];
  /** who and by what, e.g. "synthetic, test user 7, REMI" */
  readonly about: string;
  /** keys of the runs behind the numbers */
  readonly runs?: readonly string[];
}

/** A retrieved item. */
export interface RetrievedItem {
  readonly item: number;
  /** the item in words */
  readonly label: string;
  /** inner product with the interest */
  readonly score: number;
}

/** What the strips are drawn from. */
export interface RetrievalData {
  /** for each of the K interests its top items, best first */
  readonly byInterest: readonly (readonly RetrievedItem[])[];
  /** the items that follow in truth */
  readonly targets: readonly number[];
  /** who and by what, e.g. "synthetic, test user 7, REMI" */
  readonly about: string;
  /** keys of the runs behind the numbers */
  readonly runs?: readonly string[];
}

/** Everything there is to show about one test user and a model. */
export interface UserStory {
  /** item ids, oldest first: the last L of the first 80 % of the user's items */
  readonly history: readonly number[];
  /** item ids: the remaining 20 % */
  readonly targets: readonly number[];
  /** K vectors [d] */
  readonly interests: readonly Float32Array[];
  /** K rows over the history's positions, or null for a model without routing */
  readonly weights: readonly Float32Array[] | null;
  /** for figure.routing */
  readonly routing: RoutingData;
  /** for figure.interests */
  readonly map: InterestMapData;
  /** for figure.retrieval */
  readonly retrieval: RetrievalData;
}

/**
 * Follows one test user through a model: history, routing, interests, each interest's N nearest
 * items, targets.
 *
 * @param user index among the evaluated test users
 * @param N items that each interest retrieves
 */
export async function follow(
  trained: TrainedModel,
  { user, N = 20 }: { readonly user: number; readonly N?: number },
): Promise<UserStory> {
  const { dataset, run, config } = trained;
  const cases = evaluationCases(dataset.test, config.L);
  const { interests, routing, history } = await trained.interestsOf(
    cases.seen(user),
    aboutUser(dataset, dataset.test, cases.users[user]!, cases.seen(user).length),
  );
  const targets = Array.from(cases.targets(user));
  const place = (item: number) => ({
    item,
    label: itemLabel(dataset, item),
    vector: trained.embedding(item),
  });
  const retrieved = [];
  for (const interest of interests) {
    const nearest = await trained.nearest([interest], N);
    retrieved.push(nearest.map(({ item, score }) => ({ ...place(item), score })));
  }
  const K = interests.length;
  const about = {
    about: `${dataset.name}, test user ${user}, after ${counted(run.bestStep, "step")}`,
    runs: recordedKeys([run]),
  };
  const flat = (routing ?? []).flatMap((row) => [...row]); // [K, length of the history]
  const labels = history.map((item) => itemLabel(dataset, item));
  return {
    history,
    targets,
    interests,
    weights: routing,
    routing: { ...about, K, routing: Float32Array.from(flat), labels },
    map: {
      ...about,
      history: history.map(place),
      interests,
      retrieved,
      targets: targets.map(place),
    },
    retrieval: { ...about, byInterest: retrieved, targets },
  };
}
