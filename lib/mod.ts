/**
 * What notebooks import: everything a cell needs, by the name a reader would guess.
 *
 * Importing it also makes the stop button safe: a Deno kernel without a listener for it is ended.
 */
import { listenForInterrupts } from "./train/interrupt.ts";

export { droppedItems } from "./analyze/dropped_items.ts";
export { effectiveNumber, negativeGradient } from "./analyze/easy_negatives.ts";
export { gradientShares } from "./analyze/gradient_shares.ts";
export { historyLengthShares } from "./analyze/history_lengths.ts";
export { cosine } from "./analyze/homogenised_interests.ts";
export { likedNegatives } from "./analyze/liked_negatives.ts";
export { outrankingOfStrangers } from "./analyze/outranking.ts";
export { penaltyOf } from "./analyze/penalty_of.ts";
export { effectiveItems, historySeen } from "./analyze/routing_collapse.ts";
export { batchMeanLambda, penaltyFloor, uniformPenalty } from "./analyze/routing_penalty.ts";
export { switchObjective } from "./analyze/switch_objective.ts";
export { workedNegatives } from "./analyze/worked_negatives.ts";
export { Random } from "./base/random.ts";
export { data } from "./data/load.ts";
export { itemLabel, userCount } from "./data/interactions.ts";
export { synthetic } from "./data/synthetic.ts";
export { checkAnswer } from "./report/answer.ts";
export { collapseTable } from "./report/collapse_table.ts";
export { recordedComparisons } from "./report/comparisons.ts";
export { danfo } from "./report/data_frame.ts";
export { droppedTable } from "./report/dropped_table.ts";
export { easyNegativesClaims } from "./report/easy_negatives_claims.ts";
export { effectsInWords, effectsTable } from "./report/effects.ts";
export { figure } from "./report/figures/mod.ts";
export { hardnessOf } from "./report/hardness.ts";
export { hiddenGradientTable, likedTable } from "./report/hidden_tables.ts";
export { longerTable } from "./report/longer_table.ts";
export { ofMethod } from "./report/methods.ts";
export { officialCurves, officialTable } from "./report/official.ts";
export { outrankedTable } from "./report/outranked_table.ts";
export { resultsTable, runsTable } from "./report/results_table.ts";
export { runsFrame } from "./report/runs_frame.ts";
export { sampledTable } from "./report/sampled_table.ts";
export { servedTable } from "./report/served_table.ts";
export { markdown, show } from "./report/show.ts";
export { table } from "./report/table.ts";
export { train } from "./report/train.ts";
export { ownBetaTable, sameBetaTable } from "./report/trained_beta_table.ts";
export { negativesOf } from "./report/user_negatives.ts";
export { follow } from "./report/user_story.ts";
export { versions } from "./report/versions.ts";
export { watch } from "./report/watch.ts";
export { workedTable } from "./report/worked_table.ts";
export { recordedRuns } from "./results/recorded.ts";
export { recordedKeys } from "./results/run.ts";
export { recordedSnapshots } from "./results/snapshots.ts";
export {
  recordedAblation,
  recordedAblations,
  recordedAblationSnapshots,
  recordedLonger,
  recordedSweep,
  study,
} from "./results/studies.ts";

listenForInterrupts();
