/** The sizes of models and batches; symbols as in the paper, the same everywhere. */

/** Sizes of a model and its batch. */
export interface Sizes {
  /** users in a batch */
  readonly B: number;
  /** history length */
  readonly L: number;
  /** interests of a user; 1 for a single-vector model */
  readonly K: number;
  /** negatives, shared by the batch */
  readonly S: number;
  /** embedding size */
  readonly d: number;
  /** items are numbered 1..itemCount, the table has itemCount + 1 rows */
  readonly itemCount: number;
  /** the number of categories of every field of the users' profiles, where the model reads them */
  readonly profile?: readonly number[];
}
