/** Everything that notebooks need, by the name a reader would guess; mod.ts hands it to them. */
import type { ParityLine } from "./testing/parity_summary.ts";

export { droppedItems } from "./analyze/dropped_items.ts";
export { effectiveNumber, negativeGradient } from "./analyze/easy_negatives.ts";
export { gradientShares } from "./analyze/gradient_shares.ts";
export { historyLengthShares } from "./analyze/history_lengths.ts";
export { cosine } from "./analyze/homogenised_interests.ts";
export { likedNegatives } from "./analyze/liked_negatives.ts";
export { lossOf } from "./analyze/loss_of.ts";
export { outrankingIfIndependent } from "./analyze/outranking.ts";
export { penaltyOf } from "./analyze/penalty_of.ts";
export { effectiveItems, historySeen } from "./analyze/routing_collapse.ts";
export { batchMeanLambda, penaltyFloor, uniformPenalty } from "./analyze/routing_penalty.ts";
export { switchObjective } from "./analyze/switch_objective.ts";
export { toy } from "./analyze/toy/toy_user.ts";
export { trainToy } from "./analyze/toy/train_toy.ts";
export { workedNegatives } from "./analyze/worked_negatives.ts";
export { Random } from "./base/random.ts";
export { exportComirec } from "./data/comirec_format.ts";
export { fromCsv } from "./data/from_csv.ts";
export { fromSequences } from "./data/from_sequences.ts";
export { fromSplit } from "./data/from_split.ts";
export { reportText } from "./data/report.ts";
export { data } from "./data/load.ts";
export { itemLabel, userCount } from "./data/interactions.ts";
export { synthetic } from "./data/synthetic.ts";
export { checkAnswer, checkFunction } from "./show/answer.ts";
export { collapseTable } from "./figures/routing/collapse_table.ts";
export { recordedComparisons } from "./compare/comparisons.ts";
export { entryOf, runGroups } from "./compare/entries.ts";
export { pairedTests, testInWords } from "./compare/paired_tests.ts";
export { danfo } from "./show/data_frame.ts";
export { droppedTable } from "./figures/routing/dropped_items.ts";
export { easyNegativesClaims } from "./figures/easy_negatives/claims_table.ts";
export { figure } from "./figures/mod.ts";
export { hardnessOf } from "./analyze/hardness.ts";
export { likedTable } from "./figures/easy_negatives/hidden_negatives.ts";
export { leakage, leakageText } from "./evaluate/leakage.ts";
export { listMetrics } from "./evaluate/one_list.ts";
export { loadModel } from "./train/load_model.ts";
export { longerTable } from "./figures/results/longer_table.ts";
export { matrixTable } from "./figures/toy/matrix_table.ts";
export { ofMethod } from "./results/method.ts";
export { officialCurves, officialTable, runsBesideOfficial } from "./figures/results/official.ts";
export { outrankedTable } from "./figures/easy_negatives/outranked.ts";
export { resultsTable } from "./figures/results/results_table.ts";
export { runsFrame } from "./figures/results/runs_frame.ts";
export { sampledTable } from "./figures/easy_negatives/sampled_negatives.ts";
export { servedTable } from "./figures/penalty/served_table.ts";
export { markdown, show } from "./show/show.ts";
export { table } from "./show/table.ts";
export { stoppedModel, train } from "./show/train.ts";
export { ownBetaTable, sameBetaTable } from "./figures/hard_negatives/hardness_tables.ts";
export { negativesOf } from "./analyze/hidden_negatives.ts";
export { follow } from "./analyze/user_story.ts";
export { versions } from "./show/versions.ts";
export { watch } from "./show/watch.ts";
export { askStores } from "./serve/stores/ask_stores.ts";
export { exportVectors } from "./serve/export.ts";
export { recommend } from "./serve/recommend.ts";
export { recordedLines, recordedRuns } from "./results/recorded.ts";
export { recordedKeys } from "./train/run.ts";
export { recordedSnapshots } from "./results/snapshots.ts";
export {
  askedSweep,
  recordedAblation,
  recordedAblations,
  recordedAblationSnapshots,
  recordedLonger,
  recordedSweep,
} from "./results/studies.ts";
export { study } from "./results/study.ts";
export { ablation, generality } from "./compare/contrasts.ts";
export { recordedFor } from "./results/answers.ts";
export { contrastsInWords, contrastsTable } from "./figures/main_results/contrasts_table.ts";
export { generalityTable } from "./figures/main_results/generality_table.ts";
export { listsTable } from "./figures/main_results/lists_table.ts";
export { mainResults, mainTable, ranksTable } from "./figures/main_results/main_results.ts";
export {
  officialBesideInWords,
  officialBesideTable,
} from "./figures/main_results/official_table.ts";
export { sweepTable } from "./figures/results/sweep_table.ts";
export { tunedContrasts, tunedMethods } from "./compare/tuned.ts";
export { tunedInWords, tunedTable } from "./figures/main_results/tuned_table.ts";
export { ndcgWays } from "./analyze/ndcg_ways.ts";
export { paddingInSum } from "./analyze/padding_in_sum.ts";
export { startsOf } from "./analyze/starts.ts";
export { stoppedGradients } from "./analyze/stopped_gradient.ts";
export { newestRecord } from "./bench/record.ts";
export { stepsSideBySide } from "./bench/side_by_side.ts";
export { ratiosInWords, sharesInWords, stepTable } from "./figures/costs/step_times.ts";
export { trainingTable } from "./figures/costs/training_costs.ts";
export { parityTable } from "./figures/reference/parity_errors.ts";
export { startsTable } from "./figures/reference/start_lengths.ts";
export { ifRecorded } from "./show/if_recorded.ts";
export { stoppedInWords, stoppedTable } from "./figures/reference/stopped_table.ts";
export { benchmarkTable, benchmarkTimes } from "./figures/results/benchmark_tables.ts";
export {
  remedyContrasts,
  remedyRows,
  repairedByRr,
  severalForOne,
  vectorRows,
} from "./compare/one_vector.ts";
export { gainsByUsers } from "./compare/gains_by_users.ts";
export { adviceTable } from "./figures/one_vector/advice_table.ts";
export { usersGainInWords } from "./figures/one_vector/users_gain.ts";
export { vectorsTable } from "./figures/one_vector/vectors_table.ts";

/**
 * Parity with the official codes, a line a fixture: `parityLines` of
 * lib/testing/parity_summary.ts, which is loaded when this is called and not with every kernel.
 */
export async function parityLines(): Promise<ParityLine[]> {
  return await (await import("./testing/parity_summary.ts")).parityLines();
}
