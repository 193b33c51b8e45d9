/**
 * The part of a training's configuration that decides what an engine computes. Symbols as in the
 * paper; every default is the reference's.
 */
import type { Sizes } from "../data/sizes.ts";

/**
 * The routing penalty's scaling: as the reference code computes it, or as a mean over the batch.
 */
export type RoutingScaling = "code" | "batch-mean";

/**
 * Which interest an item is scored with in training: one for all items of an example, the nearest
 * to the target ("hard") or one drawn ("bam"), or for every item the nearest to it ("per-item").
 */
export type Selection = "hard" | "bam" | "per-item";

/** The most that IHN's hardness may be: (1 + beta) x has to stay finite in float32. */
export const MOST_BETA = 1e4;

/**
 * The loss: softmax over negatives or the full catalogue, hard negatives (IHN), routing (RR), which
 * interest is trained, and a penalty on interests that are alike.
 */
export interface ObjectiveConfig {
  /** "sampled": S shared uniform negatives; "full": every item of the catalogue */
  readonly softmax: "sampled" | "full";
  /** interest-aware hard negatives; beta 0 or absent is the plain sampled softmax */
  readonly ihn?: { readonly beta: number };
  /** routing regularization; absent means lambda = 0 */
  readonly rr?: { readonly lambda: number; readonly scaling: RoutingScaling };
  /** absent means "hard" */
  readonly selection?: Selection;
  /** the penalty on cosines between a user's interests; absent means lambda = 0 */
  readonly repel?: { readonly lambda: number };
}

/** Adam as in the reference: dense Adam's results, without weight decay. */
export interface AdamConfig {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** What an engine is made from, with the initial parameters. */
export interface EngineConfig {
  readonly model: string;
  /** the model's own options; what is not said is as the model has it */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly sizes: Sizes;
  readonly objective: ObjectiveConfig;
  readonly adam: AdamConfig;
  /** of the streams that noise and draws come from; 1 unless said */
  readonly seed?: number;
}
