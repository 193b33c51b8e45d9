/**
 * Where the embedding table and what its updates need lie in a memory of the kernels. All addresses
 * are in bytes; d is padded to a multiple of 8, the padding holds zeros.
 */
import type { AdamConfig } from "../engine_config.ts";
import { type Addresses, roundUp } from "./addresses.ts";
import {
  type CatchUpSizes,
  catchUpSizes,
  type CatchUpTables,
  endlessAdam,
} from "./catch_up_tables.ts";
import type { Kernels } from "./step_kernels.ts";

/** The table, the ids of a step, and the tables of exact lazy Adam. */
export interface RowsPlan {
  /** rows of the table */
  readonly tableRows: number;
  /** numbers of a row */
  readonly width: number;
  /** bytes of a row [p | m | v] */
  readonly tableStride: number;
  /** item ids of a step */
  readonly ids: number;
  /** [ids] the next occurrence of the same id, or -1 (lib/engine/assembly/rows.ts) */
  readonly next: number;
  /** [rows] the different ids */
  readonly rows: number;
  /** [rows] the first occurrence of each */
  readonly first: number;
  /** [rows] the last occurrence of each */
  readonly last: number;
  /** lengths of the tables of exact lazy Adam (catch_up_tables.ts), whose addresses follow */
  readonly catchUp: CatchUpSizes;
  /** see CatchUpTables */
  readonly perGap: number;
  /** see CatchUpTables */
  readonly perStart: number;
  /** see CatchUpTables */
  readonly secondDecay: number;
  /** see CatchUpTables */
  readonly steps: number;
  /** [tableRows] the sparse set of lib/engine/assembly/rows.ts */
  readonly slots: number;
  /** [tableRows] the step that each row was last brought to, 0 if never touched */
  readonly lastStep: number;
  /** [tableRows][3][d] values, first and second moments of every row */
  readonly table: number;
}

/** Embedding size as the kernels have it. */
export function paddedWidth(d: number): number {
  return roundUp(d, 8);
}

/**
 * Lays them out.
 *
 * @param touched ids of a step at most
 * @param listed  ids of a list at most, where it is longer
 */
export function planRows(
  at: Addresses,
  size: Pick<RowsPlan, "tableRows" | "width">,
  adam: AdamConfig,
  touched: number,
  listed = touched,
): RowsPlan {
  const catchUp = catchUpSizes(adam);
  const tableStride = 12 * paddedWidth(size.width);
  return {
    ...size,
    tableStride,
    ids: at.floats(Math.max(touched, listed)),
    next: at.floats(touched),
    rows: at.floats(touched),
    first: at.floats(touched),
    last: at.floats(touched),
    catchUp,
    perGap: at.floats((catchUp.maxGap + 1) * 8),
    perStart: at.floats((catchUp.settled + 1) * 8),
    secondDecay: at.floats(catchUp.longestDecay + 1),
    steps: at.floats((catchUp.settled + 1) * 2),
    slots: at.floats(size.tableRows),
    lastStep: at.floats(size.tableRows),
    table: at.bytes(size.tableRows * tableStride),
  };
}

/** Tells an instance of the kernels where they are; the widths must have been set. */
export function configureRows(kernels: Kernels, plan: RowsPlan, adam: AdamConfig): void {
  const { beta1, beta2, epsilon } = adam;
  const { catchUp } = plan;
  kernels.setAdam(beta1, beta2, 1 - beta1, 1 - beta2, epsilon);
  kernels.setLazyAdam(
    plan.table,
    plan.lastStep,
    plan.perGap,
    catchUp.maxGap,
    plan.perStart,
    plan.secondDecay,
    catchUp.longestDecay,
    plan.steps,
    catchUp.settled,
    catchUp.seriesFrom,
  );
}

/** The tables of exact lazy Adam as views of the memory. */
export function catchUpViews(plan: RowsPlan, buffer: ArrayBufferLike): CatchUpTables {
  const { maxGap, settled, longestDecay } = plan.catchUp;
  return {
    perGap: new Float32Array(buffer, plan.perGap, (maxGap + 1) * 8),
    perStart: new Float32Array(buffer, plan.perStart, (settled + 1) * 8),
    secondDecay: new Float32Array(buffer, plan.secondDecay, longestDecay + 1),
    steps: new Float32Array(buffer, plan.steps, (settled + 1) * 2),
  };
}

/** Why the kernels cannot update rows with this optimizer; null if they can. */
export function uncoveredAdam(adam: AdamConfig): string | null {
  const { beta1, beta2, epsilon } = adam;
  if (!(beta1 >= 0 && beta1 <= 0.999 && beta2 > 0 && beta2 <= 0.99999)) {
    return "the kernels' lazy Adam needs beta1 in [0, 0.999] and beta2 in (0, 0.99999]";
  }
  return epsilon > 0 ? endlessAdam(adam) : "the kernels' lazy Adam needs epsilon above 0";
}
