/**
 * What a search needs, and how interests are laid out for it.
 *
 * A tile is four interests. With K of 1 or 2 a tile holds 4 or 2 users, otherwise a user takes
 * ceil(K / 4) tiles, where the last interest is repeated to fill the last one (a maximum does not
 * mind). A unit is what is searched together: a tile of small users, or all tiles of one user.
 *
 * A tile's codes are [d / 4][4 interests][4 dimensions] of code + 64, in 1..127.
 * A tile's constants are four times four float32, one an interest:
 *
 *     0  threshold  min(inverse * the user's N-th best score, 1e38)
 *    16  rounding   |residual| + ROUNDING * |X|, X = inverse * interest
 *    32  length     |codes|
 *    48  inverse    the factor from interests to codes
 */
/** Bytes of a tile's constants. */
export const CONSTANTS: usize = 64;

/** Units that are searched side by side, so that a panel is used often while it is near. */
export const BLOCK: i32 = 64;

@unmanaged
/** Everything a search reads and writes; addresses, sizes. Filled in by the caller. */
export class Search {
  // the catalogue
  rows: usize; // [itemCount, d] f32, embeddings by falling norm
  norms: usize; // [itemCount] f32, by item - 1
  order: usize; // [itemCount] u32, items by falling norm
  panels: usize; // retrieval_catalogue.ts
  places: usize; // [itemCount] u32, by item - 1: where the item is in the order
  itemCount: i32;
  d: i32;
  // the question
  interests: usize; // [users, K, d] f32
  users: i32;
  K: i32;
  N: i32;
  excludedEnds: usize; // [users + 1] u32: user u's are excluded[ends[u]..ends[u + 1])
  excluded: usize; // u32, rising within a user
  wantedEnds: usize; // [users + 1] u32, the same for the items that matter; 0 if all do
  wanted: usize; // u32
  // scratch, each part used by the thread that searches for its users
  codes: usize; // [tiles, d / 4, 4, 4] i8
  constants: usize; // [tiles, 16] f32
  lengths: usize; // [users] f32, the largest norm of a user's interests
  ceilings: usize; // [users] f32, the best score of a wanted item; infinite if all items matter
  next: i32; // the first unit that no thread has taken yet
  // the answer
  best: usize; // [users, N] (f32 score, u32 item), best first

  /** Tiles of a unit. */
  get tiles(): i32 {
    return (this.K + 3) >> 2;
  }

  /** Users of a unit. */
  get usersOfUnit(): i32 {
    return this.K == 1 ? 4 : this.K == 2 ? 2 : 1;
  }

  /** Interests that a user fills in the tiles of a unit. */
  get rowsOfUser(): i32 {
    return this.K <= 2 ? this.K : this.tiles << 2;
  }

  /** The norm of the item at a place of the order. */
  norm(place: i32): f32 {
    const item = load<u32>(this.order + (<usize>place << 2));
    return load<f32>(this.norms + (<usize>(item - 1) << 2));
  }

  /** Where interest k of a user is; of the last one if k is too large. */
  interest(user: i32, k: i32): usize {
    return this.interests + (<usize>(user * this.K + min(k, this.K - 1)) * this.d << 2);
  }

  /** The heap of a user. */
  heap(user: i32): usize {
    return this.best + (<usize>user * this.N << 3);
  }

  /** The score a new item must reach. */
  threshold(user: i32): f32 {
    return load<f32>(this.heap(user));
  }

  /** Brings a user's threshold into the constants of its rows. */
  raiseThreshold(user: i32, threshold: f32): void {
    const rows = this.rowsOfUser;
    for (let i = 0; i < rows; i++) {
      const row = user * rows + i;
      const constants = this.constants + <usize>(row >> 2) * CONSTANTS + (<usize>(row & 3) << 2);
      store<f32>(constants, min(threshold * load<f32>(constants, 48), <f32>1e38));
    }
  }
}
