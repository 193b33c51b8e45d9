/** The embedding table as it lies in a memory of the kernels: rows [p | m | v]. */
import { stretches, type Values } from "../../base/values.ts";
import { momentNames } from "../checks.ts";
import type { TableState } from "./rows.ts";
import { paddedWidth, type RowsPlan } from "./rows_plan.ts";

/** The part of a row: the values, their first or their second moments. */
type Part = 0 | 1 | 2;

const parts = [0, 1, 2] as const;

/** Reads and writes the table in the shape that the rest of the library has it in. */
export class InterleavedTable {
  readonly #floats: Float32Array;
  readonly #lastStep: Uint32Array;

  /** Views of the memory. */
  constructor(private readonly plan: RowsPlan, buffer: ArrayBufferLike) {
    this.#floats = new Float32Array(buffer);
    this.#lastStep = new Uint32Array(buffer, plan.lastStep, plan.tableRows);
  }

  /** The values as they are, [rows, d], from where they lie. */
  values(): Values<Float32Array> {
    return this.#inPlace(0);
  }

  /** Writes values; all moments become zero and no row counts as touched. */
  load(values: Float32Array): void {
    const { table, tableRows, tableStride } = this.plan;
    this.#lastStep.fill(0);
    this.#floats.fill(0, table / 4, (table + tableRows * tableStride) / 4);
    this.#write(values, 0);
  }

  /** Values, moments and steps of the last touch, from where they lie. */
  state(): TableState {
    const ofParts = parts.map((part) =>
      [`table${momentNames[part]}`, this.#inPlace(part)] as const
    );
    return { "table.last": this.#lastStep, ...Object.fromEntries(ofParts) };
  }

  /** Writes what {@linkcode InterleavedTable.state} gave. */
  restore(state: TableState): void {
    for (const [at, some] of stretches(state["table.last"]!)) this.#lastStep.set(some, at);
    for (const part of parts) this.#write(state[`table${momentNames[part]}`]!, part);
    this.#clearPadding();
  }

  /** Writes the values of one row. */
  put(row: number, values: Float32Array): void {
    this.#floats.set(values, this.#rowAt(row));
  }

  #inPlace(part: Part): Values<Float32Array> {
    const { tableRows, width } = this.plan;
    let buffer = new Float32Array(0);
    return {
      length: tableRows * width,
      subarray: (from, to) => {
        if (buffer.length < to - from) buffer = new Float32Array(to - from);
        const values = buffer.subarray(0, to - from);
        this.#forRows(part, from, to, (at, start, end) => {
          for (let i = start; i < end; i++) values[i] = this.#floats[at + i - start]!;
        });
        return values;
      },
    };
  }

  /** A step that was not finite leaves NaN there as well, and zero times NaN is NaN. */
  #clearPadding(): void {
    const { tableRows, width } = this.plan;
    const padded = paddedWidth(width);
    if (padded === width) return;
    for (let row = 0; row < tableRows; row++) {
      for (const part of parts) {
        const at = this.#rowAt(row, part);
        this.#floats.fill(0, at + width, at + padded);
      }
    }
  }

  #write(values: Values<Float32Array | Uint32Array>, part: Part): void {
    const floats = this.#floats;
    for (const [from, some] of stretches(values)) {
      this.#forRows(part, from, from + some.length, (at, start, end) => {
        for (let i = start; i < end; i++) floats[at + i - start] = some[i]!;
      });
    }
  }

  /**
   * Numbers from..to - 1 of the table, row by row: where the row's lie in the memory, and which
   * they are, counted from `from`.
   */
  #forRows(
    part: Part,
    from: number,
    to: number,
    visit: (at: number, start: number, end: number) => void,
  ): void {
    const { width } = this.plan;
    for (let number = from; number < to;) {
      const row = Math.floor(number / width), column = number - row * width;
      const end = Math.min((row + 1) * width, to);
      visit(this.#rowAt(row, part) + column, number - from, end - from);
      number = end;
    }
  }

  #rowAt(row: number, part: Part = 0): number {
    const { table, tableStride, width } = this.plan;
    return (table + row * tableStride) / 4 + part * paddedWidth(width);
  }
}
