/**
 * Between the shapes that the rest of the library sees and the padded, interleaved ones of the
 * engine's memory.
 */
import { copyOf, stretches, type Values } from "../../base/values.ts";
import type { Sizes } from "../../data/sizes.ts";
import { checkParameters, checkState, momentNames } from "../checks.ts";
import { InterleavedTable } from "../core/interleaved_table.ts";
import type { Parameters, StateInPlace } from "../engine.ts";
import { denseAddresses, type Plan } from "./memory_plan.ts";

/** The dense parameters, in the order of the memory. */
const denseNames = ["W1", "W2", "P"] as const;

/** A dense parameter outside: [rows, columns]; inside: rowStep and columnStep floats apart. */
interface DenseShape {
  readonly rows: number;
  readonly columns: number;
  readonly at: number;
  readonly rowStep: number;
  readonly columnStep: number;
}

function denseShape(plan: Plan, name: typeof denseNames[number], block: number): DenseShape {
  const { L, K, d } = plan.config.sizes;
  const { hidden } = plan.sizes;
  const { W1, W2T, P } = denseAddresses(block, plan.sizes);
  switch (name) {
    case "W1":
      return { rows: d, columns: 4 * d, at: W1 / 4, rowStep: hidden, columnStep: 1 };
    case "W2":
      return { rows: 4 * d, columns: K, at: W2T / 4, rowStep: 1, columnStep: hidden };
    case "P":
      return { rows: L, columns: d, at: P / 4, rowStep: plan.sizes.d, columnStep: 1 };
  }
}

/** A parameter's values, their first or their second moments. */
type Part = 0 | 1 | 2;

/** Reads and writes parameters and state in the engine's memory. */
export class Layout {
  readonly #floats: Float32Array;
  readonly #table: InterleavedTable;

  /** Views of the memory. */
  constructor(private readonly plan: Plan, buffer: ArrayBufferLike) {
    this.#floats = new Float32Array(buffer);
    this.#table = new InterleavedTable(plan, buffer);
  }

  /** A copy of the parameters as they are, in the arrays of earlier ones if given. */
  parameters(into?: Parameters): Parameters {
    if (!into) {
      const dense = denseNames.map((name) => [name, this.#readDense(name, 0)] as const);
      return { table: copyOf(this.table()), dense: Object.fromEntries(dense) };
    }
    for (const [at, some] of stretches(this.table())) into.table.set(some, at);
    for (const name of denseNames) into.dense[name]!.set(this.#readDense(name, 0));
    return into;
  }

  /** The table's values from where they lie. */
  table(): Values<Float32Array> {
    return this.#table.values();
  }

  /**
   * Writes parameters; all moments become zero and no row counts as touched.
   *
   * @throws {BadInput} if a name, a length or a value does not fit; nothing is written then
   */
  load(parameters: Parameters): void {
    checkParameters(parameters, parameterLengths(this.plan));
    this.#clearDense();
    this.#table.load(parameters.table);
    for (const name of denseNames) this.#writeDense(name, 0, parameters.dense[name]!);
  }

  /** Parameters, moments and steps of the last touch; the table's from where they lie. */
  state(): StateInPlace["arrays"] {
    const arrays: Record<string, Values<Float32Array | Uint32Array>> = { ...this.#table.state() };
    for (const part of [0, 1, 2] as const) {
      for (const name of denseNames) arrays[name + momentNames[part]] = this.#readDense(name, part);
    }
    return arrays;
  }

  /**
   * Writes what {@linkcode Layout.state} gave.
   *
   * @throws {BadInput} if a name, a length or a value does not fit; nothing is written then
   */
  restore(state: StateInPlace): void {
    checkState(state, parameterLengths(this.plan), this.plan.config.sizes);
    const { arrays } = state;
    this.#table.restore(arrays);
    this.#clearDense();
    for (const part of [0, 1, 2] as const) {
      for (const name of denseNames) {
        this.#writeDense(name, part, copyOf(arrays[name + momentNames[part]]!));
      }
    }
  }

  /** All zero, the padding too, where a step that was not finite leaves NaN. */
  #clearDense(): void {
    for (const part of [0, 1, 2] as const) {
      const block = this.#block(part) / 4;
      this.#floats.fill(0, block, block + this.plan.sizes.dense);
    }
  }

  #block(part: Part): number {
    return [this.plan.parameters, this.plan.moments1, this.plan.moments2][part]!;
  }

  #readDense(name: typeof denseNames[number], part: Part): Float32Array {
    const shape = denseShape(this.plan, name, this.#block(part));
    const values = new Float32Array(shape.rows * shape.columns); // [rows, columns]
    for (let r = 0, i = 0; r < shape.rows; r++) {
      for (let c = 0; c < shape.columns; c++, i++) {
        values[i] = this.#floats[shape.at + r * shape.rowStep + c * shape.columnStep]!;
      }
    }
    return values;
  }

  #writeDense(
    name: typeof denseNames[number],
    part: Part,
    values: Float32Array | Uint32Array,
  ): void {
    const shape = denseShape(this.plan, name, this.#block(part));
    for (let r = 0, i = 0; r < shape.rows; r++) {
      for (let c = 0; c < shape.columns; c++, i++) {
        this.#floats[shape.at + r * shape.rowStep + c * shape.columnStep] = values[i]!;
      }
    }
  }
}

function parameterLengths(plan: Plan): Record<string, number> {
  const { L, K, d, itemCount }: Sizes = plan.config.sizes;
  return { table: (itemCount + 1) * d, W1: d * 4 * d, W2: 4 * d * K, P: L * d };
}
