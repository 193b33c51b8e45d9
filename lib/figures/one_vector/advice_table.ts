/** One vector or several, as an answer for each data set, method and metric. */
import { runsOf } from "../../compare/asked_rows.ts";
import { TESTED, type TestedContrast } from "../../compare/contrasts.ts";
import type { PairedVerdict } from "../../compare/verdict.ts";
import { type Row, type Table, table } from "../../show/table.ts";

const answers: Readonly<Record<PairedVerdict, string>> = {
  "higher": "several",
  "lower": "one",
  "not told apart": "either",
  "too few seeds": "not known",
};

/**
 * A row a data set and method: which of K = 1 and the study's K the paired rule prefers by each
 * metric; "either" where it does not tell them apart, "not known" where too few seeds are recorded.
 *
 * @param contrasts of severalForOne
 */
export function adviceTable(contrasts: readonly TestedContrast[]): Table {
  const rows = contrasts.map(({ added, from, tests }): Row => ({
    data: from.data,
    "trained with": added,
    ...Object.fromEntries(
      TESTED.filter((name) => !name.startsWith("NDCG")).map((name) =>
        [name, answers[tests[name]?.verdict ?? "too few seeds"]] as const
      ),
    ),
  }));
  return table(rows, {
    caption: "One vector or several? By the paired rule on the test users",
    ...runsOf(contrasts.flatMap(({ from, to }) => [from, to])),
  });
}
