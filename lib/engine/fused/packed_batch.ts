/**
 * A batch in the engine's memory: the real positions of all histories one after the other, without
 * padding, then the targets, then the negatives. Ids are checked on the way, as a wrong one would
 * be an address outside the table.
 */
import { BadInput } from "../../base/bad_input.ts";
import type { Batch, Histories } from "../../data/batch.ts";
import type { Control } from "./control.ts";
import { type Plan, SUB_BATCHES } from "./plan.ts";

/** Writes batches. */
export class PackedBatch {
  readonly #ids: Uint32Array;
  readonly #offsets: readonly Uint32Array[];
  readonly #positions: readonly Uint32Array[];

  /** Views of the memory, and the users' weights, which never change. */
  constructor(private readonly plan: Plan, buffer: ArrayBufferLike) {
    const { sizes } = plan;
    const { B, L } = plan.config.sizes;
    const ids = Math.max(B * L + B + sizes.S, sizes.rows);
    this.#ids = new Uint32Array(buffer, plan.ids, ids);
    this.#offsets = plan.subBatches.map((sub) =>
      new Uint32Array(buffer, sub.offsets, sizes.users + 1)
    );
    this.#positions = plan.subBatches.map((sub) =>
      new Uint32Array(buffer, sub.positions, sizes.rows)
    );
    const { users } = plan.sizes;
    for (const sub of plan.subBatches) {
      new Float32Array(buffer, sub.userWeights, users).fill(1 / B, 0, sub.users);
    }
  }

  /**
   * Writes a training batch; the number of ids.
   *
   * @throws {BadInput} if an array's length, a history's length or an id does not fit
   */
  write(batch: Batch, control: Control): number {
    const { B, S, itemCount } = this.plan.config.sizes;
    checkLength("history lengths", batch.length.length, B);
    checkLength("targets", batch.target.length, B);
    let at = 0;
    for (const [s, sub] of this.plan.subBatches.entries()) {
      control.setRowsBefore(s, at);
      at = this.writeHistories(batch, sub.firstUser, sub.users, s, at);
    }
    control.setRowsBefore(SUB_BATCHES, at);
    at = this.#writeIds(batch.target, "target", at);
    if (this.plan.config.objective.softmax === "full") {
      for (let item = 1; item <= itemCount; item++) this.#ids[at++] = item;
      return at;
    }
    checkLength("negatives", batch.negatives.length, S);
    return this.#writeIds(batch.negatives, "negative", at);
  }

  /**
   * Writes the real positions of users from..from + count, as sub-batch s, to the ids from `at` on;
   * where the next id goes.
   *
   * @throws {BadInput} if a history's length or an id does not fit
   */
  writeHistories(histories: Histories, from: number, count: number, s: number, at: number): number {
    const { history, length } = histories;
    const { L, itemCount } = this.plan.config.sizes;
    checkLength("history positions", history.length, length.length * L);
    const ids = this.#ids, offsets = this.#offsets[s]!, positions = this.#positions[s]!;
    let row = 0;
    for (let b = 0; b < count; b++) {
      const n = length[from + b]!;
      if (!(n >= 1 && n <= L)) {
        throw new BadInput("not in 1..L", `length of history ${from + b}`, n, `L is ${L}.`);
      }
      offsets[b] = row;
      const start = (from + b) * L;
      for (let l = 0; l < n; l++) {
        const id = history[start + l]!;
        if (id >>> 0 > itemCount) throw badId("history", from + b, id, itemCount);
        ids[at++] = id;
        positions[row++] = l;
      }
    }
    offsets[count] = row;
    return at;
  }

  #writeIds(items: Int32Array, name: string, at: number): number {
    const { itemCount } = this.plan.config.sizes;
    for (let i = 0; i < items.length; i++) {
      const id = items[i]!;
      if (id >>> 0 > itemCount) throw badId(name, i, id, itemCount);
      this.#ids[at++] = id;
    }
    return at;
  }
}

function checkLength(name: string, length: number, expected: number): void {
  if (length === expected) return;
  throw new BadInput(
    `not ${expected}`,
    `number of ${name}`,
    length,
    "The engine's sizes are fixed.",
  );
}

function badId(name: string, i: number, id: number, itemCount: number): BadInput {
  return new BadInput("no such item", `${name} ${i}`, id, `Items are numbered 0..${itemCount}.`);
}
