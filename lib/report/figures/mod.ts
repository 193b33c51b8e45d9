/** The figures of the notebooks, each a function from plain data. */
import { benchmark } from "./benchmark.ts";
import { collapsePlane } from "./collapse_plane.ts";
import { droppedItemsFigure } from "./dropped_items.ts";
import { effectiveNegatives } from "./effective_negatives.ts";
import { effects } from "./effects.ts";
import { estimateError } from "./estimate_error.ts";
import { favouritePositionsFigure } from "./favourite_positions.ts";
import { framework } from "./framework.ts";
import { gains } from "./gains.ts";
import { gradientByScore } from "./gradient_by_score.ts";
import { gradientSharesFigure } from "./gradient_shares.ts";
import { hardAndEasy } from "./hard_and_easy.ts";
import { hiddenNegatives } from "./hidden_negatives.ts";
import { idealNegativesFigure } from "./ideal_negatives.ts";
import { interestMap } from "./interest_map.ts";
import { itemPopularity } from "./item_popularity.ts";
import { lambdaPlane } from "./lambda_plane.ts";
import { lambdaTraining } from "./lambda_training.ts";
import { learningCurves } from "./learning_curves.ts";
import { marginDistribution } from "./margins.ts";
import { measureCurves } from "./measure_curves.ts";
import { metricBars } from "./metric_bars.ts";
import { negativesEstimate } from "./negatives_estimate.ts";
import { outranked } from "./outranked.ts";
import { penaltyByPeak } from "./penalty_by_peak.ts";
import { penaltyPadding } from "./penalty_padding.ts";
import { penaltyShare } from "./penalty_share.ts";
import { penaltySimplex } from "./penalty_simplex.ts";
import { retrievalStrips } from "./retrieval_strips.ts";
import { routingHeatMap } from "./routing.ts";
import { routingCosts } from "./routing_costs.ts";
import { routingOverTraining } from "./routing_over_training.ts";
import { sampledNegatives } from "./sampled_negatives.ts";
import { sequenceLengths } from "./sequence_lengths.ts";
import { sweep } from "./sweep.ts";
import { switchedObjective } from "./switched_objective.ts";
import { workedNegativesFigure } from "./worked_negatives.ts";

/** `figure.routing(...)` and so on: reads well in a cell. */
export const figure = {
  benchmark,
  collapsePlane,
  droppedItems: droppedItemsFigure,
  effectiveNegatives,
  effects,
  estimateError,
  favouritePositions: favouritePositionsFigure,
  framework,
  gains,
  gradientByScore,
  gradientShares: gradientSharesFigure,
  hardAndEasy,
  hiddenNegatives,
  idealNegatives: idealNegativesFigure,
  interests: interestMap,
  itemPopularity,
  lambdaPlane,
  lambdaTraining,
  learningCurves,
  margins: marginDistribution,
  measures: measureCurves,
  metrics: metricBars,
  negativesEstimate,
  outranked,
  penaltyByPeak,
  penaltyPadding,
  penaltyShare,
  penaltySimplex,
  retrieval: retrievalStrips,
  routing: routingHeatMap,
  routingCosts,
  routingOverTraining,
  sampledNegatives,
  sequenceLengths,
  sweep,
  switchedObjective,
  workedNegatives: workedNegativesFigure,
} as const;
