/** What the playground shows after a step: one user in full, and every item in the plane. */
import { gatherRows } from "../analyze/scores.ts";
import type { Dataset } from "../data/interactions.ts";
import { type Look, looks, type Seen } from "./look.ts";
import { Plane, type Point } from "./planted_plane.ts";

/** One of the items that are no target, as the selected interest sees it. */
export interface FrameNegative {
  readonly item: number;
  /** x_j - x_+ of the selected interest */
  readonly ofSelected: number;
  /** max_k x_kj - x_+ */
  readonly ofUser: number;
  /** its part of the gradient, sum |w| = 1 */
  readonly share: number;
}

/** One user after a step. */
export interface FrameUser {
  readonly user: number;
  /** the planted interests, numbered from 0 as the items' labels do */
  readonly planted: readonly number[];
  /** [n] items, oldest first */
  readonly history: readonly number[];
  /** [K][n] */
  readonly routing: readonly (readonly number[])[];
  /** [K] */
  readonly effectiveItems: readonly number[];
  /** [K] in the plane */
  readonly interests: readonly Point[];
  /** the next item */
  readonly target: number;
  /** the interest nearest to it, from 0 */
  readonly selected: number;
  /** by falling score of the selected interest */
  readonly negatives: readonly FrameNegative[];
  /** effective number of negatives of the selected interest */
  readonly effectiveNegatives: number;
}

/** All that is shown. */
export interface Frame {
  readonly step: number;
  readonly user: FrameUser;
  /** [itemCount + 1] in the plane; index 0 is unused */
  readonly items: readonly Point[];
}

/**
 * Puts a frame together.
 *
 * @param seen with the interests of the one user that is shown
 */
export function frameOf(seen: Seen, { truth }: Dataset, step: number): Frame {
  const { cases, first: user, table, itemCount } = seen;
  const d = table.length / (itemCount + 1);
  const ids = Int32Array.from({ length: itemCount }, (_, i) => i + 1);
  const rows = gatherRows(table, ids, d); // [itemCount, d]
  const plane = new Plane(rows, d, truth!.interestOfItem);
  const look = looks(seen)[0]!;
  const { history, routing, target, selected, effectiveNegatives } = look;
  return {
    step,
    user: {
      ...{ user, history, routing, target, selected, effectiveNegatives },
      planted: [...truth!.interestsOfUser.test[cases.users[user]!]!],
      effectiveItems: look.effective,
      interests: look.vectors.map((vector) => plane.place(vector)),
      negatives: negativesOf(look),
    },
    items: [[0, 0], ...Array.from(ids, (_, i) => plane.place(rows.subarray(i * d, (i + 1) * d)))],
  };
}

function negativesOf({ scores, selected, positive, target, weights }: Look): FrameNegative[] {
  const size = weights.reduce((sum, w) => sum + Math.abs(w), 0);
  return Array.from(scores[selected]!, (x, j) => ({
    item: j + 1 < target ? j + 1 : j + 2,
    ofSelected: x - positive,
    ofUser: Math.max(...scores.map((of) => of[j]!)) - positive,
    share: Math.abs(weights[j]!) / size,
  })).sort((a, b) => b.ofSelected - a.ofSelected);
}
