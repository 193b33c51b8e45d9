/** The main table: models by data sets, with the marks that the paired rule supports. */
import { resultsPath } from "../../base/files.ts";
import { knownName } from "../../base/known_name.ts";
import { join } from "../../base/paths.ts";
import { mean } from "../../base/statistics.ts";
import {
  type Asked,
  askedBy,
  missingInWords,
  recordedOf,
  runsOf,
  seedsOfRow,
} from "../../compare/asked_rows.ts";
import { byQuantity, TESTED, type TestedQuantity } from "../../compare/contrasts.ts";
import { spreadInWords } from "../../compare/entries.ts";
import { metricNames } from "../../compare/quantities.ts";
import { type Standing, standings } from "../../compare/standings.ts";
import { inHouseOrder } from "../../results/method.ts";
import { type PaperNumber, type PaperNumbers, paperNumbers } from "../../results/paper.ts";
import { type Row, type Table } from "../../show/table.ts";
import { listed } from "../../show/theme.ts";
import { HIT_RATES, recordedTable } from "../results/recorded_table.ts";
import { FEWEST_SEEDS } from "../../compare/verdict.ts";
import { cutShort } from "../../train/run.ts";

/** The questions whose methods are ranked. */
const ranked = ["main", "profiles"] as const;

/** What a question's methods reach on one data set, and where they stand. */
export interface MainResults {
  /** of {@linkcode askedBy} */
  readonly question: string;
  readonly data: string;
  readonly rows: readonly Asked[];
  /** of {@linkcode paperNumbers}, those on the paper's data set of the same name */
  readonly paper: PaperNumbers;
  /** a standing a row */
  readonly standings: Readonly<Record<TestedQuantity, readonly Standing[]>>;
}

/**
 * By data set what the methods of a question reach: "main", the models beside REMI on the real
 * data, or "profiles", UMI beside others on the synthetic data.
 *
 * @throws {BadInput} for a question that there is not
 */
export async function mainResults(
  question: (typeof ranked)[number] = "main",
  folder: string = resultsPath(),
): Promise<MainResults[]> {
  knownName(question, ranked, "mainResults, question");
  const rows = await askedBy(question, folder);
  const typed = await paperNumbers(join(folder, "paper.json"));
  const byData = [...Map.groupBy(inHouseOrder(rows, ({ config }) => config), ({ data }) => data)];
  return await Promise.all(byData.map(async ([data, rows]) => {
    const columns = TESTED.map((quantity) => standings(rows, quantity, folder));
    const numbers = typed.numbers.filter((number) => data.startsWith(`${number.data}-`));
    return {
      question,
      data,
      rows,
      paper: { ...typed, numbers },
      standings: byQuantity(await Promise.all(columns)),
    };
  }));
}

/**
 * Test metrics in % by method on one data set: mean ± sd, ▲ on the best where the rule
 * tells it from every other. Methods without runs are named under the table.
 */
