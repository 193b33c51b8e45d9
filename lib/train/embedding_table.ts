/** The embedding table as its definition: arrays outside the autodiff graph, exact lazy Adam. */
import { stretches } from "../base/values.ts";
import type { Moments } from "../engine/core/dense_memory.ts";
import type { Rows, TableState } from "../engine/core/rows.ts";
import type { AdamConfig } from "../engine/engine_config.ts";
import { adamStep, zeroMoments } from "./adam.ts";
import { CatchUpTable } from "./catch_up.ts";

/** {@linkcode Rows}, readable. */
export class EmbeddingTable implements Rows {
  readonly #values: Float32Array;
  readonly #moments: Moments;
  /** [rows] the step up to which a row is current; 0 means never touched */
  readonly #last: Uint32Array;
  readonly #catchUp: CatchUpTable;
  readonly #slotOfRow = new Map<number, number>();

  /** @param values [rows, d], taken over, not copied */
  constructor(values: Float32Array, readonly d: number, readonly adam: AdamConfig) {
    this.#values = values;
    this.#moments = zeroMoments(values.length);
    this.#last = new Uint32Array(values.length / d);
    this.#catchUp = new CatchUpTable(adam);
  }

  gather(ids: ArrayLike<number>, t: number): Float32Array {
    const { d } = this;
    const rows = new Float32Array(ids.length * d); // [ids, d]
    for (let i = 0; i < ids.length; i++) {
      const row = ids[i]!;
      this.#bringCurrent(row, t);
      rows.set(this.#values.subarray(row * d, (row + 1) * d), i * d);
    }
    return rows;
  }

  update(ids: ArrayLike<number>, gradients: readonly Float32Array[], t: number): void {
    const { d } = this;
    const sums = this.#sumByRow(ids, gradients);
    for (const [row, slot] of this.#slotOfRow) {
      const gradient = sums.subarray(slot * d, (slot + 1) * d);
      adamStep(this.#values, this.#moments, gradient, t, this.adam, row * d, (row + 1) * d);
      this.#last[row] = t;
    }
  }

  flush(t: number): void {
    for (let row = 0; row < this.#last.length; row++) this.#bringCurrent(row, t);
  }

  put(row: number, values: Float32Array): void {
    this.#values.set(values, row * this.d);
  }

  values(): Float32Array {
    return this.#values;
  }

  load(values: Float32Array): void {
    this.#values.set(values);
    for (const array of [this.#moments.m, this.#moments.v, this.#last]) array.fill(0);
  }

  state(): TableState {
    return Object.fromEntries(this.#arrays());
  }

  restore(state: TableState): void {
    for (const [name, array] of this.#arrays()) {
      for (const [at, some] of stretches(state[name]!)) array.set(some, at);
    }
  }

  #arrays(): [string, Float32Array | Uint32Array][] {
    const { m, v } = this.#moments;
    return [["table", this.#values], ["table.m", m], ["table.v", v], ["table.last", this.#last]];
  }

  #sumByRow(ids: ArrayLike<number>, gradients: readonly Float32Array[]): Float32Array {
    const { d } = this;
    const slots = this.#slotOfRow;
    slots.clear();
    const sums = new Float32Array(ids.length * d); // [at most ids, d]
    let i = 0;
    for (const part of gradients) {
      for (let at = 0; at < part.length; at += d, i++) {
        const row = ids[i]!;
        let slot = slots.get(row);
        if (slot === undefined) slots.set(row, slot = slots.size);
        for (let j = 0; j < d; j++) sums[slot * d + j]! += part[at + j]!;
      }
    }
    return sums;
  }

  #bringCurrent(row: number, t: number): void {
    const t0 = this.#last[row]!;
    const g = t - t0;
    if (t0 === 0 || g === 0) return; // a row never touched has no momentum
    const { longestGap, replayBelow } = this.#catchUp;
    if (t0 < replayBelow) this.#replay(row, t0, Math.min(g, longestGap));
    else this.#move(row, t0, g);
    this.#decay(row, g);
    this.#last[row] = t;
  }

  /** The missed steps one by one, from the moments at t0. */
  #replay(row: number, t0: number, g: number): void {
    const { d, adam: { epsilon } } = this;
    const values = this.#values, { m, v } = this.#moments;
    for (let k = 1; k <= g; k++) {
      const rate = this.#catchUp.rate(t0, k);
      const correction = this.#catchUp.correction(t0, k);
      for (let i = row * d; i < (row + 1) * d; i++) {
        values[i]! -= rate * m[i]! / (Math.sqrt(v[i]! * correction) + epsilon);
      }
    }
  }

  /** The missed steps in one, by the series of catch_up.ts. */
  #move(row: number, t0: number, g: number): void {
    const { d, adam: { epsilon } } = this;
    const values = this.#values, { m, v } = this.#moments;
    const c = this.#catchUp.coefficients(t0, g);
    const [c0, c1, c2, c3, c4] = [c[0]!, c[1]!, c[2]!, c[3]!, c[4]!];
    const correction = this.#catchUp.correction(t0, 0);
    for (let i = row * d; i < (row + 1) * d; i++) {
      const s = Math.sqrt(v[i]! * correction);
      const scale = 1 / (s + epsilon);
      const r = s * scale;
      values[i]! -= m[i]! * scale * (c0 + r * (c1 + r * (c2 + r * (c3 + r * c4))));
    }
  }

  #decay(row: number, g: number): void {
    const { d } = this;
    const { m, v } = this.#moments;
    const [first, second] = [this.#catchUp.firstDecay(g), this.#catchUp.secondDecay(g)];
    for (let i = row * d; i < (row + 1) * d; i++) {
      m[i]! *= first;
      v[i]! *= second;
    }
  }
}
