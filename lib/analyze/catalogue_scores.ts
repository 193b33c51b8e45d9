/** A whole catalogue as the selected interest of a user scores it: the population of negatives. */
import type { TrainedModel } from "../train/trained_model.ts";
import { drawUsers } from "./sample.ts";
import { scoresOf, vectorsByUser } from "./scores.ts";

/** One user's training example, with every item of the catalogue as a negative. */
export interface CatalogueScores {
  /** index in the valid split */
  readonly user: number;
  /** the item that follows the history */
  readonly target: number;
  /** x+ = v_u . e+ */
  readonly positive: number;
  /** [itemCount] x_i = v_u . e_i, item i at i - 1; the target is one of them, as in training */
  readonly scores: Float64Array;
  /** [itemCount] 1 for the items of the user's planted interests; null without a planted truth */
  readonly own: Uint8Array | null;
}

/**
 * Scores the catalogue for some valid users by the interest that their next item selects: the
 * users of {@linkcode drawUsers}.
 *
 * @param users how many; all of them if there are fewer
 * @throws {BadInput} for a number that is not a positive integer, or data without a valid user
 */
export async function catalogueScores(
  { dataset, config, engine, parameters }: Pick<
    TrainedModel,
    "dataset" | "config" | "engine" | "parameters"
  >,
  users: number,
): Promise<CatalogueScores[]> {
  const { L, d } = config;
  const sample = drawUsers(dataset, L, users);
  const { K, interests } = await engine.interests(sample);
  const rows = Float64Array.from(parameters.table.subarray(d)); // [itemCount, d]
  return vectorsByUser(interests, K, d).map((vectors, u) => {
    const target = sample.target[u]!;
    const byInterest = vectors.map((vector) => scoresOf(vector, rows)); // [K][itemCount]
    const affinity = byInterest.map((scores) => scores[target - 1]!);
    const positive = Math.max(...affinity);
    const user = sample.users[u]!;
    return {
      user,
      target,
      positive,
      scores: byInterest[affinity.indexOf(positive)]!,
      own: dataset.truth ? ownItems(dataset.truth, user) : null,
    };
  });
}

function ownItems(
  { interestOfItem, interestsOfUser }: NonNullable<TrainedModel["dataset"]["truth"]>,
  user: number,
): Uint8Array {
  const planted = new Set(interestsOfUser.valid[user]!);
  return Uint8Array.from(interestOfItem.subarray(1), (interest) => planted.has(interest) ? 1 : 0);
}
