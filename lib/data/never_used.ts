/** Users that are too short for what they are there for: told, and left where they are. */
import { FIRST_TARGET } from "./batch_sampler.ts";
import type { Dataset } from "./interactions.ts";
import { itemsOf, userCount } from "./interactions.ts";

/** An evaluated user has a history (the first 80 %) and a target, so at least two items. */
export const SHORTEST_EVALUATED = 2;

/** A note for training users that no batch draws, and one for users that no evaluation counts. */
export function neverUsed(splits: Pick<Dataset, "train" | "valid" | "test">): string[] {
  const needs = { train: FIRST_TARGET + 1, valid: SHORTEST_EVALUATED, test: SHORTEST_EVALUATED };
  return (["train", "valid", "test"] as const).flatMap((split) => {
    const interactions = splits[split];
    let short = 0;
    for (let u = 0; u < userCount(interactions); u++) {
      if (itemsOf(interactions, u).length < needs[split]) short++;
    }
    if (short === 0) return [];
    const users = `${short.toLocaleString("en")} of ${
      userCount(interactions).toLocaleString("en")
    }`;
    const what = split === "train" ? "training never draws them" : "evaluation leaves them out";
    return [`too short: ${users} ${split} users have fewer than ${needs[split]} items; ${what}`];
  });
}
