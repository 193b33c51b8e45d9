/** What the functions that cells call take first, so that another thing is told at once. */
import { WrongCall } from "../base/bad_input.ts";
import {
  columns,
  configs,
  dataset,
  type Kind,
  listOf,
  listOfRows,
  listsByName,
  made,
  maker,
  model,
  models,
  number,
  numbers,
  objective,
  optional,
  options,
  recorded,
  rows,
  rowsOfNumbers,
  rowsOfShares,
  runLists,
  runs,
  sequences,
  shares,
  sizes,
  snapshotLists,
  snapshots,
  split,
  text,
  texts,
  withExample,
} from "./argument_kinds.ts";
import {
  has,
  isDataset,
  isInteractions,
  isModel,
  isPromise,
  isRun,
  isSnapshots,
  kindOf,
} from "./kinds.ts";
import { refuseWrongOptions } from "./known_options.ts";

const workedExample = withExample(
  "{ scores: [2, 1], positive: 1.5, betas: [0, 1], beta: 1 }",
  made("", "scores", "positive", "betas", "beta"),
);

const mainOf = listOf("mainResults", "rows", "standings");

const vectorsOf = listOf("vectorRows", "method", "runs");

const benchmark = made("newestRecord or stepsSideBySide", "measurements", "ratios");

