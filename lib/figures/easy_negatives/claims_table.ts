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
  "yes": "yes",
  "no": "no, the reverse",
  "undecided": "the seeds do not tell",
  "one seed: yes": "open (one seed: yes)",
  "one seed: no": "open (one seed: no)",
  "unknown": "not recorded yet",
};

/**
 * A table of claims about easy negatives, a row a claim and a data set. A claim holds if the seeds
 * of both sides lie apart in its direction; one seed a side supports nothing.
 */
export function easyNegativesClaims(byData: readonly EasyNegativesRuns[]): Table {
  const rows = byData.flatMap((runs) => {
    const data = [...runs.interests, ...runs.negatives][0]?.data.name ?? "";
    return claimsOf(runs).map((claim) => rowOf(claim, data));
  });
  const runs = byData.flatMap(({ interests, negatives }) => [...interests, ...negatives]);
  return table(rows, {
    caption: "What the recorded runs say, means with their range over seeds",
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
