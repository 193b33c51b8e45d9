/** What an evaluation measures, and the form its numbers have everywhere. */

/** Metrics at one cut-off N, each a mean over users, in [0, 1]. */
export interface MetricsAt {
  /** hits / number of targets (the reference's definition: duplicates in the target list count) */
  readonly recall: number;
  /** share of users with at least one hit */
  readonly hr: number;
  /** DCG over ranks by score / ideal DCG with min(N, distinct targets) relevant items */
  readonly ndcg: number;
  /** the same DCG over the reference's ideal DCG, which counts the hits only */
  readonly ndcgReference: number;
}

/** Metrics by cut-off: 20 and 50 unless asked otherwise. */
export type Metrics = Readonly<Record<number, MetricsAt>>;