/** The first arguments of functions by name; a function without an entry takes what it likes. */
const takes: Readonly<Record<string, readonly Kind[]>> = {
  "figure.benchmark": [made("a file of results/bench", "ratios", "about")],
  "figure.catalogueCosts": [benchmark],
  "figure.collapsePlane": [runLists],
  "figure.contrasts": [listOf("ablation or generality", "from", "to", "tests")],
  "figure.droppedItems": [listOf("what droppedItems gives", "users")],
  "figure.effectiveNegatives": [runs],
  "figure.estimateError": [made("estimates(…).ofSome of hardnessOf", "studies", "S")],
  "figure.favouritePositions": [snapshotLists],
  "figure.gains": [listOf("recordedComparisons", "from", "to")],
  "figure.gradientByScore": [made("gradient(beta) of hardnessOf", "scores", "positive"), numbers],
  "figure.gradientShares": [made("gradientShares", "byK")],
  "figure.hardAndEasy": [runs],
  "figure.hiddenNegatives": [made("negativesOf", "negatives", "selected", "K")],
  "figure.idealNegatives": [made("ideal(levels, beta) of hardnessOf", "levels", "parts")],
  "figure.interests": [made("(await follow(model, { user })).map", "interests", "retrieved")],
  "figure.itemPopularity": [dataset],
  "figure.lambdaPlane": [runs, optional(text)],
  "figure.lambdaTraining": [runs],
  "figure.learningCurves": [runs],
  "figure.main": [mainOf],
  "figure.margins": [snapshots],
  "figure.measures": [runs, texts],
  "figure.metrics": [runs],
  "figure.negativesEstimate": [made("estimates(…).ofOne of hardnessOf", "study", "repetitions")],
  "figure.outranked": [snapshotLists],
  "figure.paddingByLength": [made("paddingInSum, and its run", "run", "lengths")],
  "figure.parityErrors": [listOf("parityLines", "fixture", "worst")],
  "figure.penaltyByPeak": [withExample("[{ n: 4, L: 20 }]", listOf("", "n", "L"))],
  "figure.penaltyPadding": [made("historyLengthShares and study", "shares", "sizes", "lambda")],
  "figure.penaltyShare": [runs, optional(number)],
  "figure.projections": [benchmark],
  "figure.retrieval": [made("(await follow(model, { user })).retrieval", "byInterest", "targets")],
  "figure.routing": [made("(await follow(model, { user })).routing", "routing", "K")],
  "figure.routingCosts": [
    withExample('[{ name: "uniform", rows: [[0.5, 0.5]] }]', listOf("", "rows")),
  ],
  "figure.routingOverTraining": [snapshotLists],
  "figure.routingStages": [snapshotLists],
  "figure.sampledNegatives": [runs, optional(text)],
  "figure.sequenceLengths": [dataset],
  "figure.startLengths": [listOf("startsOf", "method", "length"), text],
  "figure.stepsToBest": [runs],
  "figure.stepTimes": [benchmark],
  "figure.sweep": [runs],
  "figure.switchedObjective": [made("switchObjective", "before", "after", "throughout")],
  "figure.toyPlane": [withExample("{ A: toy.A }", made("", "A"))],
  "figure.toyRouting": [listOf("(await trainToy()).frames", "step", "A")],
  "figure.toySelection": [withExample("{ A: toy.A }", made("", "A"))],
  "figure.twoNdcgs": [runs],
  "figure.usersGain": [made("gainsByUsers, and what they are about", "about", "metric", "groups")],
  "figure.workedNegatives": [workedExample],
  ablation: [optional(text)],
  adviceTable: [listOf("severalForOne", "from", "to", "tests")],
  askedSweep: [text, text],
  askStores: [text],
  batchMeanLambda: [number, sizes("B", "d")],
  benchmarkTable: [benchmark],
  benchmarkTimes: [benchmark],
  collapseTable: [runs],
  contrastsInWords: [listOf("ablation or generality", "from", "to", "tests")],
  contrastsTable: [listOf("ablation or generality", "from", "to", "tests"), text],
  cosine: [numbers, numbers],
  data: [text],
  droppedItems: [model],
  droppedTable: [listOf("what droppedItems gives", "run", "users")],
  easyNegativesClaims: [listOf("recordedSweep", "interests", "negatives")],
  effectiveItems: [shares],
  effectiveNumber: [numbers],
  entryOf: [recorded, text],
  exportComirec: [dataset, text],
  exportVectors: [model, text],
  follow: [model],
  fromCsv: [text, columns],
  fromSequences: [text, sequences],
  fromSplit: [text],
  gainsByUsers: [listOf("two trainings a seed", "from", "to"), optional(text)],
  generality: [optional(text)],
  generalityTable: [listOf("generality", "from", "to", "tests")],
  gradientShares: [model],
  hardnessOf: [model],
  historyLengthShares: [split, number],
  historySeen: [rowsOfShares, number],
  ifRecorded: [maker],
  itemLabel: [dataset, number],
  leakage: [dataset],
  leakageText: [dataset],
  likedNegatives: [model],
  likedTable: [listOf("likedNegatives", "from", "share")],
  listMetrics: [numbers, numbers],
  listsTable: [made("one of mainResults", "rows", "standings"), optional(number)],
  loadModel: [text, optional(dataset)],
  longerTable: [listOf("recordedLonger", "short", "longer")],
  lossOf: [numbers, number, optional(number)],
  mainResults: [optional(text)],
  mainTable: [made("one of mainResults", "rows", "standings")],
  markdown: [text],
  matrixTable: [rowsOfNumbers],
  ndcgWays: [model, optional(numbers)],
  negativeGradient: [numbers, number, optional(number), optional(number)],
  negativesOf: [model],
  newestRecord: [text],
  officialBesideInWords: [mainOf, optional(vectorsOf)],
  officialBesideTable: [mainOf, optional(vectorsOf)],
  ofMethod: [recorded, text],
  outrankedTable: [snapshotLists],
  outrankingIfIndependent: [number],
  ownBetaTable: [listOf("hardnessOf", "trained"), number],
  paddingInSum: [model],
  pairedTests: [listOf("the runs that are compared", "from", "to"), text],
  parityTable: [listOf("parityLines", "fixture", "worst")],
  penaltyFloor: [numbers, sizes("B", "K", "d")],
  penaltyOf: [listOfRows, sizes("d"), text],
  ranksTable: [mainOf],
  ratiosInWords: [benchmark],
  recommend: [model],
  recordedAblation: [text],
  recordedAblations: [optional(text)],
  recordedAblationSnapshots: [text],
  recordedComparisons: [text],
  recordedFor: [text],
  recordedKeys: [recorded],
  recordedLines: [text],
  recordedLonger: [optional(text)],
  recordedRuns: [text],
  recordedSnapshots: [text],
  recordedSweep: [text, text],
  remedyContrasts: [optional(text)],
  remedyRows: [optional(text)],
  repairedByRr: [optional(text)],
  reportText: [made("the data set: clicks.report", "source", "drops", "notes")],
  resultsTable: [runs, optional(text)],
  runGroups: [recorded],
  runsFrame: [runs],
  sameBetaTable: [listOf("hardnessOf", "trained"), numbers],
  sampledTable: [runs],
  servedTable: [models],
  severalForOne: [optional(text)],
  sharesInWords: [benchmark],
  startsOf: [dataset, configs],
  startsTable: [listOf("startsOf", "method", "length"), text],
  stepsSideBySide: [dataset, configs],
  stepTable: [benchmark],
  stoppedGradients: [dataset, text, optional(options)],
  stoppedInWords: [listsByName],
  stoppedTable: [listsByName],
  study: [text],
  sweepTable: [runs],
  switchObjective: [model, objective, numbers],
  synthetic: [optional(options)],
  table: [rows],
  testInWords: [made("one of pairedTests", "gains", "verdict", "overSeeds")],
  train: [dataset],
  trainingTable: [runs],
  trainToy: [optional(options)],
  tunedContrasts: [listOf("tunedMethods", "rates", "data")],
  tunedInWords: [listOf("tunedMethods", "rates", "data"), listOf("tunedContrasts", "from", "to")],
  tunedMethods: [optional(text)],
  tunedTable: [listOf("tunedMethods", "rates", "data")],
  uniformPenalty: [number, number],
  userCount: [split],
  usersGainInWords: [made("gainsByUsers, and what they are about", "about", "metric", "groups")],
  vectorRows: [optional(text)],
  vectorsTable: [listOf("vectorRows or remedyRows", "method", "runs"), text],
  watch: [dataset, configs],
  workedNegatives: [numbers, number, number],
};

