/** The table of recall@50 against the number of sampled negatives. */
import { recordedKeys, type Run } from "../../train/run.ts";
import { houseRank } from "../../compare/runs_by_method.ts";
import { sizeOf } from "./sampled_negatives.ts";
import { eachSeedOnce } from "../../compare/together.ts";
import { styleOfRun } from "../../compare/methods.ts";
import { spreadOf } from "../../compare/spread.ts";
import { type Row, type Table, table } from "../../show/table.ts";
import { grouped } from "../../show/theme.ts";

/**
 * Test recall@50 in % by method and S, and with the full softmax over all items: the mean over
 * seeds, with the range from two seeds on, and the number of seeds. What is not recorded is a dash.
 *
 * @param runs of one data set that differ in method, S and seed
 * @throws {BadInput} for no runs, or a seed that one method and S has twice
 */
export function sampledTable(runs: readonly Run[]): Table {
  const sizes = [...new Set(runs.map(sizeOf).filter((S) => S !== null))].sort((a, b) => a - b);
  const byMethod = Map.groupBy(runs, nameOf);
  const rows = [...byMethod]
    .sort(([, [a]], [, [b]]) => houseRank(styleOfRun(a!.config)) - houseRank(styleOfRun(b!.config)))
    .map(([method, ofMethod]): Row => ({
      method,
      ...Object.fromEntries(
        sizes.map((S) =>
          [`S = ${grouped(S)}`, recall(ofMethod.filter((run) => sizeOf(run) === S))] as const
        ),
      ),
      "all items": recall(ofMethod.filter((run) => sizeOf(run) === null)),
    }));
  return table(rows, {
    caption: `Test recall@50 of ${runs[0]?.data.name}, %: mean (least to greatest; seeds)`,
    runs: recordedKeys(runs),
  });
}

/** The method's name, the same whatever its softmax. */
function nameOf({ config }: Run): string {
  const objective = { ...config.objective as object, softmax: "sampled" };
  return styleOfRun({ ...config, objective }).name;
}

/** "36.3 (35.9 to 36.6; 3)", or "36.3 (1)". */
function recall(seeds: readonly Run[]): string | null {
  if (seeds.length === 0) return null;
  const recalls = eachSeedOnce(seeds).map((run) => 100 * run.test[50]!.recall);
  const { mean, least, most, n } = spreadOf(recalls);
  const range = n === 1 ? "" : `${least.toFixed(1)} to ${most.toFixed(1)}; `;
  return `${mean.toFixed(1)} (${range}${n})`;
}
