/**
 * The memory of the fused engine: every buffer's address, decided once. A plan is plain data, so
 * that a worker can be given it. Padding that makes matrix products whole numbers of tiles is
 * decided here, too; the kernels' sources say what lies in each buffer.
 */
import { BadInput } from "../../base/bad_input.ts";
import type { EngineConfig } from "../config.ts";
import { type CatchUpSizes, catchUpSizes } from "./catch_up.ts";

/** A batch is computed in two halves, whatever the number of threads: same sums, same bits. */
export const SUB_BATCHES = 2;

/** Bytes of a WebAssembly memory at most. */
const LIMIT = 2 ** 32;

/** Sizes after padding. */
export interface PaddedSizes {
  /** embedding size, a multiple of 8 */
  readonly d: number;
  /** width of the attention's hidden layer, 4 d padded to a multiple of 8 */
  readonly hidden: number;
  /** groups of four interests */
  readonly groups: number;
  /** users of a sub-batch, a multiple of 8 */
  readonly users: number;
  /** history rows of a sub-batch at most, a multiple of 8 */
  readonly rows: number;
  /** negatives: S, or the whole catalogue for the full softmax */
  readonly S: number;
  /** blocks of four negatives */
  readonly blocks: number;
  /** bytes of one embedding */
  readonly rowBytes: number;
  /** bytes of a table row [p | m | v] */
  readonly tableStride: number;
  /** floats of all dense parameters together */
  readonly dense: number;
  /** bytes between the blocks of D4, and of G4 */
  readonly strideD4: number;
  readonly strideG4: number;
}

/** Addresses of what a thread uses while it works on a sub-batch. */
export interface Scratch {
  readonly H: number;
  readonly X8: number;
  readonly X4: number;
  readonly Z: number;
  readonly D: number;
  readonly D8: number;
  readonly Z8: number;
  readonly weights: number;
  readonly dLogits: number;
  readonly V: number;
  readonly R8: number;
  readonly scores: number;
  readonly importance: number;
  readonly small: number;
  readonly row: number;
}

/** Addresses of one sub-batch. */
export interface SubBatch {
  readonly firstUser: number;
  readonly users: number;
  readonly offsets: number;
  readonly positions: number;
  readonly selected: number;
  readonly positive: number;
  readonly userWeights: number;
  readonly dR: number;
  /** dense gradients, laid out like the parameters */
  readonly gradients: number;
}

/** Addresses of the dense parameters, their gradients or moments: W1, W2 transposed, P in a row. */
export interface DenseAddresses {
  readonly W1: number;
  readonly W2T: number;
  readonly P: number;
}

/** The whole memory. */
export interface Plan {
  readonly config: EngineConfig;
  readonly sizes: PaddedSizes;
  readonly threads: number;
  readonly scratch: readonly Scratch[];
  readonly subBatches: readonly SubBatch[];
  readonly control: number;
  readonly parameters: number;
  readonly moments1: number;
  readonly moments2: number;
  readonly W1C: number;
  readonly W1R: number;
  readonly W2G: number;
  readonly R: number;
  readonly E: number;
  readonly N4: number;
  readonly D4: number;
  readonly G4: number;
  readonly zeros: number;
  readonly rowGradients: number;
  readonly ids: number;
  readonly next: number;
  readonly rows: number;
  readonly first: number;
  readonly last: number;
  readonly catchUp: CatchUpSizes;
  readonly perGap: number;
  readonly perStart: number;
  readonly secondDecay: number;
  readonly steps: number;
  readonly slots: number;
  readonly lastStep: number;
  readonly table: number;
  readonly pages: number;
}

function roundUp(n: number, multiple: number): number {
  return Math.ceil(n / multiple) * multiple;
}

/** Where W1, W2T and P lie in a dense block that starts at `at`. */
export function denseAddresses(at: number, sizes: PaddedSizes): DenseAddresses {
  const W2T = at + sizes.d * sizes.hidden * 4;
  return { W1: at, W2T, P: W2T + sizes.groups * 4 * sizes.hidden * 4 };
}

/** The padded sizes of a configuration. */
export function paddedSizes(config: EngineConfig): PaddedSizes {
  const { B, L, K, itemCount } = config.sizes;
  const S = config.objective.softmax === "full" ? itemCount : config.sizes.S;
  const d = roundUp(config.sizes.d, 8);
  const hidden = roundUp(4 * config.sizes.d, 8);
  const groups = Math.ceil(K / 4);
  const users = roundUp(Math.ceil(B / SUB_BATCHES), 8);
  const blocks = Math.ceil(S / 4);
  return {
    d,
    hidden,
    groups,
    users,
    rows: roundUp(users * L, 8),
    S,
    blocks,
    rowBytes: d * 4,
    tableStride: d * 12,
    dense: (d + 4 * groups) * hidden + L * d,
    // A cache line more than needed: neighbouring blocks then fall into different cache sets.
    strideD4: blocks * 64 + 64,
    strideG4: users * SUB_BATCHES * 16 + 64,
  };
}