/**
 * Refuses promises among a function's arguments, and what it does not take.
 *
 * @param where the function as a cell writes it, "figure.learningCurves"
 * @throws {WrongCall} saying what was expected and what was given
 */
export function refuseWrongArguments(where: string, args: readonly unknown[]): void {
  if (where === "checkAnswer" || where === "checkFunction") return; // they say what is wrong
  args.forEach((value) => refusePromises(where, value));
  refuseMapped(where, args);
  const kinds = takes[where] ?? [];
  kinds.forEach((kind, i) => {
    if (!kind.is(args[i])) refuse(where, kind, args[i]);
  });
  refuseWrongOptions(where, args);
}

/** Refuses the place and the list that `map` hands on as further arguments. */
function refuseMapped(where: string, args: readonly unknown[]): void {
  const [item, place, list] = args;
  if (args.length !== 3 || !Array.isArray(list) || list[place as number] !== item) return;
  const remedy = `Write .map((one) => ${where}(one)).`;
  throw new WrongCall("map hands it the place and the list, too", where, undefined, remedy);
}

/** Refuses a promise, in a list or an object too. */
function refusePromises(where: string, value: unknown, depth = 2): void {
  if (isPromise(value)) {
    throw new WrongCall(
      "this is a promise: write await before it",
      where,
      undefined,
      "For example `const remi = await train(…);`, or `await recordedRuns(…)`.",
    );
  }
  const open = Array.isArray(value) ||
    (has(value) && Object.getPrototypeOf(value) === Object.prototype);
  if (open && depth > 0) {
    Object.values(value as object).forEach((item) => refusePromises(where, item, depth - 1));
  }
}

function refuse(where: string, kind: Kind, value: unknown): never {
  const what = `takes ${kind.name}, and got ${kindOf(value)}`;
  throw new WrongCall(what, where, undefined, hint(kind, value) ?? kind.remedy);
}

/** How what was given leads to what is wanted. */
function hint(kind: Kind, value: unknown): string | null {
  const first = Array.isArray(value) ? value.find((item) => !isRun(item)) : value;
  if (value === undefined || (Array.isArray(value) && first === undefined && value.length > 0)) {
    return `${kind.remedy} What is undefined may be a part of a promise: write await before it.`;
  }
  if (kind === runs) {
    if (isRun(value)) return "Put it in brackets: [run].";
    if (isModel(first)) return "Write .run behind the model: [model.run].";
    if (has(first, "model", "snapshots")) return "Write .model.run behind each that was watched.";
    if (Array.isArray(first)) return "Spread the lists into one: [...first, ...second].";
  }
  if (kind === model) {
    if (isRun(value)) return "A run is the record of a training: give the model, without .run.";
    if (has(value, "model", "snapshots")) return "Write .model behind it.";
  }
  if (kind === snapshotLists && isSnapshots(value)) return "Put it in brackets: [snapshots].";
  if (kind === dataset) {
    if (typeof value === "string") return `Write await data(${JSON.stringify(value)}).`;
    if (isInteractions(value)) return "Give the whole data set, without .train.";
  }
  if (kind === split && isDataset(value)) return "Write .train, .valid or .test behind it.";
  return null;
}
