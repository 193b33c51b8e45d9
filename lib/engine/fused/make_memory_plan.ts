/**
 * Decides the sizes and addresses of a plan. Sizes are padded so that every matrix product is a
 * whole number of tiles (lib/engine/assembly/tile.ts).
 */
import { BadInput } from "../../base/bad_input.ts";
import type { EngineConfig } from "../engine_config.ts";
import { Addresses, MEMORY_LIMIT, roundUp } from "../core/addresses.ts";
import { planNegatives } from "../core/negatives_plan.ts";
import { paddedWidth, planRows } from "../core/rows_plan.ts";
import {
  type PaddedSizes,
  type Plan,
  type Scratch,
  SUB_BATCHES,
  type SubBatch,
} from "./memory_plan.ts";

/** The padded sizes of a configuration. */
function paddedSizes(config: EngineConfig): PaddedSizes {
  const { B, L, K } = config.sizes;
  const d = paddedWidth(config.sizes.d);
  const hidden = roundUp(4 * config.sizes.d, 8);
  const groups = Math.ceil(K / 4);
  const users = roundUp(Math.ceil(B / SUB_BATCHES), 8);
  return {
    d,
    hidden,
    groups,
    users,
    rows: roundUp(users * L, 8),
    rowBytes: d * 4,
    dense: (d + 4 * groups) * hidden + L * d,
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
  const S = config.objective.softmax === "full" ? itemCount : config.sizes.S;
  const sizes = paddedSizes(config);
  const { d, hidden, groups, users, rows } = sizes;
  const at = new Addresses();
  const floats = (n: number): number => at.floats(n);
  const negatives = planNegatives(at, S, d, SUB_BATCHES * users);
  const { blocks } = negatives;

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
  const plan = {
    config,
    sizes,
    threads,
    scratch,
    subBatches,
    control: at.bytes(1024),
    parameters: floats(sizes.dense),
    moments1: floats(sizes.dense),
    moments2: floats(sizes.dense),
    W1C: floats(d * hidden),
    W1R: floats(d * hidden),
    W2G: floats(groups * 4 * hidden),
    R: floats(SUB_BATCHES * users * d),
    E: floats(SUB_BATCHES * users * d),
    rowGradients: floats((B * L + B + blocks * 4) * d),
    ...negatives,
    ...planRows(
      at,
      { tableRows: itemCount + 1, width: config.sizes.d },
      config.adam,
      B * L + B + S,
      rows,
    ),
  };
  if (at.top > MEMORY_LIMIT) {
    throw new BadInput(
      "the fused engine's memory would exceed its limit of 4 GiB (bytes)",
      `sizes of ${itemCount} items`,
      at.top,
      "Lower d, the batch, or the catalogue; the full softmax needs the most memory.",
    );
  }
  return { ...plan, pages: at.pages };
}
