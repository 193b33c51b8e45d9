/**
 * Decides the sizes and addresses of a plan. Sizes are padded so that every matrix product is a
 * whole number of tiles (lib/engine/assembly/tile.ts).
 */
import { BadInput } from "../../base/bad_input.ts";
import type { EngineConfig } from "../engine_config.ts";
import { catchUpSizes } from "./catch_up_tables.ts";
import {
  type PaddedSizes,
  type Plan,
  type Scratch,
  SUB_BATCHES,
  type SubBatch,
} from "./memory_plan.ts";

/** Bytes of a WebAssembly memory at most. */
const LIMIT = 2 ** 32;

function roundUp(n: number, multiple: number): number {
  return Math.ceil(n / multiple) * multiple;
}

/** The padded sizes of a configuration. */
function paddedSizes(config: EngineConfig): PaddedSizes {
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
    importance: floats(blocks * 32),
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
