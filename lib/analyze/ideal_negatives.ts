/**
 * The distribution that IHN aims at, exactly: q_beta(i) ~ exp(beta v_u . e_i) p(i) over a whole
 * catalogue, p uniform. Over all items it is the softmax of beta x.
 */
import { mean } from "../base/statistics.ts";
import type { CatalogueScores } from "./catalogue_scores.ts";
import { effectiveItems } from "./routing_collapse.ts";
import { softmax } from "./softmax.ts";

/** Where the mass of q_beta lies; means over users. */
export interface IdealNegatives {
  readonly beta: number;
  /** [m] mass on the hardest part of the catalogue, for each part asked for */
  readonly massOfHardest: readonly number[];
  /** exp(entropy of q_beta): the catalogue's size for beta = 0, 1 if one item has all */
  readonly effectiveItems: number;
  /** mass on the user's target itself */
  readonly target: number;
  /** mass on the items of the user's planted interests; null without a planted truth */
  readonly own: number | null;
}

/**
 * Measures q_beta for some users.
 *
 * @param parts shares of the catalogue, hardest first, e.g. [0.001, 0.01, 0.1]; one item at least
 */
export function idealNegatives(
  users: readonly CatalogueScores[],
  beta: number,
  parts: readonly number[],
): IdealNegatives {
  const meanOf = (of: (user: CatalogueScores, q: Float64Array) => number) =>
    mean(users.map((user, u) => of(user, qs[u]!)));
  const qs = users.map(({ scores }) => softmax(scores, beta).p); // [U][itemCount]
  const masses = qs.map((q) => massOfHardest(q, parts)); // [U][m]
  const ofOwn = (own: Uint8Array, q: Float64Array) =>
    q.reduce((sum, mass, i) => sum + mass * own[i]!, 0);
  return {
    beta,
    massOfHardest: parts.map((_, i) => mean(masses.map((of) => of[i]!))),
    effectiveItems: meanOf((_, q) => effectiveItems(q)),
    target: meanOf(({ target }, q) => q[target - 1]!),
    own: users.every(({ own }) => own) ? meanOf(({ own }, q) => ofOwn(own!, q)) : null,
  };
}

/** The share of the catalogue that are items of the user's planted interests; mean over users. */
export function ownShare(users: readonly CatalogueScores[]): number | null {
  if (users.some(({ own }) => !own)) return null;
  return mean(users.map(({ own }) => mean(own!)));
}

/** Parts of a catalogue that are among {@linkcode catalogueParts} if they are an item or more. */
export const MARKED_PARTS: readonly number[] = [0.001, 0.01, 0.1];

/**
 * Parts of a catalogue for a curve on a logarithmic axis: 1, 2, 3, … items in growing steps up to
 * all of them, and the marked parts that are an item or more.
 */
export function catalogueParts(itemCount: number): number[] {
  const parts = new Set([...MARKED_PARTS.filter((part) => part * itemCount >= 1), 1]);
  for (let rank = 1; rank < itemCount; rank = Math.ceil(rank * 1.25)) parts.add(rank / itemCount);
  return [...parts].sort((a, b) => a - b);
}

/** q rises with the score, so the hardest items are those with the most mass. */
function massOfHardest(q: Float64Array, parts: readonly number[]): number[] {
  const falling = q.toSorted().reverse();
  let sum = 0;
  const sums = falling.map((mass) => sum += mass);
  return parts.map((part) => sums[Math.max(1, Math.round(part * q.length)) - 1]!);
}
