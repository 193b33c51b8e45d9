/** A data set from sequences in memory. */
import { BadInput } from "../base/bad_input.ts";
import { exactId } from "./exact_id.ts";
import { EventLog } from "./events.ts";
import { datasetFromEvents } from "./from_events.ts";
import type { Dataset } from "./interactions.ts";
import { NO_ID } from "./interner.ts";
import { ownName } from "./own_name.ts";
import { chosenSplit } from "./split/split.ts";

/** The id of an item in memory; null, undefined and NaN stand for a missing one. */
export type ItemId = string | number | bigint | null | undefined;

/**
 * A data set from sequences in memory: one a user, items by any id, oldest first. Texts count as
 * they are; null, undefined, NaN and "" are missing values, left out and counted. Numbers beyond
 * 2^53 - 1 are refused: several ids would be one.
 *
 *     const shop = await fromSequences("shop", [["shoes", "socks", "shoes", …], …]);
 *
 * @param options `split`: how it is split, as {@linkcode splitOf} reads it; sequences have no times
 * @throws BadInput for an item that is none or a rounded number, if the filter leaves fewer than 10
 *   users, or the name is that of a registered data set
 */
export async function fromSequences(
  name: string,
  sequences: Iterable<Iterable<ItemId>>,
  { split }: { readonly split?: string } = {},
): Promise<Dataset> {
  const where = `sequences of ${await ownName(name, "name of the data set")}`;
  const choice = chosenSplit(split, `split of ${where}`);
  const events = new EventLog();
  let count = 0;
  for (const sequence of sequences) {
    const user = events.users.internText(String(count++), where);
    for (const item of sequence) {
      const missing = item === null || item === undefined || item === "" || Number.isNaN(item);
      if (!missing && !["string", "number", "bigint"].includes(typeof item)) {
        throw new BadInput("not an item", where, item, "An item is a text or a number.");
      }
      const id = typeof item === "number" ? exactId(item, where) : String(item);
      events.add(user, missing ? NO_ID : events.items.internText(id, where));
    }
  }
  const from = { source: name, format: "sequences in memory" };
  return datasetFromEvents(name, events, "keep", from, choice);
}
