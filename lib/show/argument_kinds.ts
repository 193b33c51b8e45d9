/** The kinds of arguments that cells hand to the library: how they are told, how to come by one. */
import { has, isDataset, isInteractions, isModel, isRun, isSnapshots } from "./kinds.ts";

/** A kind of argument. */
export interface Kind {
  /** "a list of runs" */
  readonly name: string;
  is(value: unknown): boolean;
  /** how to come by one */
  readonly remedy: string;
}

/** A list of runs. */
export const runs: Kind = {
  name: "a list of runs",
  is: (value) => Array.isArray(value) && value.length > 0 && value.every(isRun),
  remedy: "For example [first.run, second.run], or await recordedRuns(…).",
};
/** A list of lists of runs. */
export const runLists: Kind = {
  name: "a list of lists of runs",
  is: (value) => Array.isArray(value) && value.every(runs.is),
  remedy: "For example await recordedAblations().",
};
/** The snapshots of a training. */
export const snapshots: Kind = {
  name: "the snapshots of a training",
  is: isSnapshots,
  remedy: "For example (await watch(…))[0].snapshots.",
};
/** A list of the snapshots of trainings. */
export const snapshotLists: Kind = {
  name: "a list of the snapshots of trainings",
  is: (value) => Array.isArray(value) && value.length > 0 && value.every(isSnapshots),
  remedy: "For example (await watch(…)).map(({ snapshots }) => snapshots).",
};
/** A trained model. */
export const model: Kind = {
  name: "a trained model",
  is: isModel,
  remedy: "For example await train(…).",
};
/** An object of trained models by name. */
export const models: Kind = {
  name: "an object of trained models by name",
  is: (value) => has(value) && Object.values(value as object).every(isModel),
  remedy: 'For example { "REMI": remi }.',
};
/** A data set. */
export const dataset: Kind = {
  name: "a data set",
  is: isDataset,
  remedy: 'For example await data("synthetic").',
};
/** A split of a data set. */
export const split: Kind = {
  name: "a split of a data set",
  is: isInteractions,
  remedy: "For example clicks.train.",
};
/** A list of configurations. */
export const configs: Kind = {
  name: "a list of configurations",
  is: (value) => Array.isArray(value),
  remedy: "For example [{ K: 1 }, { K: 4 }].",
};
/** A text. */
export const text: Kind = {
  name: "a text",
  is: (value) => typeof value === "string",
  remedy: "Write it in quotes.",
};
/** A list of names of measures, of at least one. */
export const texts: Kind = {
  name: "a list of names of measures, of at least one",
  is: (value) => isList(value, (item) => typeof item === "string") && !isEmpty(value),
  remedy: 'For example ["effective-items"].',
};
/** A list of rows or a data frame. */
export const rows: Kind = {
  name: "a list of rows or a data frame",
  is: (value) =>
    (Array.isArray(value) && value.every((row) => has(row))) ||
    has(value, "columns", "values"),
  remedy: "For example [{ K: 4, recall: 36.3 }].",
};
/** A list of numbers. */
export const numbers: Kind = {
  name: "a list of numbers",
  is: (value) => ArrayBuffer.isView(value) || isList(value, (item) => typeof item === "number"),
  remedy: "For example [0.1, 0.7, 0.2].",
};
/** A list of lists of numbers, of at least one. */
export const rowsOfNumbers: Kind = {
  name: "a list of lists of numbers, of at least one",
  is: (value) => isList(value, numbers.is) && !isEmpty(value),
  remedy: "For example [[0.1, 0.9], [0.5, 0.5]].",
};
/** A routing's row, or other shares of a whole. */
export const shares: Kind = {
  name: "a list of numbers with sum 1, none below 0",
  is: (value) => numbers.is(value) && areShares(value as ArrayLike<number>),
  remedy: "Divide each by their sum: weights.map((a) => a / sum).",
};
/** A routing, of at least one row. */
export const rowsOfShares: Kind = {
  name: "a list of lists of numbers with sum 1, none below 0, of at least one",
  is: (value) => isList(value, shares.is) && !isEmpty(value),
  remedy: "Divide each row by its sum: row.map((a) => a / sum).",
};
/** A list of routings, each rows of numbers. */
export const listOfRows: Kind = {
  name: "a list of routings, each of rows of numbers",
  is: (value) => isList(value, rowsOfNumbers.is) && !isEmpty(value),
  remedy: "For example [[[0.1, 0.9], [0.5, 0.5]]].",
};
/** A number. */
export const number: Kind = {
  name: "a number",
  is: (value) => typeof value === "number",
  remedy: "For example 0.5.",
};
/** A list of runs, or of the snapshots of trainings. */
export const recorded: Kind = {
  name: "a list of runs, or of the snapshots of trainings",
  is: (value) => isList(value, (item) => isRun(item) || isSnapshots(item)),
  remedy: "For example await recordedRuns(…).",
};
/** An object that names columns. */
export const columns: Kind = {
  name: "an object that names columns",
  is: isPlain,
  remedy: 'For example { user: "user_id", item: "item_id" }.',
};
/** An objective. */
export const objective: Kind = {
  name: "an objective",
  is: isPlain,
  remedy: "For example { rr: { lambda: 100 } }.",
};
/** Options by name. */
export const options: Kind = {
  name: "an object of options",
  is: isPlain,
  remedy: "For example { users: 500 }.",
};
/** A list of lists of items. */
export const sequences: Kind = {
  name: "a list of lists of items",
  is: (value) => isIterable(value) && ![...value].some((sequence) => !isIterable(sequence)),
  remedy: 'For example [["shoes", "socks"], ["shoes"]].',
};

