/** Verdicts as marks in cells of tables. */
import type { PairedTest } from "../../compare/paired_tests.ts";
import type { PairedVerdict } from "../../compare/verdict.ts";
import { signed } from "../../base/signed.ts";

const marks: Readonly<Record<PairedVerdict, string>> = {
  "higher": " ▲",
  "lower": " ▼",
  "not told apart": " ○",
  "too few seeds": "",
};

/** What the marks mean, for captions. */
export const MARKS_IN_WORDS =
  "▲ higher, ▼ lower, ○ not told apart by the paired rule; no mark: fewer than three common seeds";

/** " ▲", " ▼", " ○", or nothing where there is no verdict. */
export function markOf(test: Pick<PairedTest, "verdict"> | null | undefined): string {
  return test ? marks[test.verdict] : "";
}

/** Why a comparison has no test over users. */
const UNRECORDED = "hits of users are not recorded for all seeds of both sides";

/** "+8.2 ▲": the mean gain in percentage points and its verdict; null without a common seed. */
export function gainInWords(test: PairedTest | null): string | null {
  return test && `${signed(test.overSeeds.mean)}${markOf(test)}`;
}

/**
 * Whether the verdicts are over users too, adjusted over a column or a metric of their table, or of
 * seeds alone; null where there is none, for want of seeds.
 */
export function evidenceInWords(
  tests: readonly (PairedTest | null)[],
  over: "column" | "metric",
): string | null {
  const judged = tests.filter((test) => test !== null && test.verdict !== "too few seeds");
  if (judged.length === 0) return null;
  const alone = judged.filter((test) => test!.overUsers === null).length;
  const adjusted = `Holm's adjustment over a ${over}`;
  if (alone === 0) return adjusted;
  return alone === judged.length
    ? `verdicts from seeds alone, without an adjustment: ${UNRECORDED}`
    : `${adjusted}, but ${alone} of ${judged.length} verdicts from seeds alone: ${UNRECORDED}`;
}
