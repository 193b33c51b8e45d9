/**
 * The figures of the notebooks, each a function from plain data; those whose titles name the best
 * value of a setting are awaited, because the hits of users are read for the rule.
 */
import { benchmark } from "./results/benchmark.ts";
import { catalogueCosts } from "./costs/catalogue_costs.ts";
import { collapsePlane } from "./routing/collapse_plane.ts";
import { contrastsFigure } from "./main_results/contrasts_figure.ts";
import { droppedItemsFigure } from "./routing/dropped_items.ts";
import { effectiveNegatives } from "./easy_negatives/effective_negatives.ts";
import { estimateError } from "./hard_negatives/estimate_error.ts";
import { favouritePositionsFigure } from "./routing/favourite_positions.ts";
import { framework } from "./user/framework.ts";
import { gains } from "./results/gains.ts";
import { gradientByScore } from "./hard_negatives/gradient_by_score.ts";
import { gradientSharesFigure } from "./easy_negatives/gradient_shares.ts";
import { hardAndEasy } from "./easy_negatives/hard_and_easy.ts";
import { hiddenNegatives } from "./easy_negatives/hidden_negatives.ts";
import { idealNegativesFigure } from "./hard_negatives/ideal_negatives.ts";
import { interestMap } from "./user/interest_map.ts";
import { itemPopularity } from "./user/item_popularity.ts";
import { lambdaPlane } from "./penalty/lambda_plane.ts";
import { lambdaTraining } from "./penalty/lambda_training.ts";
import { learningCurves } from "./results/learning_curves.ts";
import { mainFigure } from "./main_results/main_figure.ts";
import { marginDistribution } from "./easy_negatives/margins.ts";
import { measureCurves } from "./routing/measure_curves.ts";
import { metricBars } from "./results/metric_bars.ts";
import { negativesEstimate } from "./hard_negatives/negatives_estimate.ts";
import { outranked } from "./easy_negatives/outranked.ts";
import { paddingByLength } from "./reference/padding_by_length.ts";
import { parityErrors } from "./reference/parity_errors.ts";
import { penaltyByPeak } from "./penalty/penalty_by_peak.ts";
import { penaltyPadding } from "./penalty/penalty_padding.ts";
import { penaltyShare } from "./penalty/penalty_share.ts";
import { penaltySimplex } from "./penalty/penalty_simplex.ts";
import { projections } from "./costs/projections.ts";
import { retrievalStrips } from "./user/retrieval_strips.ts";
import { routingHeatMap } from "./routing/routing.ts";
import { routingCosts } from "./penalty/routing_costs.ts";
import { routingStages } from "./routing/routing_stages.ts";
import { routingOverTraining } from "./routing/routing_over_training.ts";
import { sampledNegatives } from "./easy_negatives/sampled_negatives.ts";
import { sequenceLengths } from "./user/sequence_lengths.ts";
import { startLengths } from "./reference/start_lengths.ts";
import { stepTimes } from "./costs/step_times.ts";
import { stepsToBest } from "./costs/training_costs.ts";
import { sweep } from "./results/sweep.ts";
import { switchedObjective } from "./penalty/switched_objective.ts";
import { toyPlane } from "./toy/toy_plane.ts";
import { toyRouting } from "./toy/toy_routing.ts";
import { toySelection } from "./toy/toy_selection.ts";
import { twoNdcgs } from "./reference/two_ndcgs.ts";
import { usersGain } from "./one_vector/users_gain.ts";
import { workedNegativesFigure } from "./hard_negatives/worked_negatives.ts";

/** `figure.routing(...)` and so on: reads well in a cell. */
export const figure = {
  benchmark,
  catalogueCosts,
  collapsePlane,
  contrasts: contrastsFigure,
  droppedItems: droppedItemsFigure,
  effectiveNegatives,
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
  main: mainFigure,
  margins: marginDistribution,
  measures: measureCurves,
  metrics: metricBars,
  negativesEstimate,
  outranked,
  paddingByLength,
  parityErrors,
  penaltyByPeak,
  penaltyPadding,
  penaltyShare,
  penaltySimplex,
  projections,
  retrieval: retrievalStrips,
  routing: routingHeatMap,
  routingCosts,
  routingOverTraining,
  routingStages,
  sampledNegatives,
  sequenceLengths,
  startLengths,
  stepTimes,
  stepsToBest,
  sweep,
  switchedObjective,
  toyPlane,
  toyRouting,
  toySelection,
  twoNdcgs,
  usersGain,
  workedNegatives: workedNegativesFigure,
} as const;
