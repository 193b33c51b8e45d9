/** Rows of tables that are declared before their runs are there: a method on a data set. */
import { resultsPath } from "../base/files.ts";
import { type Answer, answersOf, answersTo } from "../results/answers.ts";
import { type Method, methodOf } from "../results/method.ts";
import type { Point } from "../results/points.ts";
import { settingsOf } from "../results/settings.ts";
import type { StoredRun } from "../results/store.ts";
import { study } from "../results/study.ts";
import type { ResolvedConfig } from "../train/config.ts";
import { recordedKeys } from "../train/run.ts";

/** A configuration that a question asks for on a data set, and its seeds as far as recorded. */
export interface Asked {
  readonly data: string;
  /** of its first seed */
  readonly config: ResolvedConfig;
  readonly method: Method;
  /** the method's, with its learning rate where that is not the study's */
  readonly name: string;
  /** how many seeds are declared */
  readonly declared: number;
  /** without their curves, by seed */
  readonly runs: readonly StoredRun[];
}

/**
 * A row for each configuration of a question on each data set, as they are declared.
 *
 * @throws {BadInput} for a question that there is not
 */
export async function askedBy(question: string, folder: string = resultsPath()): Promise<Asked[]> {
  return rowsOf(await answersTo(question, folder));
}

/**
 * The same of any declared trainings.
 *
 * @throws {BadInput} for one on a data set without a study
 */
export async function askedOf(
  points: readonly Point[],
  folder: string = resultsPath(),
): Promise<Asked[]> {
  return rowsOf(await answersOf(points, folder));
}

/** The same of answers: a row for each configuration on each data set, in their order. */
export function rowsOf(answers: readonly Answer[]): Asked[] {
  const groups = Map.groupBy(answers, ({ data, config }) => {
    const settings = Object.entries(settingsOf(config)).sort(([a], [b]) => a < b ? -1 : 1);
    return JSON.stringify([data, settings.map(([path, value]) => [path, String(value)])]);
  });
  return [...groups.values()].map((seeds): Asked => {
    const { data, config } = seeds[0]!;
    const method = methodOf(config);
    const usual = study(data).settings.learningRate;
    const rate = config.learningRate === usual ? "" : `, rate ${config.learningRate}`;
    return {
      data,
      config,
      method,
      name: method.name + rate,
      declared: seeds.length,
      runs: seeds.flatMap(({ run }) => run ?? []).toSorted((a, b) => a.seed - b.seed),
    };
  });
}

/** "2 of 3" */
export function seedsOfRow({ runs, declared }: Asked): string {
  return `${runs.length} of ${declared}`;
}

/** The keys of the runs that a table is of, for its caption; none where nothing is recorded. */
export function runsOf(rows: readonly Asked[]): { readonly runs?: readonly string[] } {
  const runs = [...new Set(rows.flatMap(({ runs }) => recordedKeys(runs)))];
  return runs.length > 0 ? { runs } : {};
}

/** Those with a run: a table has a row for each, and names the others under it. */
export function recordedOf<T extends Pick<Asked, "runs">>(rows: readonly T[]): T[] {
  return rows.filter(({ runs }) => runs.length > 0);
}

/** What is missing, and the command that lists it; null where nothing is. */
export function missingInWords(rows: readonly Asked[], plan: string): string | null {
  const declared = rows.reduce((sum, row) => sum + row.declared, 0);
  const recorded = rows.reduce((sum, { runs }) => sum + runs.length, 0);
  if (recorded === declared) return null;
  const none = namedOnce(rows, ({ runs }) => runs.length === 0);
  const ofNone = none ? `. No run yet: ${none}` : "";
  return `${recorded} of ${declared} trainings are recorded${ofNone}. What is missing: ` +
    `deno task sweep ${plan} --list`;
}

/**
 * "Re4 (gowalla-lightgcn, books-kgat); UMI": the names of the rows that are lacking, with their
 * data sets where others are not; empty for none.
 */
export function namedOnce<T extends { readonly name: string; readonly data: string }>(
  rows: readonly T[],
  isLacking: (row: T) => boolean,
): string {
  const named = [...Map.groupBy(rows, ({ name }) => name)].flatMap(([name, its]) => {
    const lacking = its.filter(isLacking);
    if (lacking.length === 0) return [];
    const where = lacking.length < its.length
      ? ` (${lacking.map(({ data }) => data).join(", ")})`
      : "";
    return [`${name}${where}`];
  });
  return named.join("; ");
}
