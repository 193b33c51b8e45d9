/** A training whose loss is no longer a number. */
import { BadInput } from "../base/bad_input.ts";
import type { StepLosses } from "../engine/engine.ts";
import type { ResolvedConfig } from "./config.ts";

/** Thrown at the step whose loss is NaN or infinite; says what to try and what is saved. */
export class Diverged extends BadInput {
  override name = "Diverged";

  /** @param checkpoint the file of the last good checkpoint, null if none was written yet */
  constructor(
    step: number,
    { loss, softmaxLoss, routingPenalty }: StepLosses,
    { learningRate }: ResolvedConfig,
    checkpoint: string | null,
  ) {
    const saved = checkpoint === null
      ? "No checkpoint had been written yet."
      : `The last good checkpoint is ${checkpoint}.`;
    super(
      `the loss is not finite (softmax ${softmaxLoss}, routing penalty ${routingPenalty})`,
      `step ${step}`,
      loss,
      `Try a lower learningRate (now ${learningRate}), beta or lambda. ${saved}`,
    );
  }
}
