/** The embedding table as it lies in a memory of the kernels: rows [p | m | v]. */
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

  /** A copy of the values as they are, [rows, d]. */
  values(): Float32Array {
    return this.#read(0);
  }

  /** Writes values; all moments become zero and no row counts as touched. */
  load(values: Float32Array): void {
    this.#lastStep.fill(0);
    this.#write(values, 0);
    this.#write(null, 1);
    this.#write(null, 2);
  }

  /** A copy of values, moments and steps of the last touch. */
  state(): TableState {
    return {
      "table.last": this.#lastStep.slice(),
      ...Object.fromEntries(parts.map((part) => [`table${momentNames[part]}`, this.#read(part)])),
    };
  }

  /** Writes what {@linkcode InterleavedTable.state} gave. */
  restore(state: TableState): void {
    this.#lastStep.set(state["table.last"]!);
    for (const part of parts) this.#write(state[`table${momentNames[part]}`]!, part);
  }

  /** Writes the values of one row. */
  put(row: number, values: Float32Array): void {
    this.#floats.set(values, this.#rowAt(row));
  }

  #read(part: Part): Float32Array {
    const { tableRows, width } = this.plan;
    const floats = this.#floats;
    const values = new Float32Array(tableRows * width); // [rows, d]
    for (let row = 0; row < tableRows; row++) {
      const at = this.#rowAt(row, part);
      for (let i = 0; i < width; i++) values[row * width + i] = floats[at + i]!;
    }
    return values;
  }

  /** null writes zeros */
  #write(values: Float32Array | Uint32Array | null, part: Part): void {
    const { tableRows, width } = this.plan;
    const floats = this.#floats;
    for (let row = 0; row < tableRows; row++) {
      const at = this.#rowAt(row, part);
      for (let i = 0; i < width; i++) {
        floats[at + i] = values === null ? 0 : values[row * width + i]!;
      }
    }
  }

  #rowAt(row: number, part: Part = 0): number {
    const { table, tableStride, width } = this.plan;
    return (table + row * tableStride) / 4 + part * paddedWidth(width);
  }
}
