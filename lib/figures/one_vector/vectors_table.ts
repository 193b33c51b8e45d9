/** What one vector a user reaches, and what several do, with what is missing. */
import {
  type Asked,
  missingInWords,
  recordedOf,
  runsOf,
  seedsOfRow,
} from "../../compare/asked_rows.ts";
import { entryOf, spreadInWords } from "../../compare/entries.ts";
import type { AnalysisMeasure } from "../../analyze/measures.ts";
import { mean } from "../../base/statistics.ts";
import { type Row, type Table } from "../../show/table.ts";
import { measureInWords, measureName } from "../../show/measure_words.ts";
import { HIT_RATES, recordedTable } from "../results/recorded_table.ts";

const metrics = ["R@20", "R@50", "HR@20", "HR@50"] as const;

const measures: readonly AnalysisMeasure[] = [
  "effective-items",
  "interest-cosine",
  "retrieved-overlap",
];

/**
 * A row a configuration and data set with a run: mean ± sd in %, and at the best step the effective
 * items of an interest, the cosine of a user's interests, and the overlap of what they retrieve.
 *
 * @param plan that records what is missing
 */
export function vectorsTable(rows: readonly Asked[], plan: string): Table {
  const cells = recordedOf(rows).map((row): Row => ({
    data: row.data,
    method: row.name,
    seeds: seedsOfRow(row),
    ...Object.fromEntries(metrics.map((metric) => {
      const entry = entryOf(row.runs, metric);
      return [metric, entry && spreadInWords(entry)];
    })),
    ...Object.fromEntries(measures.map((name) => [measureName(name), measured(row, name)])),
  }));
  return recordedTable(cells, {
    caption: [
      "Test users, %: mean ± sd over seeds",
      `measures: valid users at the best step, means over ${
        rows.some(isPartlyMeasured) ? "the seeds that have them" : "seeds"
      }`,
    ].join("; "),
    below: missingInWords(rows, plan),
    folded: {
      summary: "Hit rates, and what two interests retrieve alike",
      columns: [...HIT_RATES, measureName("retrieved-overlap")],
    },
    ...runsOf(rows),
  });
}

function isPartlyMeasured({ runs }: Asked): boolean {
  return runs.some(({ measures }) => measures) && runs.some(({ measures }) => !measures);
}

/** The mean over the seeds that have it; null if none has. */
function measured({ runs }: Asked, name: AnalysisMeasure): string | null {
  const values = runs.flatMap(({ measures }) => measures?.[name] ?? []);
  return values.length > 0 ? measureInWords(name, mean(values)) : null;
}
