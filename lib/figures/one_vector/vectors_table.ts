/** What one vector a user reaches, and what several do, with what is missing. */
import { type Asked, missingInWords, runsOf, seedsOfRow } from "../../compare/asked_rows.ts";
import { entryInWords, entryOf } from "../../compare/entries.ts";
import type { AnalysisMeasure } from "../../analyze/measures.ts";
import { type Row, type Table, table } from "../../show/table.ts";
import { measureInWords, measureName } from "../../show/measure_words.ts";
import { rangeInWords, spreadOf } from "../../compare/spread.ts";

const metrics = ["R@20", "R@50", "HR@20", "HR@50"] as const;

const measures: readonly AnalysisMeasure[] = [
  "effective-items",
  "interest-cosine",
  "retrieved-overlap",
];

/**
 * A row a configuration and data set: mean ± sd (seeds) in %, and at the best step the effective
 * items of an interest, the cosine of a user's interests, and the overlap of what they retrieve.
 *
 * @param plan that records what is missing
 */
export function vectorsTable(rows: readonly Asked[], plan: string): Table {
  const cells = rows.map((row): Row => ({
    data: row.data,
    method: row.name,
    seeds: seedsOfRow(row),
    ...Object.fromEntries(metrics.map((metric) => {
      const entry = row.runs.length > 0 ? entryOf(row.runs, metric) : null;
      return [metric, entry && entryInWords(entry)];
    })),
    ...Object.fromEntries(measures.map((name) => [measureName(name), measured(row, name)])),
  }));
  return table(cells, {
    caption: [
      "Test users, %: mean ± sd (seeds)",
      "measures of valid users at the best step, with their range",
      missingInWords(rows, plan),
    ].filter(Boolean).join("; "),
    ...runsOf(rows),
  });
}

/** Mean and range over the seeds that have it; null if none has. */
function measured({ runs }: Asked, name: AnalysisMeasure): string | null {
  const values = runs.flatMap(({ measures }) => measures?.[name] ?? []);
  if (values.length === 0) return null;
  return rangeInWords(spreadOf(values), (value) => measureInWords(name, value));
}
