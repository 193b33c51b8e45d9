/** What a training step takes: its multiply-adds, forward and twice backward, at usual rates. */
import type { Dataset, Interactions } from "../data/interactions.ts";
import { modelOf } from "../model/registry.ts";
import type { ResolvedConfig } from "../train/config.ts";

/** Seconds of drawing a batch, gathering rows, and Adam's update of them. */
const ROWS = 2.5e-3;

/** Multiply-adds per second of a core: the softmax, an encoder of our kernels, of TensorFlow.js. */
const [SOFTMAX_RATE, FUSED_RATE, TFJS_RATE] = [1.2e10, 8e9, 6e9];

/** Multiply-adds per second where most of the time goes to small operations. */
const SMALL_RATE = 2e9;

/** Sizes of an encoder, with n real positions in a batch. */
interface EncoderSizes {
  readonly n: number;
  readonly B: number;
  readonly K: number;
  readonly d: number;
}

/** By model: multiply-adds of a forward pass, and how many of them a second takes. */
const encoders: Readonly<Record<string, [work: (sizes: EncoderSizes) => number, rate: number]>> = {
  "comirec-sa": [({ n, K, d }) => n * (4 * d * d + 4 * d * K), FUSED_RATE],
  "umi-hn": [({ n, K, d }) => n * (4 * d * d + 4 * d * K), TFJS_RATE],
  "youtube-dnn": [({ B, d }) => B * d * d, FUSED_RATE],
  // two products of a hidden state of 2d, three gates each
  "gru4rec": [({ n, d }) => n * 18 * d * d, FUSED_RATE],
  // one map for all interests, and three rounds of routing
  "mind": [({ n, K, d }) => n * (d * d + 6 * K * d), SMALL_RATE],
  "comirec-dr": [({ n, K, d }) => n * K * (d * d + 6 * d), TFJS_RATE],
  "umi": [({ n, K, d }) => n * K * (d * d + 6 * d), SMALL_RATE],
  // three blocks of a graph, then attention
  "pimi": [({ n, K, d }) => n * (32 * d * d + 4 * d * K), TFJS_RATE],
  // attention, and a re-construction of every position by every interest
  "re4": [({ n, K, d }) => n * (5 + 3 * K) * d * d, TFJS_RATE],
};

/**
 * Estimated seconds of a training step on one core. Where every item has an interest of its own,
 * all of them are scored; a model that counts has neither an encoder nor a softmax.
 */
export function stepSeconds(
  { model, B, L, S, K, d, objective }: ResolvedConfig,
  { train, itemCount }: Dataset,
): number {
  if (modelOf(model).counts) return ROWS / 10;
  const [work, rate] = encoders[model] ?? encoders["comirec-sa"]!;
  const encoder = 3 * work({ n: B * meanLength(train, L), B, K, d }) / rate;
  const scored = B * (objective.softmax === "full" ? itemCount : S) * d;
  const softmax = (objective.selection === "per-item" ? K + 2 : 3) * scored / SOFTMAX_RATE;
  return ROWS + encoder + softmax;
}

/** Mean number of real positions of a history of at most L, for targets anywhere in a sequence. */
function meanLength({ offsets }: Interactions, L: number): number {
  let sum = 0;
  for (let u = 1; u < offsets.length; u++) {
    sum += Math.min(L, (offsets[u]! - offsets[u - 1]!) / 2);
  }
  return sum / (offsets.length - 1);
}
