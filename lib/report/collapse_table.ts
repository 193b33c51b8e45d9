/** The table of both collapses at the best step. */
import type { AnalysisMeasure } from "../analyze/measures.ts";
import { recordedKeys, type Run } from "../results/run.ts";
import { runsByMethod } from "./figures/runs_by_method.ts";
import { measureInWords } from "./measure_words.ts";
import { spreadOf } from "./spread.ts";
import { type Row, type Table, table } from "./table.ts";

const columns: readonly AnalysisMeasure[] = [
  "effective-items",
  "effective-items-uniform",
  "largest-weight",
  "history-seen",
  "interest-cosine",
  "interest-cosine-strangers",
  "retrieved-overlap",
];

/**
 * Measures of single-item routing and of homogenised interests by method, at the best step: the
 * mean over seeds, with the range from two seeds on.
 *
 * @param runs of one data set; those without measures are left out
 * @throws {BadInput} for no runs with measures, several data sets, or several settings of one
 *                    method
 */
export function collapseTable(runs: readonly Run[]): Table {
  const measured = runs.filter(({ measures }) => measures);
  const rows = runsByMethod(measured).map(({ style, runs }): Row => ({
    method: style.name,
    seeds: runs.length,
    ...Object.fromEntries(columns.map((name) => {
      const values = runs.map(({ measures }) => measures![name]);
      return [name.replaceAll("-", " "), values.includes(undefined) ? null : spread(name, values)];
    })),
  }));
  return table(rows, {
    caption: `Valid users of ${measured[0]!.data.name}, at the best step`,
    runs: recordedKeys(measured),
  });
}

/** "5.58 (5.41 to 5.70)", or "5.58" for one seed. */
function spread(name: AnalysisMeasure, values: readonly (number | undefined)[]): string {
  const { mean, least, most, n } = spreadOf(values as number[]);
  const [centre, low, high] = [mean, least, most].map((value) =>
    measureInWords(name, value).replace("−", "-") // as tables write numbers
  );
  return n === 1 ? centre! : `${centre} (${low} to ${high})`;
}
