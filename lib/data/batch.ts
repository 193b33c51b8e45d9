/**
 * What one training step works on. Symbols as everywhere in the library:
 * B users in a batch, L positions of a history, S negatives, K interests, d embedding size.
 */

/** Histories of B users, padded on the right. */
export interface Histories {
  /** [B, L] item ids, oldest first, 0 after the last real one */
  readonly history: Int32Array;
  /** [B] number of real positions, 1..L */
  readonly length: Int32Array;
}

/** One training batch; the negatives are shared by all its users, as in the reference. */
export interface Batch extends Histories {
  /** [B] the item that follows each history */
  readonly target: Int32Array;
  /** [S] uniform draws from the catalogue, with replacement */
  readonly negatives: Int32Array;
}
