/**
 * What notebooks import: everything in library.ts, guarded, so that a mistake in a cell is told in
 * plain words.
 *
 * Importing it also makes the stop button work: a Deno kernel in which nobody listens goes on.
 */
import { listenForInterrupts } from "./base/interrupt.ts";
import * as library from "./library.ts";
import { reportForgotten } from "./show/forgotten.ts";
import { guarded } from "./show/guard.ts";

/** The library as cells call it. */
export const {
  batchMeanLambda,
  checkAnswer,
  checkFunction,
  collapseTable,
  cosine,
  danfo,
  data,
  droppedItems,
  droppedTable,
  easyNegativesClaims,
  effectiveItems,
  effectiveNumber,
  effectsInWords,
  effectsTable,
  estimatesTable,
  exportComirec,
  figure,
  follow,
  fromCsv,
  fromSequences,
  gradientShares,
  hardnessOf,
  hiddenGradientTable,
  historyLengthShares,
  historySeen,
  idealTable,
  itemLabel,
  likedNegatives,
  likedTable,
  loadModel,
  longerTable,
  markdown,
  negativeGradient,
  negativesOf,
  officialCurves,
  officialTable,
  ofMethod,
  outrankedTable,
  outrankingIfIndependent,
  ownBetaTable,
  penaltyFloor,
  penaltyOf,
  Random,
  recordedAblation,
  recordedAblations,
  recordedAblationSnapshots,
  recordedComparisons,
  recordedKeys,
  recordedLonger,
  recordedRuns,
  recordedSnapshots,
  recordedSweep,
  resultsTable,
  runsFrame,
  runsTable,
  sameBetaTable,
  sampledTable,
  servedTable,
  show,
  stoppedModel,
  study,
  switchObjective,
  synthetic,
  table,
  train,
  uniformPenalty,
  userCount,
  versions,
  watch,
  workedNegatives,
  workedTable,
} = guarded(library, ["stoppedModel"]);

listenForInterrupts();
reportForgotten();
