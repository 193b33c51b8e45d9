/** Ids that a reader may have meant to be one: told, never merged. */
import type { EventLog } from "./events.ts";
import type { Interactions } from "./interactions.ts";
import { type Interner, NO_ID } from "./interner.ts";

/**
 * A note for users and for items where ids differ only by leading zeros, by ".0" at their end, or
 * by the form of their Unicode characters.
 */
export function lookAlikes({ users, items }: EventLog): string[] {
  return [note("users", users), note("items", items)].filter((text) => text !== undefined);
}

function note(what: string, ids: Interner): string | undefined {
  const seen = new Map<string, number>(); // plain forms that are no id themselves
  let count = 0;
  let example = "";
  for (let number = 0; number < ids.size; number++) {
    if (!ids.mayHaveOtherForm(number)) continue;
    const id = ids.name(number);
    const plain = plainForm(id);
    if (plain === id) continue;
    const found = ids.find(plain);
    const other = found === NO_ID ? seen.get(plain) : found;
    if (other === undefined) seen.set(plain, number);
    else if (count++ === 0) {
      example = `${JSON.stringify(ids.name(other))} and ${JSON.stringify(id)}`;
    }
  }
  if (count === 0) return undefined;
  return `look-alikes: ${
    count.toLocaleString("en")
  } ${what} differ from another only in how the id ` +
    `is written, e.g. ${example}; they are kept apart`;
}

/** An id without what programs add or lose on the way. */
function plainForm(id: string): string {
  const number = /^0*(\d+?)(?:\.0+)?$/.exec(id)?.[1];
  return number ?? id.normalize("NFC").replace(/\p{Cf}/gu, "");
}

/** A note if one of many users has a great part of all events: a guest, or a filled-in blank? */
export function crowdedUser(events: EventLog, { offsets, items }: Interactions): string[] {
  let most = 0;
  for (let u = 1; u + 1 < offsets.length; u++) {
    if (lengthOf(offsets, u) > lengthOf(offsets, most)) most = u;
  }
  const share = lengthOf(offsets, most) / items.length;
  if (events.users.size < 100 || share < 0.1) return [];
  return [
    `one user, ${JSON.stringify(events.users.name(most))}, has ${
      Math.round(share * 100)
    } % of all ` +
    "events: if that is a guest or stands for a missing value, leave its lines out",
  ];
}

function lengthOf(offsets: Uint32Array, u: number): number {
  return offsets[u + 1]! - offsets[u]!;
}
