/**
 * Rankings and targets in the formats of TREC, which other evaluation tools read (trec_eval,
 * ir-measures, ranx). Two things differ from this project's metrics. Their recall has the distinct
 * targets in the denominator, ours all of them, so the two agree for users whose targets do not
 * repeat. Their NDCG (ndcg_cut, nDCG@N) is ours, with one gain a target; their success@N is HR@N.
 */
import type { EvaluationCases } from "./cases.ts";

/**
 * The lines of a run file, a text a user: "user Q0 item rank score tag". The user is its index in
 * the split. The score is N + 1 - rank and not the model's: tools sort by score, and would break
 * ties of the model's scores in another way than by item id.
 *
 * @param ranked [U, N] item ids, best first, 0 where there is none
 * @param tag names the run, without a space
 */
export function* trecRun(
  ranked: Uint32Array,
  N: number,
  { users }: Pick<EvaluationCases, "users">,
  tag: string,
): Generator<string> {
  for (const [u, user] of users.entries()) {
    let lines = "";
    ranked.subarray(u * N, (u + 1) * N).forEach((item, r) => {
      if (item > 0) lines += `${user} Q0 ${item} ${r + 1} ${N - r} ${tag}\n`;
    });
    yield lines;
  }
}

/** The lines of a qrels file, a text a user: "user 0 item 1" for every distinct target. */
export function* trecQrels(cases: EvaluationCases): Generator<string> {
  for (const [u, user] of cases.users.entries()) {
    yield [...new Set(cases.targets(u))].map((item) => `${user} 0 ${item} 1\n`).join("");
  }
}
