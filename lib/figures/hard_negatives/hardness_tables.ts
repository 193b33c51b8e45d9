/** What the negatives of trained models are in numbers, under one β and under their own. */
import type { Hardness } from "../../analyze/hardness.ts";
import { recordedKeys } from "../../train/run.ts";
import { methodOf } from "../../results/method.ts";
import { type Table, table } from "../../show/table.ts";

/** The effective number of negatives of each model, whatever it was trained with, under some β. */
export function sameBetaTable(models: readonly Hardness[], betas: readonly number[]): Table {
  const rows = models.map((model) => ({
    "trained with": nameOf(model),
    "sd of scores": model.scoreSpread(),
    ...Object.fromEntries(betas.map((beta) => [`β = ${beta}`, model.effectiveNegatives(beta)])),
  }));
  return table(rows, {
    caption: "Effective number of negatives under the same β",
    digits: Object.fromEntries(betas.map((beta) => [`β = ${beta}`, 1])),
    runs: recordedKeys(models.map(({ trained }) => trained.run)),
  });
}

/**
 * Each model under the β that it was trained with: how far its scores spread, over how many
 * negatives and on whose items its gradient is spread, and how well the training's own S draws
 * estimate Neg.
 */
export function ownBetaTable(models: readonly Hardness[], repetitions: number): Table {
  const rows = models.map((model) => {
    const beta = betaOf(model);
    const own = model.gradientOnOwn(beta);
    const { bias, sd } = model.errorAt(beta, repetitions);
    return {
      "trained with": nameOf(model),
      "sd of (1 + β) x": (1 + beta) * model.scoreSpread(),
      "effective negatives": model.effectiveNegatives(beta),
      "gradient on own interests (%)": own === null ? null : 100 * own,
      "bias of Neg (%)": 100 * bias,
      "sd of Neg (%)": 100 * sd,
    };
  });
  return table(rows, {
    caption: "Each model under the β it was trained with",
    digits: { "effective negatives": 1, "gradient on own interests (%)": 1 },
    runs: recordedKeys(models.map(({ trained }) => trained.run)),
  });
}

function betaOf({ trained }: Hardness): number {
  return trained.config.objective.ihn?.beta ?? 0;
}

function nameOf(model: Hardness): string {
  return `${methodOf(model.trained.run.config).name}, β = ${betaOf(model)}`;
}
