/** The table of both collapses at the best step. */
import { counted } from "../../base/counted.ts";
import type { AnalysisMeasure } from "../../analyze/measures.ts";
import { recordedKeys, type Run } from "../../train/run.ts";
import { runsByMethod } from "../../compare/group_runs.ts";
import { measureInWords, measureName } from "../../show/measure_words.ts";
import { rangeInWords, spreadOf } from "../../compare/spread.ts";
import { type Row, type Table, table } from "../../show/table.ts";

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
 * @param runs of one data set; those without measures are left out, and counted in the caption
 * @throws {BadInput} for no runs with measures, several data sets, several settings of one method,
 *                    or one of its seeds twice
 */
export function collapseTable(runs: readonly Run[]): Table {
  const measured = runs.filter(({ measures }) => measures);
  const rows = runsByMethod(measured).map(({ style, runs }): Row => ({
    method: style.name,
    seeds: runs.length,
    ...Object.fromEntries(columns.map((name) => {
      const values = runs.map(({ measures }) => measures![name]);
      const all = values.includes(undefined) ? null : spreadOf(values as number[]);
      return [measureName(name), all && rangeInWords(all, (value) => measureInWords(name, value))];
    })),
  }));
  const without = runs.length - measured.length;
  const leftOut = without > 0 ? `; ${counted(without, "run")} without measures` : "";
  return table(rows, {
    caption: `Valid users of ${measured[0]!.data.name}, at the best step` + leftOut,
    runs: recordedKeys(measured),
  });
}
