/** Every figure on made-up data, by name: for the tests of what they have in common. */
import { toy } from "../analyze/toy/toy_user.ts";
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
import { examplePlans, exampleSteps } from "./example_costs.ts";
import { exampleUsersGain } from "./example_users_gain.ts";
import {
  examplePaddingInSum,
  exampleParity,
  exampleStarts,
  exampleTurned,
} from "./example_references.ts";
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
import { exampleContrasts, exampleMain } from "./example_results.ts";
import {
  exampleHidden,
  exampleInterests,
  exampleMargins,
  exampleSampled,
  exampleShares,
} from "./example_negatives.ts";

/** Something else made of what a figure is of, such as the same with other labels. */
export type Changed = <T>(of: T) => T;

/** Makes each figure of `figure`, of made-up data or of what is made of these. */
const make: Readonly<Record<string, (of: Changed) => Figure | Promise<Figure>>> = {
  benchmark: (of) => figure.benchmark(of(exampleBenchmark())),
  catalogueCosts: (of) => figure.catalogueCosts(of(exampleSteps())),
  collapsePlane: (of) => figure.collapsePlane(of([exampleCollapse])),
  contrasts: (of) => figure.contrasts(of(exampleContrasts)),
  droppedItems: (of) => figure.droppedItems(of(exampleDropped)),
  effectiveNegatives: (of) => figure.effectiveNegatives(of(exampleInterests)),
  estimateError: (of) => figure.estimateError(of(exampleError())),
  favouritePositions: (of) => figure.favouritePositions(of(exampleSnapshots)),
  framework: figure.framework,
  gains: (of) => figure.gains(of([exampleComparison])),
  gradientByScore: (of) => figure.gradientByScore(of(exampleGradient), [0, 0.1, 1, 10]),
  gradientShares: (of) => figure.gradientShares(of(exampleShares)),
  hardAndEasy: (of) => figure.hardAndEasy(of(exampleInterests)),
  hiddenNegatives: (of) => figure.hiddenNegatives(of(exampleHidden)),
  idealNegatives: (of) => figure.idealNegatives(of(exampleIdeal())),
  interests: (of) => figure.interests(of(exampleMap())),
  itemPopularity: (of) => figure.itemPopularity(of(exampleDataset())),
  lambdaPlane: (of) => figure.lambdaPlane(of(exampleLambdas)),
  lambdaTraining: (of) => figure.lambdaTraining(of(exampleLambdas)),
  learningCurves: (of) => figure.learningCurves(of(exampleRuns), { logSteps: true }),
  main: (of) => figure.main(of(exampleMain)),
  margins: (of) => figure.margins(of(exampleMargins[2]!)),
  measures: (of) => figure.measures(of(exampleCollapse), ["effective-items", "interest-cosine"]),
  metrics: (of) => figure.metrics(of(exampleRuns)),
  negativesEstimate: (of) => figure.negativesEstimate(of(exampleEstimate())),
  outranked: (of) => figure.outranked(of(exampleMargins)),
  paddingByLength: (of) => figure.paddingByLength(of(examplePaddingInSum)),
  parityErrors: (of) => figure.parityErrors(of(exampleParity)),
  penaltyByPeak: (of) => figure.penaltyByPeak(of([{ n: 4, L: 4 }, { n: 4, L: 20 }])),
  penaltyPadding: (of) => figure.penaltyPadding(of(examplePadding)),
  penaltyShare: (of) => figure.penaltyShare(of(exampleLambdas), 0.0005),
  penaltySimplex: () => figure.penaltySimplex(),
  projections: (of) => figure.projections(of(examplePlans())),
  retrieval: (of) => figure.retrieval(of(exampleRetrieval())),
  routing: (of) => figure.routing(of(exampleRouting())),
  routingCosts: (of) => figure.routingCosts(of(exampleCosts)),
  routingOverTraining: (of) => figure.routingOverTraining(of(exampleSnapshots)),
  routingStages: (of) => figure.routingStages(of(exampleSnapshots), { runs: of(exampleCollapse) }),
  sampledNegatives: (of) => figure.sampledNegatives(of(exampleSampled)),
  sequenceLengths: (of) => figure.sequenceLengths(of(exampleDataset())),
  startLengths: (of) => figure.startLengths(of(exampleStarts), "made-up data"),
  stepTimes: (of) => figure.stepTimes(of(exampleSteps())),
  stepsToBest: (of) => figure.stepsToBest(of(exampleRuns)),
  sweep: (of) => figure.sweep(of(exampleSweep), { over: "beta", show: ["Recall@50", "HR@50"] }),
  switchedObjective: (of) => figure.switchedObjective(of(exampleSwitch)),
  toyPlane: (of) => figure.toyPlane(of({ A: toy.A })),
  toyRouting: (of) => figure.toyRouting(of([{ step: 0, A: toy.A }, { step: 9, A: toy.A }])),
  toySelection: (of) => figure.toySelection(of({ A: toy.A })),
  twoNdcgs: (of) => figure.twoNdcgs(of(exampleTurned)),
  usersGain: (of) => figure.usersGain(of(exampleUsersGain)),
  workedNegatives: (of) => figure.workedNegatives(of(exampleWorked)),
};

/** Each figure of `figure` on made-up data. */
export const everyFigure: Readonly<Record<string, (of?: Changed) => Promise<Figure>>> = Object
  .fromEntries(
    Object.entries(make).map((
      [name, made],
    ) => [name, async (of = (same) => same) => await made(of)]),
  );
