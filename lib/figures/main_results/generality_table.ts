/** IHN, RR and both on every model with several interests, as a table of one metric. */
import { type Asked, askedBy, missingInWords, runsOf } from "../../compare/asked_rows.ts";
import { TESTED, type TestedContrast, type TestedQuantity } from "../../compare/contrasts.ts";
import { entryInWords, entryOf } from "../../compare/entries.ts";
import type { Variant } from "../../results/points.ts";
import { resultsPath } from "../../base/files.ts";
import { knownName } from "../../base/known_name.ts";
import type { Row, Table } from "../../show/table.ts";
import { recordedTable } from "../results/recorded_table.ts";
import { markOf, MARKS_IN_WORDS } from "../results/verdict_marks.ts";

const columns: readonly Variant[] = ["plain", "+IHN", "+RR", "+IHN+RR"];

/**
 * A row a model and data set with a run, and a column for each fix: mean ± sd (seeds) in %, and the
 * verdict against the plain model of the row. Capsules have two rows: as shipped, and with the
 * stop-gradient of their routing lifted, which RR needs; the latter without a fix is the control.
 *
 * @param contrasts of {@linkcode generality}
 * @throws {BadInput} for another quantity
 */
export async function generalityTable(
  contrasts: readonly TestedContrast[],
  quantity: TestedQuantity = "R@50",
  folder: string = resultsPath(),
): Promise<Table> {
  knownName(quantity, TESTED, "generalityTable, quantity");
  const rows = await askedBy("generality", folder);
  const titleOf = ({ method, name }: Asked) =>
    method.model === "comirec-sa" ? "ComiRec-SA" : name.split(" + ")[0]!;
  const groups = [...Map.groupBy(rows, (row) => `${row.data} ${titleOf(row)}`).values()]
    .filter((group) => group.some(({ runs }) => runs.length > 0));
  const cells = groups.map((group): Row => ({
    data: group[0]!.data,
    model: titleOf(group[0]!),
    ...Object.fromEntries(columns.map((variant) => {
      const row = group.find(({ method }) => method.variant === variant);
      return [variant, row ? cellOf(row, quantity, contrasts) : ""] as const;
    })),
  }));
  return recordedTable(cells, {
    caption: [
      `Test ${quantity}, %: mean ± sd (seeds), and the verdict against the row's plain model`,
      MARKS_IN_WORDS,
      "an empty cell is not asked for",
    ].join("; "),
    below: missingInWords(rows, "generality"),
    ...runsOf(rows),
  });
}

function cellOf(
  row: Asked,
  quantity: TestedQuantity,
  contrasts: readonly TestedContrast[],
): string {
  if (row.runs.length === 0) return `– (0 of ${row.declared})`;
  const test = contrasts.find(({ from, to }) =>
    to.data === row.data && to.name === row.name && row.method.variant !== "plain" &&
    from.method.variant === "plain"
  )?.tests[quantity];
  return entryInWords(entryOf(row.runs, quantity)) + markOf(test);
}