/** A function. */
export const maker: Kind = {
  name: "a function",
  is: isFunction,
  remedy: "For example () => figure.measures(runs).",
};
/** Lists by name. */
export const listsByName: Kind = {
  name: "an object of lists by name",
  is: (value) => isPlain(value) && Object.values(value as object).every(Array.isArray),
  remedy: "For example { MIND: await stoppedGradients(…) }.",
};

/** The same, or nothing. */
export function optional(kind: Kind): Kind {
  return { ...kind, is: (value) => value === undefined || kind.is(value) };
}

/** Whether a value is an object as a cell writes it, `{ … }`. */
export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return has(value) && Object.getPrototypeOf(value) === Object.prototype;
}

/** Whether a value can be called. */
export function isFunction(value: unknown): boolean {
  return typeof value === "function";
}

/** Whether a value is a list of such items. */
export function isList(value: unknown, is: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(is);
}

function isEmpty(value: unknown): boolean {
  return (value as readonly unknown[]).length === 0;
}

/** Rows by hand have two digits, those of recorded snapshots four, and so a sum a little off. */
function areShares(values: ArrayLike<number>): boolean {
  const sum = Array.from(values).reduce((sum, value) => sum + value, 0);
  return Array.from(values).every((value) => value >= 0) &&
    Math.abs(sum - 1) < 0.02 + 5e-5 * values.length;
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return has(value) && Symbol.iterator in (value as object) && !(value instanceof Map);
}

/** The same, of which an example says most. */
export function withExample(example: string, kind: Kind): Kind {
  return { ...kind, remedy: `For example ${example}.` };
}

/** Sizes by their letters. */
export function sizes(...letters: readonly string[]): Kind {
  return {
    name: `an object { ${letters.join(", ")} }`,
    is: (value) => has(value, ...letters),
    remedy: `For example { ${letters.map((letter) => `${letter}: 4`).join(", ")} }.`,
  };
}

/** What is computed beforehand: an object with certain keys. */
export function made(by: string, ...keys: readonly string[]): Kind {
  return {
    name: `an object { ${keys.join(", ")} }`,
    is: (value) => has(value, ...keys),
    remedy: `It comes of ${by}.`,
  };
}

/** A list of what is computed beforehand. */
export function listOf(by: string, ...keys: readonly string[]): Kind {
  return {
    name: `a list of objects { ${keys.join(", ")} }`,
    is: (value) => Array.isArray(value) && value.every((item) => has(item, ...keys)),
    remedy: `They come of ${by}.`,
  };
}
