/**
 * Events as a file lists them, and the sequences they make. 16 bytes an event, 8 without times, 8
 * more for each finer key; ids are numbered in order of first appearance.
 */
import { Growable } from "./growable.ts";
import type { Interactions } from "./interactions.ts";
import { Interner, NO_ID } from "./interner.ts";
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
  /** what a reader should know of the source, one sentence each */
  readonly notes: string[] = [];
  readonly #user = new Growable((n) => new Uint32Array(n));
  readonly #item = new Growable((n) => new Uint32Array(n));
  readonly #time = new Growable((n) => new Float64Array(n));
  readonly #finer = new Growable((n) => new Float64Array(n));
  readonly #order = new Growable((n) => new Float64Array(n));
  readonly #finerOrder = new Growable((n) => new Float64Array(n));
  readonly #missing = { user: 0, item: 0, time: 0, order: 0 };
  #perSecond: number | undefined;

  /** How many events there are. */
  get length(): number {
    return this.#user.length;
  }

  /**
   * Appends an event. Numbers come from users and items; a file either gives a time to every event
   * (any unit: {@linkcode EventLog.timesAreDates} tells) or to none. An event whose user or item is
   * NO_ID, or whose time or order is NaN, is left out and counted.
   *
   * @param finer what is left of the time: orders events whose `time` is equal
   * @param order orders events whose time is equal to the last digit
   * @param finerOrder what is left of the order
   */
  add(user: number, item: number, time?: number, finer = 0, order = 0, finerOrder = 0): void {
    if (user === NO_ID) return void this.#missing.user++;
    if (item === NO_ID) return void this.#missing.item++;
    if (time !== undefined && Number.isNaN(time)) return void this.#missing.time++;
    if (Number.isNaN(order)) return void this.#missing.order++;
    this.#user.push(user);
    this.#item.push(item);
    if (time === undefined) return;
    this.#time.push(time);
    this.#pushKey(this.#finer, finer);
    this.#pushKey(this.#order, order);
    this.#pushKey(this.#finerOrder, finerOrder);
  }

  /** Says that times count from 1970, and in which unit; without it only their order counts. */
  timesAreDates(perSecond: number): void {
    this.#perSecond = perSecond;
  }

  /** Changes every time. */
  changeTimes(changed: (time: number) => number): void {
    for (let e = 0; e < this.#time.length; e++) this.#time.set(e, changed(this.#time.at(e)));
  }

  /** Records what a reader should know. */
  note(text: string): void {
    this.notes.push(text);
  }

  /** Everything that was left out so far, events without a user, item or time included. */
  allDrops(): Drop[] {
    const missing = Object.entries(this.#missing).filter(([, count]) => count > 0);
    return [
      ...this.drops,
      ...missing.map(([what, count]) => ({
        count,
        what: "events",
        why: `no ${what}: the field is empty, or says that the value is missing (NULL, NaN, …)`,
      })),
    ];
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
    const sorted = this.#time.length > 0
      ? this.#sortByTime(order, offsets)
      : { reorderedUsers: 0, equalTimes: 0 };
    const { interactions, events, repeated } = this.#withoutRepeats(order, offsets, repeats);
    const times = this.#seconds(events);
    return {
      interactions: { ...interactions, ...(times && { times }) },
      events,
      repeated,
      ...sorted,
    };
  }

  /** When some events happened, in seconds since 1970, where that is known. */
  #seconds(events: Uint32Array): Float64Array | undefined {
    const perSecond = this.#perSecond;
    if (perSecond === undefined) return undefined;
    const seconds = new Float64Array(events.length);
    for (let at = 0; at < events.length; at++) {
      const e = events[at]!;
      const finer = e < this.#finer.length ? this.#finer.at(e) : 0;
      seconds[at] = (this.#time.at(e) + finer) / perSecond;
    }
    return seconds;
  }

  /** A key that is 0 for all events takes no memory. */
  #pushKey(key: Growable<Float64Array>, value: number): void {
    if (value === 0 && key.length === 0) return;
    while (key.length < this.#time.length - 1) key.push(0);
    key.push(value);
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

  /** Sorts each user's events, and counts what a reader should know of their times. */
  #sortByTime(order: Uint32Array, offsets: Uint32Array) {
    const keys = [this.#time, this.#finer, this.#order, this.#finerOrder]
      .filter((key) => key.length > 0);
    const compared = (a: number, b: number) => {
      for (const key of keys) {
        const difference = key.at(a) - key.at(b);
        if (difference !== 0) return difference;
      }
      return 0;
    };
    let [reorderedUsers, equalTimes] = [0, 0];
    for (let u = 0; u + 1 < offsets.length; u++) {
      const events = order.subarray(offsets[u], offsets[u + 1]);
      let at = 1;
      while (at < events.length && compared(events[at - 1]!, events[at]!) <= 0) at++;
      if (at < events.length) {
        reorderedUsers++;
        events.sort((a, b) => compared(a, b) || a - b);
      }
      for (let e = 1; e < events.length; e++) {
        if (compared(events[e - 1]!, events[e]!) === 0) equalTimes++;
      }
    }
    return { reorderedUsers, equalTimes };
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
        if (repeats === "last" && isRepeat[at]) continue;
        items[end] = this.#item.at(order[at]!);
        order[end++] = order[at]!;
      }
      starts[u + 1] = end;
    }
    const interactions: Interactions = { offsets: starts, items: items.subarray(0, end) };
    return { interactions, events: order.subarray(0, end), repeated };
  }
}

/** What {@linkcode EventLog.sequences} gives. */
export interface Sequences {
  /** by user and item number of the log, both from 0 */
  readonly interactions: Interactions;
  /** [behaviours] the number of the event that each is, in the order they were added */
  readonly events: Uint32Array;
  /** events on an item that the same user has again later */
  readonly repeated: number;
  /** users whose events the file does not list in order of time */
  readonly reorderedUsers: number;
  /** events at the same time as the one before them of the same user */
  readonly equalTimes: number;
}
