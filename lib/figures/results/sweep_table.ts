/** Sweeps as tables: metrics by the value of one setting, and what the rule tells from the best. */
import { bestOnLines } from "../../compare/best_on_line.ts";
import { entryInWords, entryOf, spreadInWords } from "../../compare/entries.ts";
import {
  linesOf,
  type Point,
  requireSwept,
  type Swept,
  sweptValueOf,
  symbolOf,
  valueInWords,
} from "../../compare/group_runs.ts";
import type { PairedTest } from "../../compare/paired_tests.ts";
import { oneDataSet } from "../../compare/together.ts";
import { seedsInWords } from "../../compare/spread.ts";
import { sweptValues } from "../../results/study.ts";
import { type Row, type Table, table } from "../../show/table.ts";
import { recordedKeys, type Run } from "../../train/run.ts";
import { inOrder, namesOf } from "./sweep.ts";
import { evidenceInWords } from "./verdict_marks.ts";
import { missingInWords, rowsOf } from "../../compare/asked_rows.ts";
import { askedAnswers, type AskedSweep, askedSweeps } from "../../results/studies.ts";

const quantities = ["R@20", "R@50", "HR@50"] as const;

/** The values that are declared, recorded or not; without its fix β is 0, and λ too. */
const declared: Readonly<Record<Swept, readonly number[]>> = {
  ...sweptValues,
  beta: [0, ...sweptValues.beta],
  lambda: [0, ...sweptValues.lambda],
};

const MARKS_OF_SWEEPS =
  "● greatest mean of a line's values with three seeds or more, ○ not told from it by the paired " +
  "rule over the seeds that both have, no mark: told to be lower, or fewer than three seeds";

/** What a sweep's table is asked for. */
export interface SweepTableOptions {
  readonly over: Swept;
  /** the question's sweep that the runs are of: what it lacks is told under the table */
  readonly asked?: AskedSweep;
  readonly folder?: string;
}

/**
 * Test metrics in % by the value of one setting, a row a line and metric: mean ± sd, and the number
 * of seeds where it is not the usual one. ● is the best of those with three seeds or more, ○ those
 * that the paired rule does not tell from it; a cell without a mark is told to be lower, has too
 * few seeds, or stands alone in its line.
 *
 * @throws {BadInput} for no runs, several data sets, no such setting, or a seed that one value has
 *   twice
 */
export async function sweepTable(
  runs: readonly Run[],
  { over, asked, folder }: SweepTableOptions,
): Promise<Table> {
  requireSwept(over, "sweepTable, over");
  const data = oneDataSet(runs);
  const lines = inOrder(linesOf(runs, over));
  const names = namesOf(lines, over);
  const columns = [...new Set([...declared[over], ...lines.flat().map(({ value }) => value)])]
    .toSorted((a, b) => a - b);
  const counts = lines.flat().map(({ runs }) => runs.length);
  const usual = mostOf(counts);
  const inWords = ({ runs }: Point, quantity: string) =>
    (runs.length === usual ? spreadInWords : entryInWords)(entryOf(runs, quantity)!);
  const tested: PairedTest[] = [];
  const rows = await Promise.all(quantities.map(async (quantity) => {
    const found = (await bestOnLines(lines, quantity, folder)).filter((one) => one !== null);
    tested.push(...found.flatMap(({ tests }) => tests));
    const markOf = (point: Point) => {
      if (found.some(({ best }) => best === point)) return " ●";
      return found.some(({ tied }) => tied.includes(point)) ? " ○" : "";
    };
    return lines.map((line, l): Row => ({
      line: names[l]!,
      metric: quantity,
      ...Object.fromEntries(columns.map((value) => {
        const point = line.find((point) => point.value === value);
        const cell = point && inWords(point, quantity) + markOf(point);
        return [`${symbolOf(over)} = ${valueInWords(value)}`, cell ?? null] as const;
      })),
    }));
  }));
  return table(lines.flatMap((_, l) => rows.map((ofQuantity) => ofQuantity[l]!)), {
    caption: [
      `Test users of ${data}, %: ${usual > 1 ? "mean ± sd of " : ""}${seedsInWords([usual])}` +
      (counts.some((count) => count !== usual)
        ? `, or ${usual > 1 ? "" : "mean ± sd "}of as many as stand in brackets`
        : ""),
      "– not recorded",
      tested.length > 0 && MARKS_OF_SWEEPS,
      evidenceInWords(tested, "metric"),
    ].filter(Boolean).join("; "),
    below: asked === undefined ? null : await missingOf(data, asked, over, folder),
    runs: recordedKeys(runs),
  });
}

/** What a question's sweep lacks, by method and value; null for nothing. */
async function missingOf(
  data: string,
  asked: AskedSweep,
  over: Swept,
  folder?: string,
): Promise<string | null> {
  const rows = rowsOf(await askedAnswers(data, asked, folder)).map((row) => ({
    ...row,
    name: `${row.method.name}, ${symbolOf(over)} = ${valueInWords(sweptValueOf(row.config, over))}`,
  }));
  const missing = missingInWords(rows, askedSweeps[asked]);
  const [method, other] = new Set(rows.map(({ method }) => method.name));
  return missing && !other ? `${method}: ${missing}` : missing;
}

/** The most frequent of some numbers; of several the first. */
function mostOf(numbers: readonly number[]): number {
  const groups = [...Map.groupBy(numbers, (number) => number).values()];
  return groups.toSorted((a, b) => b.length - a.length)[0]![0]!;
}
