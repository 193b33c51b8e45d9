/** The embedding table in a memory of its own, gathered and updated by the kernels. */
import { BadInput } from "../../base/bad_input.ts";
import type { Values } from "../../base/values.ts";
import type { AdamConfig } from "../engine_config.ts";
import { compiledModule } from "../wasm/modules.ts";
import { Addresses, checkPages, newMemory } from "./addresses.ts";
import { CatchUp } from "./catch_up_tables.ts";
import { InterleavedTable } from "./interleaved_table.ts";
import type { Rows, TableState } from "./rows.ts";
import {
  catchUpViews,
  configureRows,
  paddedWidth,
  planRows,
  type RowsPlan,
  uncoveredAdam,
} from "./rows_plan.ts";
import { instantiate, type Kernels } from "./step_kernels.ts";

/** A table's sizes. */
export interface TableSize {
  /** rows, the padding row included */
  readonly rows: number;
  readonly d: number;
  /** ids of an update at most */
  readonly touched: number;
}

/** Where everything lies in the memory. */
interface Plan extends RowsPlan {
  /** [touched, d] rows that are gathered, or their gradients */
  readonly buffer: number;
  /** [d] the sum of a row's gradients */
  readonly sum: number;
  readonly pages: number;
}

function planOf({ rows, d, touched }: TableSize, adam: AdamConfig): Plan {
  const at = new Addresses();
  const width = paddedWidth(d);
  const buffer = at.floats(touched * width), sum = at.floats(width);
  const plan = planRows(at, { tableRows: rows, width: d }, adam, touched);
  return { ...plan, buffer, sum, pages: at.pages };
}

/** What the memory is called. */
const WHAT = "the table";

/** {@linkcode Rows} in WebAssembly: the table once, [p | m | v] a row. */
export class WasmRows implements Rows {
  readonly #ids: Int32Array;
  readonly #floats: Float32Array;
  readonly #table: InterleavedTable;
  readonly #catchUp: CatchUp;
  readonly #width: number;
  /** how many ids were given last, and how many of them are different */
  #listed = 0;
  #count = 0;

  private constructor(
    private readonly size: TableSize,
    private readonly plan: Plan,
    private readonly kernels: Kernels,
    buffer: ArrayBufferLike,
    adam: AdamConfig,
  ) {
    this.#width = paddedWidth(size.d);
    this.#ids = new Int32Array(buffer, plan.ids, size.touched);
    this.#floats = new Float32Array(buffer, plan.buffer, size.touched * this.#width);
    this.#table = new InterleavedTable(plan, buffer);
    this.#catchUp = new CatchUp(adam, plan.catchUp, catchUpViews(plan, buffer));
  }

  /** @throws {BadInput} if its memory would exceed 4 GiB */
  static checkSize(size: TableSize, adam: AdamConfig): void {
    checkPages(planOf(size, adam).pages, WHAT);
  }

  /**
   * A table of zeros.
   *
   * @throws {BadInput} if the optimizer is not covered, the memory would exceed 4 GiB or what the
   *   machine has, or it lacks the instructions
   */
  static async create(size: TableSize, adam: AdamConfig): Promise<WasmRows> {
    const reason = uncoveredAdam(adam);
    if (reason !== null) throw new BadInput(reason, "adam", JSON.stringify(adam), "Change them.");
    const plan = planOf(size, adam);
    const module = await compiledModule("fused", "simd");
    const memory = newMemory(plan.pages, WHAT);
    const kernels = instantiate(module, memory);
    kernels.setSizes(paddedWidth(size.d), 0, 0);
    configureRows(kernels, plan, adam);
    return new WasmRows(size, plan, kernels, memory.buffer, adam);
  }

  gather(ids: Int32Array, t: number): Float32Array {
    const { size: { touched, d } } = this;
    this.#catchUp.prepare(t + 1);
    if (ids.length <= touched && this.#width === d) return this.#gathered(ids, t);
    const rows = new Float32Array(ids.length * d); // [ids, d]
    for (let from = 0; from < ids.length; from += touched) {
      const part = this.#gathered(ids.subarray(from, from + touched), t);
      this.#unpadded(part, rows.subarray(from * d));
    }
    return rows;
  }

  update(ids: Int32Array, gradients: readonly Float32Array[], t: number): void {
    const { plan, kernels } = this;
    const count = this.#unique(ids);
    this.#catchUp.prepare(t);
    kernels.setAdamStep(this.#catchUp.rate(t), this.#catchUp.correction(t));
    this.#write(gradients);
    kernels.rowsAdam(plan.rows, 0, count, plan.first, plan.next, plan.buffer, t, plan.sum);
  }

  flush(t: number): void {
    this.#catchUp.prepare(t + 1);
    this.kernels.catchUpItems(0, this.size.rows, t + 1);
  }

  put(row: number, values: Float32Array): void {
    this.#table.put(row, values);
  }

  values(): Values<Float32Array> {
    return this.#table.values();
  }

  load(values: Float32Array): void {
    this.#table.load(values);
  }

  state(): TableState {
    return this.#table.state();
  }

  restore(state: TableState): void {
    this.#table.restore(state);
  }

  /** Finds the different ids and their occurrences; how many. Those of the last call are known. */
  #unique(ids: Int32Array): number {
    const { plan } = this;
    const known = ids.length === this.#listed && ids.every((id, i) => id === this.#ids[i]);
    if (known) return this.#count;
    this.#ids.set(ids);
    this.#listed = ids.length;
    return this.#count = this.kernels.uniqueRows(
      plan.ids,
      ids.length,
      plan.slots,
      plan.rows,
      plan.first,
      plan.last,
      plan.next,
    );
  }

  /** Rows in the buffer, of ids that fit into it. */
  #gathered(ids: Int32Array, t: number): Float32Array {
    const { plan, kernels } = this;
    kernels.catchUp(plan.rows, 0, this.#unique(ids), t + 1);
    kernels.gatherRows(plan.table, plan.tableStride, plan.ids, ids.length, plan.buffer);
    return this.#floats.subarray(0, ids.length * this.#width);
  }

  /** Copies rows without their padding. */
  #unpadded(rows: Float32Array, to: Float32Array): void {
    const width = this.#width, { d } = this.size;
    if (width === d) return to.set(rows);
    for (let at = 0, from = 0; from < rows.length; at += d, from += width) {
      to.set(rows.subarray(from, from + d), at);
    }
  }

  /** Copies rows that follow one another into the buffer, and zeros into its padding. */
  #write(parts: readonly Float32Array[]): void {
    const width = this.#width, { d } = this.size;
    let to = 0;
    for (const part of parts) {
      if (width === d) {
        this.#floats.set(part, to);
        to += part.length;
        continue;
      }
      for (let at = 0; at < part.length; at += d, to += width) {
        this.#floats.set(part.subarray(at, at + d), to);
        this.#floats.fill(0, to + d, to + width);
      }
    }
  }
}
