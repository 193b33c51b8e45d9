/** The table of what the selection hides: negatives above the target at the best step. */
import { type Outranking, outranking } from "../analyze/outranking.ts";
import { recordedKeys } from "../results/run.ts";
import type { RunSnapshots } from "../results/snapshots.ts";
import { houseRank } from "./figures/runs_by_method.ts";
import { styleOfRun } from "./methods.ts";
import { spreadOf } from "./spread.ts";
import { type Row, type Table, table } from "./table.ts";

/**
 * The negatives that outrank the target, in % of all, by method and K: for the user as a whole, for
 * the selected interest and its share of the former, for the other interests and for their mean.
 * Means over seeds, with the range from two seeds on.
 *
 * @param recorded of one data set
 * @throws {BadInput} for none
 */
export function outrankedTable(recorded: readonly RunSnapshots[]): Table {
  const name = ({ config }: RunSnapshots) => `${styleOfRun(config).name}, K = ${config.K}`;
  const groups = [...Map.groupBy(recorded, name)].sort(([, [a]], [, [b]]) =>
    houseRank(styleOfRun(a!.config)) - houseRank(styleOfRun(b!.config))
  );
  const rows = groups.map(([method, seeds]): Row => {
    const shares = seeds.map(atBest);
    const column = (of: (shares: Outranking) => number | null) => {
      const values = shares.map(of);
      return values.includes(null) ? null : spread(values.map((value) => 100 * value!));
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
      `${recorded[0]?.data.name}, 100 valid users`,
    runs: recordedKeys(recorded),
  });
}

function atBest({ snapshots, bestStep }: RunSnapshots): Outranking {
  return outranking(snapshots.find(({ step }) => step === bestStep)!.margins);
}

/** "11.1 (10.8 to 11.4)", or "11.1" for one seed. */
function spread(values: readonly number[]): string {
  const { mean, least, most, n } = spreadOf(values);
  return n === 1
    ? mean.toFixed(1)
    : `${mean.toFixed(1)} (${least.toFixed(1)} to ${most.toFixed(1)})`;
}
