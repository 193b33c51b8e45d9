/** How many users' interests are computed at a time when nothing is trained. */
import type { Sizes } from "../data/sizes.ts";
import type { Model } from "../model/model.ts";

/** At most: more of them make nothing faster. */
const MOST_USERS = 512;

/** Bytes that the users of one go may take, unless a single one takes more. */
const MOST_BYTES = 2 ** 30;

/**
 * So many that the encoder's memories, of 4 GiB each at most, hold what it computes on the way.
 *
 * By this measure a position takes some rows of d for itself, for each interest, and where a model
 * looks at pairs of positions one for each other position: most encoders need far less.
 */
export function usersAtATime({ pairs }: Model, { L, K, d }: Sizes): number {
  const floats = L * d * (16 + 4 * K + (pairs ? L : 0));
  return Math.max(1, Math.min(MOST_USERS, Math.floor(MOST_BYTES / (4 * floats))));
}
