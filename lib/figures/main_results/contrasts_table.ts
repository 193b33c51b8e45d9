/** What is added to a method, as a table of paired tests and in words. */
import { signed } from "../../base/signed.ts";
import { namedOnce, runsOf } from "../../compare/asked_rows.ts";
import { TESTED, type TestedContrast } from "../../compare/contrasts.ts";
import type { PairedVerdict } from "../../compare/verdict.ts";
import type { Displayable } from "../../show/bundle.ts";
import { markdown } from "../../show/show.ts";
import type { Row, Table } from "../../show/table.ts";
import { listed } from "../../show/theme.ts";
import { HIT_RATES, recordedTable } from "../results/recorded_table.ts";
import { evidenceInWords, gainInWords, MARKS_IN_WORDS } from "../results/verdict_marks.ts";

/**
 * A row a comparison: the mean gain in percentage points of each metric, and the verdict of the
 * paired rule. What has no common seed yet is named under the table.
 *
 * @param plan that records what is missing
 */
export function contrastsTable(contrasts: readonly TestedContrast[], plan: string): Table {
  const rows = contrasts.filter(isThere).map(({ from, to, label, tests }): Row => ({
    data: from.data,
    comparison: label,
    seeds: `${tests["R@50"]!.seeds.length} of ${Math.min(from.declared, to.declared)}`,
    ...Object.fromEntries(TESTED.map((quantity) => [quantity, gainInWords(tests[quantity])])),
  }));
  return recordedTable(rows, {
    caption: [
      "Test users, mean gains over the common seeds in percentage points",
      MARKS_IN_WORDS,
      evidenceInWords(contrasts.map(({ tests }) => tests["R@50"]), "column"),
    ].filter(Boolean).join("; "),
    below: lackingInWords(contrasts, plan),
    folded: { summary: "Hit rates", columns: HIT_RATES },
    ...runsOf(contrasts.flatMap(({ from, to }) => [from, to])),
  });
}

function isThere({ tests }: TestedContrast): boolean {
  return tests["R@50"] !== null;
}

/** Which comparisons have no common seed yet, how many lack some; null if none does. */
export function lackingInWords(contrasts: readonly TestedContrast[], plan: string): string | null {
  const lacking = contrasts.filter(({ from, to, tests }) =>
    (tests["R@50"]?.seeds.length ?? 0) < Math.min(from.declared, to.declared)
  );
  if (lacking.length === 0) return null;
  const named = contrasts.map((contrast) => ({
    name: contrast.label,
    data: contrast.from.data,
    contrast,
  }));
  const none = namedOnce(named, ({ contrast }) => !isThere(contrast));
  return `${lacking.length} of ${contrasts.length} comparisons lack planned seeds` +
    (none ? `. Without any yet: ${none}` : "") +
    `. What is missing: deno task sweep ${plan} --list`;
}

/**
 * What the comparisons say of recall at both cut-offs, a line for everything that is added to one
 * method, computed from the verdicts.
 */
export function contrastsInWords(contrasts: readonly TestedContrast[]): Displayable {
  const byName = Map.groupBy(contrasts, ({ label }) => label);
  const judged = [...byName].filter(([, its]) =>
    its.some(({ tests }) => isJudged(tests["R@50"]?.verdict))
  );
  const lines = judged.map(([name, its]) => {
    const said = (["R@20", "R@50"] as const).map((quantity) =>
      `${quantity.replace("R", "recall")} is ${verdictsInWords(its, quantity)}`
    );
    return `- **${name}**: ${said.join("; ")}.`;
  });
  const open = contrasts.filter(({ tests }) => !isJudged(tests["R@50"]?.verdict)).length;
  const few = `- Too few seeds to judge: ${open} of ${contrasts.length} comparisons.`;
  return markdown([...lines, ...open > 0 ? [few] : []].join("\n"));
}

function isJudged(verdict: PairedVerdict | undefined): boolean {
  return verdict !== undefined && verdict !== "too few seeds";
}

/** "higher on gowalla-lightgcn (+2.1), not told apart on synthetic (+0.3)" */
function verdictsInWords(
  contrasts: readonly TestedContrast[],
  quantity: "R@20" | "R@50",
): string {
  const judged = contrasts.flatMap(({ tests }) =>
    isJudged(tests[quantity]?.verdict) ? tests[quantity]! : []
  );
  const parts = (["higher", "lower", "not told apart"] as const).flatMap((verdict) => {
    const its = judged.filter((test) => test.verdict === verdict);
    const where = its.map(({ data, overSeeds }) => `${data} (${signed(overSeeds.mean)})`);
    return its.length > 0 ? `${verdict} on ${listed(where)}` : [];
  });
  return parts.join(", ");
}