function checkSizes({ sizes, objective }: EngineConfig): void {
  for (const [name, value] of Object.entries(sizes)) {
    if (name === "S" && objective.softmax === "full") continue; // there are no negatives to draw
    if (Number.isSafeInteger(value) && value > 0) continue;
    throw new BadInput("not a positive integer", `sizes.${name}`, value, "Give a whole number.");
  }
}

/**
 * Lays out the memory.
 *
 * @throws {BadInput} if a size is not a positive integer, or all together exceed 4 GiB
 */
export function makePlan(config: EngineConfig, threads: number): Plan {
  checkSizes(config);
  const { B, L, itemCount } = config.sizes;
  const sizes = paddedSizes(config);
  const { d, hidden, groups, users, rows, blocks } = sizes;

  let top = 2 ** 16; // the kernels' constants lie below
  function bytes(n: number): number {
    const at = top;
    top = roundUp(top + n, 128);
    return at;
  }
  const floats = (n: number): number => bytes(4 * n);

  const scratch = Array.from({ length: threads }, (): Scratch => ({
    H: floats(rows * d),
    X8: floats(rows * d),
    X4: floats(rows * d + d * 4), // a stride of 64 more bytes a block, see strideX4
    Z: floats(rows * hidden),
    D: floats(rows * hidden),
    D8: floats(rows * hidden + hidden * 2),
    Z8: floats(rows * hidden + hidden * 2),
    weights: floats(groups * rows * 4),
    dLogits: floats(groups * rows * 4),
    V: floats(users * groups * 4 * d),
    R8: floats(d * 8),
    scores: floats(blocks * 32),
    importance: floats(Math.max(blocks * 4, d) * 8),
    small: floats(40 * d + 64),
    row: floats(d),
  }));
  const subBatches = Array.from({ length: SUB_BATCHES }, (_, s): SubBatch => ({
    firstUser: s * users,
    users: Math.max(0, Math.min(users, B - s * users)),
    offsets: floats(users + 1),
    positions: floats(rows),
    selected: floats(users),
    positive: floats(users),
    userWeights: floats(users),
    dR: floats(users * d),
    gradients: floats(sizes.dense),
  }));
  const touched = B * L + B + sizes.S; // ids of a step at most
  const catchUp = catchUpSizes(config.adam);
  const plan = {
    config,
    sizes,
    threads,
    scratch,
    subBatches,
    control: bytes(1024),
    parameters: floats(sizes.dense),
    moments1: floats(sizes.dense),
    moments2: floats(sizes.dense),
    W1C: floats(d * hidden),
    W1R: floats(d * hidden),
    W2G: floats(groups * 4 * hidden),
    R: floats(SUB_BATCHES * users * d),
    E: floats(SUB_BATCHES * users * d),
    N4: floats(blocks * 4 * d),
    D4: bytes((d / 4) * sizes.strideD4),
    G4: bytes(blocks * sizes.strideG4),
    zeros: floats(d),
    rowGradients: floats((B * L + B + blocks * 4) * d),
    ids: floats(Math.max(touched, rows)),
    next: floats(touched),
    rows: floats(touched),
    first: floats(touched),
    last: floats(touched),
    catchUp,
    perGap: floats((catchUp.maxGap + 1) * 8),
    perStart: floats((catchUp.settled + 1) * 8),
    secondDecay: floats(catchUp.longestDecay + 1),
    steps: floats((catchUp.settled + 1) * 2),
    slots: floats(itemCount + 1),
    lastStep: floats(itemCount + 1),
    table: bytes((itemCount + 1) * sizes.tableStride),
  };
  if (top > LIMIT) {
    throw new BadInput(
      "the fused engine's memory would exceed its limit of 4 GiB (bytes)",
      `sizes of ${itemCount} items`,
      top,
      "Lower d, the batch, or the catalogue; the full softmax needs the most memory.",
    );
  }
  return { ...plan, pages: Math.ceil(top / 65536) };
}

/** Bytes between the blocks of X4, by the number of row panels. */
export function strideX4(panels: number): number {
  return panels * 128 + 64;
}

/** Bytes between the blocks of D8 and of Z8, by the number of row panels. */
export function stride8(panels: number): number {
  return panels * 256 + 64;
}
