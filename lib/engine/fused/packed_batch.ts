/**
 * A batch in the engine's memory: the real positions of all histories one after the other, without
 * padding, then the targets, then the negatives. What comes in is checked (lib/engine/checks.ts).
 */
import type { Batch, Histories } from "../../data/batch.ts";
import type { Control } from "./control.ts";
import { type Plan, SUB_BATCHES } from "./memory_plan.ts";

/** Writes batches. */
export class PackedBatch {
  readonly #ids: Uint32Array;
  readonly #offsets: readonly Uint32Array[];
  readonly #positions: readonly Uint32Array[];

  /** Views of the memory, and the users' weights, which never change. */
  constructor(private readonly plan: Plan, buffer: ArrayBufferLike) {
    const { sizes } = plan;
    const { B, L } = plan.config.sizes;
    const ids = Math.max(B * L + B + plan.S, sizes.rows);
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

  /** Writes a training batch; the number of ids. */
  write(batch: Batch, control: Control): number {
    const { itemCount } = this.plan.config.sizes;
    let at = 0;
    for (const [s, sub] of this.plan.subBatches.entries()) {
      control.setRowsBefore(s, at);
      at = this.writeHistories(batch, sub.firstUser, sub.users, s, at);
    }
    control.setRowsBefore(SUB_BATCHES, at);
    at = this.#writeIds(batch.target, at);
    if (this.plan.config.objective.softmax === "full") {
      for (let item = 1; item <= itemCount; item++) this.#ids[at++] = item;
      return at;
    }
    return this.#writeIds(batch.negatives, at);
  }

  /**
   * Writes the real positions of users from..from + count, as sub-batch s, to the ids from `at` on;
   * where the next id goes.
   */
  writeHistories(histories: Histories, from: number, count: number, s: number, at: number): number {
    const { history, length } = histories;
    const { L } = this.plan.config.sizes;
    const ids = this.#ids, offsets = this.#offsets[s]!, positions = this.#positions[s]!;
    let row = 0;
    for (let b = 0; b < count; b++) {
      offsets[b] = row;
      const start = (from + b) * L;
      for (let l = 0; l < length[from + b]!; l++) {
        ids[at++] = history[start + l]!;
        positions[row++] = l;
      }
    }
    offsets[count] = row;
    return at;
  }

  #writeIds(items: Int32Array, at: number): number {
    this.#ids.set(items, at);
    return at + items.length;
  }
}
