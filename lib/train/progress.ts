/** What a training tells whoever watches it: a notebook's live figure or a terminal's line. */
import type { ResolvedConfig } from "./config.ts";
import type { CurvePoint, StopReason } from "./run.ts";

/** A snapshot of a running training. */
export interface TrainingProgress {
  readonly config: ResolvedConfig;
  /** the data set's name */
  readonly data: string;
  /** how many valid users a validation looks at, if config.validationUsers asks for a sample */
  readonly validationUsers: number | null;
  /** what computes it, e.g. "the fused engine" */
  readonly engine: string;
  /** engines that "auto" would rather have had, each with why it has not */
  readonly passedOver: readonly string[];
  readonly step: number;
  readonly maxSteps: number;
  /** over the last few seconds */
  readonly stepsPerSecond: number;
  /** until maxSteps, at the current rate, evaluations included; early stopping may end it sooner */
  readonly secondsLeft: number;
  /** mean losses of consecutive stretches of steps, for the curve between evaluations */
  readonly losses: readonly { readonly step: number; readonly loss: number }[];
  /** the evaluations so far */
  readonly curve: readonly CurvePoint[];
  /** step of the best valid recall@50 so far; 0 before the first evaluation */
  readonly bestStep: number;
  /** null while running */
  readonly stopped: StopReason | null;
}

/**
 * Called by the trainer after evaluations and a few times a second between them; a promise is
 * awaited. A listener that is slow slows the training, so it decides itself what to skip.
 */
export type ProgressListener = (progress: TrainingProgress) => void | Promise<void>;
