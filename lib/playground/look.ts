/** A look at a held-out user: routing, the next item, what the selected interest makes of it. */
import type { Values } from "../base/values.ts";
import { effectiveItems } from "../analyze/routing_collapse.ts";
import {
  effectiveNumber,
  hardForUserEasyForInterest,
  negativeGradient,
} from "../analyze/easy_negatives.ts";
import { HARD_AND_EASY } from "../analyze/measures.ts";
import { gatherRows, scoresOf, vectorsByUser } from "../analyze/scores.ts";
import type { UserInterests } from "../engine/engine.ts";
import type { EvaluationCases } from "../evaluate/cases.ts";

/** What is looked at. */
export interface Seen {
  /** users first.. of them */
  readonly cases: EvaluationCases;
  /** the first user whose interests are here */
  readonly first: number;
  /** [U, K, d] and [U, K, L] */
  readonly users: UserInterests;
  /** [itemCount + 1, d] */
  readonly table: Values<Float32Array>;
  readonly itemCount: number;
  /** of the training's objective */
  readonly beta: number;
  readonly S: number;
}

/** One user, in numbers. */
export interface Look {
  /** [K][d] */
  readonly vectors: readonly Float32Array[];
  /** [n] items, oldest first */
  readonly history: readonly number[];
  /** [K][n] */
  readonly routing: readonly (readonly number[])[];
  /** [K] exp(entropy) of the routing, in items */
  readonly effective: readonly number[];
  /** the next item */
  readonly target: number;
  /** the interest nearest to it, from 0 */
  readonly selected: number;
  /** x_+ */
  readonly positive: number;
  /** [K][itemCount - 1] scores of all items but the target, in their order */
  readonly scores: readonly Float64Array[];
  /** [itemCount - 1] gradient by the selected interest's scores, with sum 1 */
  readonly weights: Float64Array;
  /** the effective number of negatives */
  readonly effectiveNegatives: number;
  /** of the tenth hardest for the user, the share that is easy for the selected interest */
  readonly hidden: number;
}

/** Looks at every user of which there are interests; all items but the target are negatives. */
export function looks({ cases, first, users, table, itemCount, beta, S }: Seen): Look[] {
  const { L } = cases;
  const { K, interests, routing } = users;
  const d = table.length / (itemCount + 1);
  const rows = gatherRows(table, Int32Array.from({ length: itemCount }, (_, i) => i + 1), d);
  return vectorsByUser(interests, K, d).map((vectors, u) => {
    const n = cases.length[first + u]!;
    const history = [...cases.history.subarray((first + u) * L, (first + u) * L + n)];
    const own = vectors.map((_, k) => [...routing!.subarray((u * K + k) * L, (u * K + k) * L + n)]);
    const target = cases.targets(first + u)[0]!;
    const all = vectors.map((vector) => scoresOf(vector, rows)); // [K][itemCount]
    const positives = all.map((x) => x[target - 1]!);
    const positive = Math.max(...positives);
    const selected = positives.indexOf(positive);
    const scores = all.map((x) => x.filter((_, i) => i !== target - 1));
    const { weights } = negativeGradient(scores[selected]!, positive, beta, S);
    return {
      ...{ vectors, history, routing: own, target, selected, positive, scores, weights },
      effective: own.map(effectiveItems),
      effectiveNegatives: effectiveNumber(weights),
      hidden: hardForUserEasyForInterest(scores, selected, HARD_AND_EASY),
    };
  });
}
