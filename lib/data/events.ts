/**
 * Events as a file lists them, and the sequences they make. 16 bytes an event, 8 without times;
 * ids are numbered in order of first appearance.
 */
import { Growable } from "./growable.ts";
import type { Interactions } from "./interactions.ts";
import { Interner } from "./interner.ts";
import type { Drop } from "./report.ts";

/**
 * What becomes of a user's repeated events on one item: "keep" them all, as behaviours of their
 * own; or keep the "last" one, as in the files that the reference read for Gowalla and
 * RetailRocket (RecBole's, where repeats are merged into the most recent). Both are counted.
 */
export type Repeats = "keep" | "last";

/** Users' events in the order of a file. */
export class EventLog {
  /** numbers of users */
  readonly users: Interner = new Interner();
  /** numbers of items */
  readonly items: Interner = new Interner();
  /** what the parser left out */
  readonly drops: Drop[] = [];
  readonly #user = new Growable((n) => new Uint32Array(n));
  readonly #item = new Growable((n) => new Uint32Array(n));
  readonly #time = new Growable((n) => new Float64Array(n));

  /** How many events there are. */
  get length(): number {
    return this.#user.length;
  }

  /**
   * Appends an event. Numbers come from users and items; a file either gives a time to every event
   * (any unit, only the order counts) or to none.
   */
  add(user: number, item: number, time?: number): void {
    this.#user.push(user);
    this.#item.push(item);
    if (time !== undefined) this.#time.push(time);
  }

  /** Records something that the parser left out, if there was any. */
  drop(count: number, what: string, why: string): void {
    if (count > 0) this.drops.push({ count, what, why });
  }

  /**
   * The sequences of all users, by user number; a user's events are in order of time, those of
   * equal time in the file's order.
   */
  sequences(repeats: Repeats): Sequences {
    const { order, offsets } = this.#byUser();
    const reorderedUsers = this.#time.length > 0 ? this.#sortByTime(order, offsets) : 0;
    return { ...this.#withoutRepeats(order, offsets, repeats), reorderedUsers };
  }

  /** Indices of events, grouped by user with a counting sort, which keeps the file's order. */
  #byUser(): { order: Uint32Array; offsets: Uint32Array } {
    const offsets = new Uint32Array(this.users.size + 1);
    for (let e = 0; e < this.length; e++) offsets[this.#user.at(e) + 1]!++;
    for (let u = 0; u < this.users.size; u++) offsets[u + 1]! += offsets[u]!;
    const next = offsets.slice();
    const order = new Uint32Array(this.length);
    for (let e = 0; e < this.length; e++) order[next[this.#user.at(e)]!++] = e;
    return { order, offsets };
  }

  /** Sorts each user's events; the number of users whose events were not in order. */
  #sortByTime(order: Uint32Array, offsets: Uint32Array): number {
    const earlier = (a: number, b: number) => this.#time.at(a) - this.#time.at(b) || a - b;
    let reordered = 0;
    for (let u = 0; u + 1 < offsets.length; u++) {
      const events = order.subarray(offsets[u], offsets[u + 1]);
      let at = 1;
      while (at < events.length && earlier(events[at - 1]!, events[at]!) < 0) at++;
      if (at >= events.length) continue;
      reordered++;
      events.sort(earlier);
    }
    return reordered;
  }

  #withoutRepeats(order: Uint32Array, offsets: Uint32Array, repeats: Repeats) {
    const items = new Uint32Array(order.length);
    const starts = new Uint32Array(offsets.length);
    const seenBy = new Uint32Array(this.items.size); // the last user with this item, + 1
    const isRepeat = new Uint8Array(order.length);
    let repeated = 0;
    let end = 0;
    for (let u = 0; u + 1 < offsets.length; u++) {
      for (let at = offsets[u + 1]! - 1; at >= offsets[u]!; at--) {
        const item = this.#item.at(order[at]!);
        if (seenBy[item] === u + 1) {
          isRepeat[at] = 1;
          repeated++;
        }
        seenBy[item] = u + 1;
      }
      for (let at = offsets[u]!; at < offsets[u + 1]!; at++) {
        if (repeats === "keep" || !isRepeat[at]) items[end++] = this.#item.at(order[at]!);
      }
      starts[u + 1] = end;
    }
    const interactions: Interactions = { offsets: starts, items: items.subarray(0, end) };
    return { interactions, repeated };
  }
}

/** What {@linkcode EventLog.sequences} gives. */
export interface Sequences {
  /** by user and item number of the log, both from 0 */
  readonly interactions: Interactions;
  /** events on an item that the same user has again later */
  readonly repeated: number;
  /** users whose events the file does not list in order of time */
  readonly reorderedUsers: number;
}
