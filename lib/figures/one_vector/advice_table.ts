/** One vector or several, as an answer for each data set, method and metric. */
import { runsOf } from "../../compare/asked_rows.ts";
import { TESTED, type TestedContrast } from "../../compare/contrasts.ts";
import type { PairedVerdict } from "../../compare/verdict.ts";
import type { Row, Table } from "../../show/table.ts";
import { lackingInWords } from "../main_results/contrasts_table.ts";
import { recordedTable } from "../results/recorded_table.ts";
import { evidenceInWords } from "../results/verdict_marks.ts";

const answers: Readonly<Record<PairedVerdict, string>> = {
  "higher": "several",
  "lower": "one",
  "not told apart": "either",
  "too few seeds": "not known",
};

/**
 * A row a data set and method: which of K = 1 and the study's K the paired rule prefers by each
 * metric; "either" where it does not tell them apart, "not known" where too few seeds are recorded.
 * What has no common seed yet is named under the table.
 *
 * @param contrasts of severalForOne
 */
export function adviceTable(contrasts: readonly TestedContrast[]): Table {
  const there = contrasts.filter(({ tests }) => tests["R@50"] !== null);
  const several = [...new Set(there.flatMap(({ to }) => to.runs.map(({ config }) => config.K)))];
  const rows = there.map(({ added, from, tests }): Row => ({
    data: from.data,
    "trained with": added,
    ...Object.fromEntries(
      TESTED.map((name) => [name, answers[tests[name]?.verdict ?? "too few seeds"]] as const),
    ),
  }));
  return recordedTable(rows, {
    caption: [
      `One vector or several (K = ${several.join(" or ")})? By the paired rule on the test users`,
      evidenceInWords(there.flatMap(({ tests }) => TESTED.map((name) => tests[name])), "metric"),
    ].filter(Boolean).join("; "),
    below: lackingInWords(contrasts, "one-vector"),
    ...runsOf(contrasts.flatMap(({ from, to }) => [from, to])),
  });
}
