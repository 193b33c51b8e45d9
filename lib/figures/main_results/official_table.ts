/**
 * Recall and hit rate of the official code, and of a program written after it, beside ours, on the
 * very same split.
 */
import official from "../../../results/official.json" with { type: "json" };
import { mean, standardDeviation } from "../../base/statistics.ts";
import { signed } from "../../base/signed.ts";
import { type Asked, runsOf } from "../../compare/asked_rows.ts";
import { entryInWords, entryOf } from "../../compare/entries.ts";
import type { Displayable } from "../../show/bundle.ts";
import { markdown } from "../../show/show.ts";
import type { Row, Table } from "../../show/table.ts";
import { recordedTable } from "../results/recorded_table.ts";
import { listed } from "../../show/theme.ts";
import type { MainResults } from "./main_results.ts";

/** What may lie between two codes, in percentage points, where seeds lie closer together. */
const TOLERANCE = 1;

/** What is compared; the official NDCG is in hash order. */
const compared = [
  ["R@20", 20, "recall"],
  ["HR@20", 20, "hr"],
  ["R@50", 50, "recall"],
  ["HR@50", 50, "hr"],
] as const;

/**
 * A row a method and metric: ours as mean ± sd (seeds), the other code's mean, the difference,
 * and what is allowed: twice our sd, or one point if that is more, or if a single seed has no sd.
 *
 * @param results of {@linkcode mainResults}
 * @param others rows of methods that are not among them
 */
export function officialBesideTable(
  results: readonly MainResults[],
  others: readonly Asked[] = [],
): Table {
  const found = methodsOf(results, others);
  const there = found.filter(isTrained);
  const missing = found.filter(isMissing).map(({ name }) => name);
  const cells = there.flatMap((method) =>
    compared.map((metric): Row => {
      const { entry, theirs, apart, allowed, within } = between(method, metric);
      return {
        method: method.isFollowed ? `${method.name} (program after it)` : method.name,
        metric: metric[0],
        ours: entry && entryInWords(entry),
        "official (seeds)": `${theirs.toFixed(1)} (${method.theirs.length})`,
        difference: apart === null ? null : signed(apart),
        allowed: entry && allowed.toFixed(1),
        within: within === null ? null : within ? "yes" : "no",
      };
    })
  );
  return recordedTable(cells, {
    caption: `Official code and ours on ${official.data}, test users, %: mean ± sd (seeds); ` +
      "allowed: twice our sd, at least one point; program after it: results/official.json",
    below: missing.length > 0
      ? `Not trained here yet: ${missing.join(", ")}. The official numbers are in ` +
        "results/official.json; deno task sweep main --list"
      : null,
    ...runsOf(found.flatMap(({ own }) => own ?? [])),
  });
}

/** Which methods agree in every metric, which do not, and which are not trained here yet. */
export function officialBesideInWords(
  results: readonly MainResults[],
  others: readonly Asked[] = [],
): Displayable {
  const found = methodsOf(results, others).map((method) => {
    const pairs = compared.map((metric) => between(method, metric));
    return { name: method.name, pairs, within: pairs.map(({ within }) => within) };
  });
  const trained = found.filter(({ within }) => !within.includes(null));
  const good = trained.filter(({ within }) => within.every(Boolean));
  const names = (some: typeof found) => listed(some.map(({ name }) => name));
  const beyond = trained.filter((one) => !good.includes(one));
  const missing = found.filter((one) => !trained.includes(one));
  const numbers = trained.flatMap(({ name, pairs }) =>
    pairs.map((pair, i) => ({ ...pair, words: `${compared[i]![0]} of ${name}` }))
  );
  const byFloor = numbers.filter(({ within, apart, sd }) =>
    within && sd !== null && Math.abs(apart!) > 2 * sd
  );
  const alone = trained.filter(({ pairs }) => pairs.some(({ sd }) => sd === null));
  return markdown([
    `**Recall and HR at 20 and 50 are within what is allowed for ${good.length} of ` +
    `${trained.length} methods${good.length > 0 ? `: ${names(good)}` : ""}.**`,
    ...byFloor.length > 0
      ? [
        `Of the ${numbers.length} numbers ${byFloor.length} are so by the one point alone, being ` +
        `farther apart than twice our sd: ${listed(byFloor.map(({ words }) => words))}.`,
      ]
      : [],
    ...alone.length > 0
      ? [`Of a single seed, without an sd, a point is allowed: ${names(alone)}.`]
      : [],
    ...beyond.length > 0 ? [`Beyond it in some metric: ${names(beyond)}.`] : [],
    ...missing.length > 0 ? [`Not trained here yet: ${names(missing)}.`] : [],
  ].join(" "));
}

/** A training by the official code, or by a program after it. */
type OfficialTest = Pick<(typeof official.runs)[number], "method" | "test">;

/** A method that the official code, or a program after it, trained, with our row of it. */
interface BothCodes {
  readonly name: string;
  readonly theirs: readonly OfficialTest[];
  readonly own: Asked | undefined;
  /** whether by the program */
  readonly isFollowed: boolean;
}

function isTrained({ own }: BothCodes): boolean {
  return own !== undefined && own.runs.length > 0;
}

/** Whether it is asked for here, and has no run yet. */
function isMissing({ own }: BothCodes): boolean {
  return own?.runs.length === 0;
}

function methodsOf(results: readonly MainResults[], others: readonly Asked[]): BothCodes[] {
  const theirs: OfficialTest[] = [...official.runs, ...official.followed.runs];
  const byMethod = [...Map.groupBy(theirs, ({ method }) => method.split(" (")[0]!)];
  const rows = [...results.flatMap(({ rows }) => rows), ...others];
  const ofData = rows.filter(({ data }) => data === official.data);
  return byMethod.map(([name, theirs]) => ({
    name,
    theirs,
    own: ofData.find((row) => row.name === name),
    isFollowed: official.followed.runs.some((run) => run.method === name),
  }));
}

/** One metric of both, and whether they are as near as is allowed; null without runs of ours. */
function between({ theirs, own }: BothCodes, [quantity, N, metric]: (typeof compared)[number]) {
  const entry = own && own.runs.length > 0 ? entryOf(own.runs, quantity) : null;
  const official = mean(theirs.map(({ test }) => 100 * test[N][metric]));
  const sd = entry && entry.values.length > 1 ? standardDeviation(entry.values) : null;
  const allowed = Math.max(2 * (sd ?? 0), TOLERANCE);
  const apart = entry && entry.mean - official;
  const within = apart === null ? null : Math.abs(apart) <= allowed;
  return { entry, theirs: official, apart, sd, allowed, within };
}
