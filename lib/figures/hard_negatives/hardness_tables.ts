/** What the negatives of trained models are in numbers: their mass, its estimate, their own β. */
import { mean } from "../../base/statistics.ts";
import type { EstimateErrorData, Hardness, IdealNegativesData } from "../../analyze/hardness.ts";
import { MARKED_PARTS } from "../../analyze/ideal_negatives.ts";
import type { EstimateStudy } from "../../analyze/negatives_estimate.ts";
import { recordedKeys } from "../../train/run.ts";
import { methodOf } from "../../results/method.ts";
import { type Table, table } from "../../show/table.ts";
import { grouped } from "../../show/theme.ts";

/** Where the mass of q_β lies, a row a β. */
export function idealTable({ levels, parts, about, runs }: IdealNegativesData): Table {
  const rows = levels.map(({ beta, massOfHardest, effectiveItems, own, target }) => {
    const [tenth, one, ten] = MARKED_PARTS.map((part) => 100 * massOfHardest[parts.indexOf(part)]!);
    return {
      "β": beta,
      "hardest 0.1 %": tenth!,
      "hardest 1 %": one!,
      "hardest 10 %": ten!,
      "effective items": Math.round(effectiveItems),
      "own interests": own === null ? null : 100 * own,
      "the target": 100 * target,
    };
  });
  const percents = ["hardest 0.1 %", "hardest 1 %", "hardest 10 %", "own interests"];
  return table(rows, {
    caption: `Mass of q in %: ${about}`,
    digits: { "β": 1, ...Object.fromEntries(percents.map((column) => [column, 1])) },
    ...(runs ? { runs } : {}),
  });
}

/** Algorithm 1's estimate at the training's own S against its ideal value, a row a β. */
export function estimatesTable({ studies, S, about, runs }: EstimateErrorData): Table {
  const thatCount = `draws that count, of ${grouped(S)}`;
  const rows = studies[0]!.map(({ beta, points }, b) => {
    const at = points.findIndex(({ draws }) => draws === S);
    const over = (of: (study: EstimateStudy) => number) =>
      mean(studies.map((ofUser) => of(ofUser[b]!)));
    return {
      "β": beta,
      "ideal / uniform": over(({ uniform }) => 1 / uniform),
      [thatCount]: over((study) => S * study.effectiveDraws),
      "bias (%)": over((study) => 100 * study.points[at]!.bias),
      "sd (%)": over((study) => 100 * study.points[at]!.sd),
    };
  });
  return table(rows, {
    caption: `Neg from ${grouped(S)} draws against its ideal value: ${about}`,
    digits: { "β": 1, [thatCount]: 1 },
    ...(runs ? { runs } : {}),
  });
}

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
