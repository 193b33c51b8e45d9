/** A training whose loss is no longer a number. */
import type { StepLosses } from "../engine/engine.ts";
import type { ResolvedConfig } from "./config.ts";

/** Thrown at the step whose loss is NaN or infinite; says what to try and what is saved. */
export class Diverged extends Error {
  override name = "Diverged";

  /** @param checkpoint the file of the last good checkpoint, null if none was written yet */
  constructor(
    readonly step: number,
    readonly losses: StepLosses,
    config: ResolvedConfig,
    checkpoint: string | null,
  ) {
    const { loss, softmaxLoss, routingPenalty } = losses;
    const saved = checkpoint === null
      ? "No checkpoint had been written yet."
      : `The last good checkpoint is ${checkpoint}.`;
    super(
      `step ${step}: the loss is ${loss} (softmax ${softmaxLoss}, routing penalty ` +
        `${routingPenalty}). Try a lower learningRate (now ${config.learningRate}), beta or ` +
        `lambda. ${saved}`,
    );
  }
}
