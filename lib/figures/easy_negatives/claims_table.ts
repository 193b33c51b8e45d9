/** What the recorded runs say about problem 1, as a table of claims. */
import {
  type Claim,
  claimsOf,
  type EasyNegativesRuns,
  type Side,
  type Verdict,
  verdictOf,
} from "../../compare/easy_negatives_claims.ts";
import { type Row, type Table, table } from "../../show/table.ts";
import { recordedKeys } from "../../train/run.ts";

const verdicts: Readonly<Record<Verdict, string>> = {
  "higher": "yes",
  "lower": "no, the reverse",
  "not told apart": "not told apart",
  "too few seeds": "too few seeds",
  "unknown": "not recorded yet",
};

/**
 * A table of claims about easy negatives, a row a claim and a data set. A claim holds if the paired
 * rule says so of the two sides, seed by seed.
 */
export function easyNegativesClaims(byData: readonly EasyNegativesRuns[]): Table {
  const rows = byData.flatMap((runs) => {
    const data = [...runs.interests, ...runs.negatives][0]?.data.name ?? "";
    return claimsOf(runs).map((claim) => rowOf(claim, data));
  });
  const runs = byData.flatMap(({ interests, negatives }) => [...interests, ...negatives]);
  return table(rows, {
    caption: "What the recorded runs say: means with their range, verdicts seed by seed",
    runs: [...new Set(recordedKeys(runs))],
  });
}

function rowOf(claim: Claim, data: string): Row {
  const words = (side: Side | null) => side ? `${side.words}: ${inWords(side)}` : "–";
  return {
    claim: claim.claim,
    data,
    "should be smaller": words(claim.smaller),
    "should be greater": words(claim.greater),
    verdict: verdicts[verdictOf(claim)],
  };
}

/** "274 (260 to 290; 3 seeds)" */
function inWords({ spread: { mean, least, most, n }, digits }: Side): string {
  const [centre, low, high] = [mean, least, most].map((value) => value.toFixed(digits));
  if (n === Infinity) return centre!;
  return n === 1 ? `${centre} (1 seed)` : `${centre} (${low} to ${high}; ${n} seeds)`;
}
