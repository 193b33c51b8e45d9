/** Every figure on made-up data, by name: for the tests of what they have in common. */
import type { Figure } from "../show/figure.ts";
import { figure } from "../figures/mod.ts";
import { exampleCollapse, exampleDropped, exampleSnapshots } from "./example_collapses.ts";
import {
  exampleBenchmark,
  exampleDataset,
  exampleMap,
  exampleRetrieval,
  exampleRouting,
  exampleRuns,
  exampleSweep,
} from "./example_runs.ts";
import {
  exampleError,
  exampleEstimate,
  exampleGradient,
  exampleIdeal,
  exampleWorked,
} from "./example_hardness.ts";
import {
  exampleComparison,
  exampleCosts,
  exampleLambdas,
  examplePadding,
  exampleSwitch,
} from "./example_penalties.ts";
import {
  exampleHidden,
  exampleInterests,
  exampleMargins,
  exampleSampled,
  exampleShares,
} from "./example_negatives.ts";

/** Makes each figure of `figure`. */
export const everyFigure: Readonly<Record<string, () => Figure>> = {
  benchmark: () => figure.benchmark(exampleBenchmark()),
  collapsePlane: () => figure.collapsePlane([exampleCollapse]),
  droppedItems: () => figure.droppedItems(exampleDropped),
  effectiveNegatives: () => figure.effectiveNegatives(exampleInterests),
  effects: () => figure.effects([exampleRuns]),
  estimateError: () => figure.estimateError(exampleError()),
  favouritePositions: () => figure.favouritePositions(exampleSnapshots),
  framework: figure.framework,
  gains: () => figure.gains([exampleComparison]),
  gradientByScore: () => figure.gradientByScore(exampleGradient, [0, 0.1, 1, 10]),
  gradientShares: () => figure.gradientShares(exampleShares),
  hardAndEasy: () => figure.hardAndEasy(exampleInterests),
  hiddenNegatives: () => figure.hiddenNegatives(exampleHidden),
  idealNegatives: () => figure.idealNegatives(exampleIdeal()),
  interests: () => figure.interests(exampleMap()),
  itemPopularity: () => figure.itemPopularity(exampleDataset()),
  lambdaPlane: () => figure.lambdaPlane(exampleLambdas),
  lambdaTraining: () => figure.lambdaTraining(exampleLambdas),
  learningCurves: () => figure.learningCurves(exampleRuns, { logSteps: true }),
  margins: () => figure.margins(exampleMargins[2]!),
  measures: () => figure.measures(exampleCollapse, ["effective-items", "interest-cosine"]),
  metrics: () => figure.metrics(exampleRuns),
  negativesEstimate: () => figure.negativesEstimate(exampleEstimate()),
  outranked: () => figure.outranked(exampleMargins),
  penaltyByPeak: () => figure.penaltyByPeak([{ n: 4, L: 4 }, { n: 4, L: 20 }]),
  penaltyPadding: () => figure.penaltyPadding(examplePadding),
  penaltyShare: () => figure.penaltyShare(exampleLambdas, 0.0005),
  penaltySimplex: () => figure.penaltySimplex(),
  retrieval: () => figure.retrieval(exampleRetrieval()),
  routing: () => figure.routing(exampleRouting()),
  routingCosts: () => figure.routingCosts(exampleCosts),
  routingOverTraining: () => figure.routingOverTraining(exampleSnapshots),
  sampledNegatives: () => figure.sampledNegatives(exampleSampled),
  sequenceLengths: () => figure.sequenceLengths(exampleDataset()),
  sweep: () => figure.sweep(exampleSweep, { over: "beta", show: ["Recall@50", "HR@50"] }),
  switchedObjective: () => figure.switchedObjective(exampleSwitch),
  workedNegatives: () => figure.workedNegatives(exampleWorked),
};