export function mainTable({ question, data, rows, paper, standings }: MainResults): Table {
  const numberOf = ({ name }: Asked, quantity: TestedQuantity) =>
    paper.numbers.find((one) => one.method === name && isOf(one, quantity));
  const typed = TESTED.filter((quantity) => paper.numbers.some((one) => isOf(one, quantity)));
  const cells = rows.flatMap((row, i): Row[] => {
    if (row.runs.length === 0 && !typed.some((quantity) => numberOf(row, quantity))) return [];
    const cut = cutShort(row.runs);
    const steps = row.runs.map(({ bestStep }) => bestStep);
    return [{
      method: cut ? `${row.name} (${cut})` : row.name,
      seeds: seedsOfRow(row),
      ...Object.fromEntries(TESTED.map((quantity) => {
        const { entry, best } = standings[quantity][i]!;
        return [quantity, entry && `${spreadInWords(entry)}${best ? " ▲" : ""}`];
      })),
      ...Object.fromEntries(typed.map((quantity) => {
        const number = numberOf(row, quantity);
        return [`paper ${quantity}`, number ? (100 * number.value).toFixed(1) : null];
      })),
      "best step": steps.length > 0 ? Math.round(mean(steps)) : null,
    }];
  });
  const judged = rows.filter(({ runs }) => runs.length >= FEWEST_SEEDS);
  const few = rows.length - judged.length;
  const bySeeds = judged.filter(({ runs }) => runs.some(({ users }) => !users))
    .map(({ name }) => name);
  return recordedTable(cells, {
    caption: [
      `Test users of ${data}, %: mean ± sd over seeds`,
      "▲ the greatest mean of all, and higher than every other method with three seeds or more " +
      "by the paired rule, Holm's adjustment over all pairs of a column",
      few > 0 && `${few} of ${rows.length} methods have fewer and are not judged`,
      bySeeds.length > 0 &&
      `${listed(bySeeds)} by seeds alone, as hits of users are not recorded of all seeds`,
      typed.length > 0 && `paper: ${paper.source}, on its own larger data`,
    ].filter(Boolean).join("; "),
    below: missingInWords(rows, question),
    folded: { summary: "Hit rates", columns: HIT_RATES },
    ...runsOf(rows),
  });
}

/** Whether a number of the paper is of this quantity. */
function isOf({ metric, cutoff }: PaperNumber, quantity: TestedQuantity): boolean {
  const [name, N] = quantity.split("@");
  return metricNames[name as keyof typeof metricNames] === metric && Number(N) === cutoff;
}

/**
 * Ranks by recall over the data sets: by mean, and in brackets the ranks that the verdicts leave
 * open. Methods without any run are left out.
 */
export function ranksTable(results: readonly MainResults[]): Table {
  const names = [...new Set(results.flatMap(({ rows }) => rows.map(({ name }) => name)))];
  const quantities = ["R@20", "R@50"] as const;
  const of = (name: string, quantity: TestedQuantity, { standings }: MainResults) =>
    standings[quantity].find(({ row }) => row.name === name);
  const all = (name: string) =>
    results.flatMap(({ rows }) => rows.filter((row) => row.name === name));
  const ranked = names.flatMap((name) => {
    const ranks = (quantity: TestedQuantity) =>
      results.flatMap((result) => of(name, quantity, result)?.rank ?? []);
    if (ranks("R@50").length === 0) return [];
    const cells = quantities.flatMap((quantity) =>
      results.map((result) =>
        [`${quantity} ${result.data}`, rankInWords(of(name, quantity, result))] as const
      )
    );
    return [{
      mean: mean(ranks("R@50")),
      row: {
        method: name,
        ...Object.fromEntries(cells),
        "mean R@20": mean(ranks("R@20")),
        "mean R@50": mean(ranks("R@50")),
        "data sets": ranks("R@50").length,
        "fewest seeds": Math.min(...recordedOf(all(name)).map(({ runs }) => runs.length)),
      } satisfies Row,
    }];
  }).sort((a, b) => a.mean - b.mean);
  return recordedTable(ranked.map(({ row }) => row), {
    caption: [
      "Ranks among the recorded methods by mean recall of the test users, in brackets the ranks " +
      "that the paired rule leaves open",
    ].join("; "),
    below: [...Map.groupBy(results, ({ question }) => question)].flatMap(([question, its]) =>
      missingInWords(its.flatMap(({ rows }) => rows), question) ?? []
    ).join(". "),
    folded: {
      summary: "By recall@20",
      columns: [...results.map(({ data }) => `R@20 ${data}`), "mean R@20"],
    },
    digits: { "mean R@20": 1, "mean R@50": 1 },
    ...runsOf(results.flatMap(({ rows }) => rows)),
  });
}

/** "2 (1 to 3)", or "2" where the verdicts leave no other. */
function rankInWords(standing: Standing | undefined): string | null {
  if (!standing || standing.rank === null) return null;
  const [least, most] = standing.open;
  return least === most ? String(standing.rank) : `${standing.rank} (${least} to ${most})`;
}
