/** Beyond accuracy: what the lists are like that each method serves. */
import {
  type Asked,
  missingInWords,
  recordedOf,
  runsOf,
  seedsOfRow,
} from "../../compare/asked_rows.ts";
import { entryOf, spreadInWords } from "../../compare/entries.ts";
import { type Row, type Table } from "../../show/table.ts";
import { recordedTable } from "../results/recorded_table.ts";
import type { MainResults } from "./main_results.ts";

/** The named quantity "coverage@50" and so on, times a factor, as a cell. */
function cellOf({ runs }: Asked, name: string, scale: number, digits: number): string | null {
  const entry = entryOf(runs, name);
  return entry &&
    spreadInWords({ ...entry, mean: scale * entry.mean, sd: scale * entry.sd }, digits);
}

/**
 * What the lists of the first N are like, and recall without the items of the history: of the runs
 * that record them, so that the columns of a row are of the same seeds.
 */
export function listsTable({ question, data, rows }: MainResults, N: 20 | 50 = 50): Table {
  const columns = [
    [`R@${N}`, `R@${N}`, 1, 1],
    [`R@${N} unseen`, `R@${N} unseen`, 1, 1],
    ["coverage (%)", `coverage@${N}`, 100, 1],
    ["popularity (%)", `popularity@${N}`, 100, 1],
    ["diversity (%)", `diversity@${N}`, 100, 1],
    ["leading share (%)", `leading share@${N}`, 100, 1],
    ["serving interests", `serving interests@${N}`, 1, 2],
  ] as const;
  const withLists = rows.map((row) => ({ ...row, runs: row.runs.filter(({ lists }) => lists) }));
  const cells = recordedOf(withLists).map((row): Row => ({
    method: row.name,
    seeds: seedsOfRow(row),
    ...Object.fromEntries(
      columns.map(([heading, name, scale, digits]) =>
        [heading, cellOf(row, name, scale, digits)] as const
      ),
    ),
  }));
  const lacking = rows.flatMap(({ runs }) => runs).filter(({ lists }) => !lists).length;
  return recordedTable(cells, {
    caption: [
      `Lists of ${N} served to the test users of ${data}: mean ± sd over seeds`,
      "unseen: items of the history are not served",
      "popularity: mean percentile of the items, 50 % for lists drawn uniformly",
      lacking > 0 && `${lacking} runs without these numbers are left out: deno task model --record`,
    ].filter(Boolean).join("; "),
    below: missingInWords(rows, question),
    folded: {
      summary: "Shares of the interests",
      columns: ["leading share (%)", "serving interests"],
    },
    ...runsOf(withLists),
  });
}
