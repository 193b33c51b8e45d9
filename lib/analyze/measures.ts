/**
 * The measures that a training records at its evaluations: their names and what they mean. All are
 * means over a fixed sample of valid users.
 */

/** What a measure is, for axes and legends. */
export interface MeasureMeaning {
  readonly means: string;
  /** "" for a plain number */
  readonly unit: "" | "items" | "negatives" | "share";
  /** least and largest value; null where the sample or the history decides */
  readonly range: readonly [number, number | null];
}

/** A negative is idle when it has less than this fraction of an equal share of the gradient. */
export const IDLE = 0.1;
/** The hardest negatives whose share of the gradient is recorded. */
export const TOP = 0.01;
/** Hard for the user: the top tenth by max_k x_kj. Easy for the interest: its lower half. */
export const HARD_AND_EASY = { hard: 0.1, easy: 0.5 } as const;
/** A position is seen if an interest gives it at least this fraction of the uniform weight. */
export const SEEN = 0.5;
/** Items in a retrieved list. */
export const LIST = 50;
/** The share of a list from which on it covers a planted interest. */
export const COVERED = 0.1;

const share = { unit: "share", range: [0, 1] } as const;
const negatives = { unit: "negatives", range: [1, null] } as const;
const items = { unit: "items", range: [1, null] } as const;

/**
 * The measures by name. "selected" is the interest nearest to the user's next item, which is the
 * one that is trained (where it is not, as with BaM or UMI, what is about it and the others is
 * absent), "other" the mean over the interests that are not, "single" the mean of a user's
 * interests as the only vector: what the same item embeddings give a user with one vector. (A model
 * trained with K = 1 is another run, whose "selected" is its only vector.) Of the negatives, those
 * that are the target are left out. Measures that need two interests, routing, or a planted truth
 * are absent without.
 */
export const analysisMeasures = {
  "effective-negatives-selected": {
    means: "(sum |w|)^2 / sum w^2 of the gradient w with respect to the negatives' scores; " +
      "all negatives of the sample if their scores are equal, 1 if one carries everything",
    ...negatives,
  },
  "effective-negatives-other": {
    means: "the same, had another interest been selected",
    ...negatives,
  },
  "effective-negatives-single": { means: "the same for the mean of the interests", ...negatives },
  "top-percent-share-selected": {
    means: "gradient carried by the hardest 1 % of the negatives; 0.01 if scores are equal",
    ...share,
  },
  "top-percent-share-other": { means: "the same, had another interest been selected", ...share },
  "top-percent-share-single": { means: "the same for the mean of the interests", ...share },
  "idle-negatives-selected": {
    means: "negatives with less than a tenth of an equal share of the gradient",
    ...share,
  },
  "idle-negatives-other": { means: "the same, had another interest been selected", ...share },
  "idle-negatives-single": { means: "the same for the mean of the interests", ...share },
  "negative-gradient-selected": {
    means: "sum of the gradient over the training's S negatives: 1 - probability of the positive",
    ...share,
  },
  "reversed-gradient-selected": {
    means: "gradient that pushes scores up, through IHN's importance weights; 0 without IHN",
    ...share,
  },
  "hard-for-user-easy-for-selected": {
    means: "of the tenth of the negatives that is hardest for the user (max over interests), " +
      "those in the lower half of the selected interest's scores; 0 for identical interests, " +
      "about (1 - 1/K) / 2 for independent ones",
    ...share,
  },
  "effective-items": {
    means: "exp(entropy) of an interest's routing; 1 if one-hot",
    ...items,
  },
  "effective-items-uniform": {
    means: "the same for uniform routing: the mean length of the histories",
    ...items,
  },
  "largest-weight": { means: "largest routing weight of an interest; 1 if one-hot", ...share },
  "largest-weight-uniform": {
    means: "the same for uniform routing: the mean of 1 / length",
    ...share,
  },
  "history-seen": {
    means: "positions of the history to which some interest gives half of the uniform weight or " +
      "more; 1 if uniform, at most K / length if one-hot",
    ...share,
  },
  "interest-cosine": {
    means: "cosine of two interests of a user; 1 if they are identical, as with uniform routing",
    unit: "",
    range: [-1, 1],
  },
  "interest-cosine-strangers": {
    means: "cosine of interests of two different users, to compare the former with",
    unit: "",
    range: [-1, 1],
  },
  "retrieved-overlap": {
    means: "Jaccard overlap of the 50 items that two interests of a user retrieve; 1 if identical",
    ...share,
  },
  "planted-covered": {
    means: "a user's planted interests that hold a tenth or more of the 50 served items",
    ...share,
  },
  "planted-covered-by": {
    means: "interests of the model whose own 50 items cover a planted interest of the user",
    unit: "",
    range: [0, null],
  },
  "planted-led": {
    means: "a user's planted interests that are the main one of some interest's 50 items; " +
      "at most K / number of planted interests",
    ...share,
  },
  "list-purity": {
    means: "items of an interest's 50 that belong to the planted interest most of them belong to",
    ...share,
  },
} as const satisfies Readonly<Record<string, MeasureMeaning>>;

/** The name of a measure. */
export type AnalysisMeasure = keyof typeof analysisMeasures;
