/**
 * The embedding table as a training step sees it: rows gathered, and updated by exact lazy Adam. A
 * step touches the rows of its batch only, so its time does not depend on the catalogue; the
 * results are dense Adam's. Two things implement it, the readable definition
 * (lib/train/embedding_table.ts) and the kernels (wasm_rows.ts); tests hold them together.
 */
import type { Values } from "../../base/values.ts";

/** A table's arrays in a state: "table", "table.m", "table.v" and "table.last". */
export type TableState = Readonly<Record<string, Values<Float32Array | Uint32Array>>>;

/** Rows of d numbers with their Adam moments and the step each was last touched at. */
export interface Rows {
  /** The rows of `ids`, brought current to step t: [ids, d], valid until the next call. */
  gather(ids: Int32Array, t: number): Float32Array;
  /**
   * One Adam step t on the rows of `ids`, which were gathered at step t - 1. A row that occurs more
   * than once gets the sum of its gradients, added in order of occurrence.
   *
   * @param gradients arrays [n, d] whose rows follow one another in the order of `ids`
   */
  update(ids: Int32Array, gradients: readonly Float32Array[], t: number): void;
  /** Brings every row current to step t. */
  flush(t: number): void;
  /** Writes the values of a row, its moments stay. */
  put(row: number, values: Float32Array): void;
  /** The values as they are, [rows, d], from where they lie. */
  values(): Values<Float32Array>;
  /** Replaces the values; all moments become zero and no row counts as touched. */
  load(values: Float32Array): void;
  /** Everything from where it lies, nothing is brought current. */
  state(): TableState;
  /** Puts a state of the same sizes back. */
  restore(state: TableState): void;
}
