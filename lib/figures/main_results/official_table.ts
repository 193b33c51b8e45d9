/** The official code's recall and hit rate beside ours, on the very same split. */
import official from "../../../results/official.json" with { type: "json" };
import { mean, standardDeviation } from "../../base/statistics.ts";
import { runsOf } from "../../compare/asked_rows.ts";
import { entryInWords, entryOf } from "../../compare/entries.ts";
import { type Row, type Table, table } from "../../show/table.ts";
import { signed } from "../../show/theme.ts";
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
 * A row a method and metric: ours as mean ± sd (seeds), the official code's mean, the difference,
 * and what is allowed: twice our sd, or one point if that is more.
 *
 * @param results of {@linkcode mainResults}
 */
export function officialBesideTable(results: readonly MainResults[]): Table {
  const byMethod = [...Map.groupBy(official.runs, ({ method }) => method.split(" (")[0]!)];
  const ofData = results.flatMap(({ rows }) => rows).filter(({ data }) => data === official.data);
  const cells = byMethod.flatMap(([name, theirs]) => {
    const own = ofData.find((row) => row.name === name)?.runs ?? [];
    return compared.map(([quantity, N, metric]): Row => {
      const entry = own.length > 0 ? entryOf(own, quantity) : null;
      const official = mean(theirs.map(({ test }) => 100 * test[N][metric]));
      const sd = entry && entry.values.length > 1 ? standardDeviation(entry.values) : 0;
      const allowed = Math.max(2 * sd, TOLERANCE);
      const apart = entry && entry.mean - official;
      return {
        method: name,
        metric: quantity,
        ours: entry && entryInWords(entry),
        "official (seeds)": `${official.toFixed(1)} (${theirs.length})`,
        difference: apart === null ? null : signed(apart),
        allowed: entry && allowed.toFixed(1),
        within: apart === null ? null : Math.abs(apart) <= allowed ? "yes" : "no",
      };
    });
  });
  return table(cells, {
    caption: `Official code and ours on ${official.data}, test users, %: mean ± sd (seeds); ` +
      "allowed: twice our sd, at least one point",
    ...runsOf(ofData.filter(({ name }) => byMethod.some(([method]) => method === name))),
  });
}
