/** The table of what the selection hides: negatives above the target at the best step. */
import { type Outranking, outranking } from "../../analyze/outranking.ts";
import { BadInput } from "../../base/bad_input.ts";
import { recordedKeys } from "../../train/run.ts";
import type { RunSnapshots } from "../../results/snapshots.ts";
import { usersOfMargins } from "../grammar/sample_words.ts";
import { inHouseOrder, methodOf } from "../../results/method.ts";
import { alike } from "../../compare/group_runs.ts";
import { rangeInWords, spreadOf } from "../../compare/spread.ts";
import { type Row, type Table, table } from "../../show/table.ts";

/**
 * The negatives that outrank the target, in % of all, by method and K: for the user as a whole, for
 * the selected interest and its share of the former, for the other interests and for their mean.
 * Means over seeds, with the range from two seeds on.
 *
 * @param recorded of one data set
 * @throws {BadInput} for none, or for several settings of one method and K
 */
export function outrankedTable(recorded: readonly RunSnapshots[]): Table {
  const [first] = recorded;
  if (!first) throw new BadInput("no snapshots", "table's snapshots", "[]", "Record some.");
  const name = ({ config }: RunSnapshots) => `${methodOf(config).name}, K = ${config.K}`;
  const groups = Map.groupBy(inHouseOrder(recorded, ({ config }) => config), name);
  const rows = [...groups].map(([method, seeds]): Row => {
    const shares = alike(seeds).map(atBest);
    const column = (of: (shares: Outranking) => number | null) => {
      const values = shares.map(of);
      if (values.includes(null)) return null;
      return rangeInWords(spreadOf(values.map((share) => 100 * share!)), (x) => x.toFixed(1));
    };
    return {
      method,
      seeds: seeds.length,
      "for the user (max)": column(({ user }) => user),
      "selected interest": column(({ selected }) => selected),
      "seen of the user's": column(({ selected, user }) => selected / user),
      "other interests": column(({ other }) => other),
      "mean of the interests": column(({ single }) => single),
    };
  });
  return table(rows, {
    caption: `Negatives above the target at the best step, %: ` +
      `${first.data.name}, ${usersOfMargins(first)} valid users`,
    runs: recordedKeys(recorded),
  });
}

function atBest({ snapshots, bestStep }: RunSnapshots): Outranking {
  return outranking(snapshots.find(({ step }) => step === bestStep)!.margins);
}
