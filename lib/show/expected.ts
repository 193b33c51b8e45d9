/** What the functions that cells call take first, so that another thing is told at once. */
import { BadInput } from "../base/bad_input.ts";
import {
  has,
  isDataset,
  isInteractions,
  isModel,
  isPromise,
  isRun,
  isSnapshots,
  kindOf,
} from "./kinds.ts";

/** A kind of argument. */
interface Kind {
  /** "a list of runs" */
  readonly name: string;
  is(value: unknown): boolean;
  /** how to come by one */
  readonly remedy: string;
}

const runs: Kind = {
  name: "a list of runs",
  is: (value) => Array.isArray(value) && value.length > 0 && value.every(isRun),
  remedy: "For example [first.run, second.run], or await recordedRuns(…).",
};
const runLists: Kind = {
  name: "a list of lists of runs",
  is: (value) => Array.isArray(value) && value.every(runs.is),
  remedy: "For example await recordedAblations().",
};
const snapshots: Kind = {
  name: "the snapshots of a training",
  is: isSnapshots,
  remedy: "For example (await watch(…))[0].snapshots.",
};
const snapshotLists: Kind = {
  name: "a list of the snapshots of trainings",
  is: (value) => Array.isArray(value) && value.length > 0 && value.every(isSnapshots),
  remedy: "For example (await watch(…)).map(({ snapshots }) => snapshots).",
};
const model: Kind = { name: "a trained model", is: isModel, remedy: "For example await train(…)." };
const models: Kind = {
  name: "an object of trained models by name",
  is: (value) => has(value) && Object.values(value as object).every(isModel),
  remedy: 'For example { "REMI": remi }.',
};
const dataset: Kind = {
  name: "a data set",
  is: isDataset,
  remedy: 'For example await data("synthetic").',
};
const split: Kind = {
  name: "a split of a data set",
  is: isInteractions,
  remedy: "For example clicks.train.",
};
const configs: Kind = {
  name: "a list of configurations",
  is: (value) => Array.isArray(value),
  remedy: "For example [{ K: 1 }, { K: 4 }].",
};
const text: Kind = {
  name: "a text",
  is: (value) => typeof value === "string",
  remedy: "Write it in quotes.",
};
const texts: Kind = {
  name: "a list of names of measures",
  is: (value) => Array.isArray(value) && value.every((item) => typeof item === "string"),
  remedy: 'For example ["effective-items"].',
};
const rows: Kind = {
  name: "a list of rows or a data frame",
  is: (value) => Array.isArray(value) || has(value, "columns", "values"),
  remedy: "For example [{ K: 4, recall: 36.3 }].",
};
const numbers: Kind = {
  name: "a list of numbers",
  is: (value) => Array.isArray(value) || ArrayBuffer.isView(value),
  remedy: "For example [0.1, 0.7, 0.2].",
};

/** What is computed beforehand: an object with certain keys. */
function made(by: string, ...keys: readonly string[]): Kind {
  return {
    name: `an object { ${keys.join(", ")} }`,
    is: (value) => has(value, ...keys),
    remedy: `It comes of ${by}.`,
  };
}

function listOf(by: string, ...keys: readonly string[]): Kind {
  return {
    name: `a list of objects { ${keys.join(", ")} }`,
    is: (value) => Array.isArray(value) && value.every((item) => has(item, ...keys)),
    remedy: `They come of ${by}.`,
  };
}

/** The first arguments of functions by name; a function without an entry takes what it likes. */
const takes: Readonly<Record<string, readonly Kind[]>> = {
  "figure.collapsePlane": [runLists],
  "figure.droppedItems": [listOf("what droppedItems gives", "users")],
  "figure.effectiveNegatives": [runs],
  "figure.effects": [runLists],
  "figure.estimateError": [made("estimateError of hardnessOf", "studies", "S")],
  "figure.favouritePositions": [snapshotLists],
  "figure.gains": [listOf("recordedComparisons", "from", "to")],
  "figure.gradientShares": [made("gradientShares", "byK")],
  "figure.hardAndEasy": [runs],
  "figure.hiddenNegatives": [made("negativesOf", "negatives", "selected", "K")],
  "figure.idealNegatives": [made("idealNegatives of hardnessOf", "levels", "parts")],
  "figure.interests": [made("(await follow(model, { user })).map", "interests", "retrieved")],
  "figure.itemPopularity": [dataset],
  "figure.lambdaPlane": [runs],
  "figure.lambdaTraining": [runs],
  "figure.learningCurves": [runs],
  "figure.margins": [snapshots],
  "figure.measures": [runs, texts],
  "figure.metrics": [runs],
  "figure.outranked": [snapshotLists],
  "figure.penaltyShare": [runs],
  "figure.retrieval": [made("(await follow(model, { user })).retrieval", "byInterest", "targets")],
  "figure.routing": [made("(await follow(model, { user })).routing", "routing", "K")],
  "figure.routingOverTraining": [snapshotLists],
  "figure.sampledNegatives": [runs],
  "figure.sequenceLengths": [dataset],
  "figure.sweep": [runs, made("what to show", "over", "show")],
  collapseTable: [runs],
  cosine: [numbers, numbers],
  data: [text],
  droppedItems: [model],
  effectiveItems: [numbers],
  effectiveNumber: [numbers],
  effectsInWords: [runLists],
  effectsTable: [runLists],
  follow: [model],
  gradientShares: [model],
  hardnessOf: [model],
  historyLengthShares: [split],
  itemLabel: [dataset],
  likedNegatives: [model],
  loadModel: [text],
  markdown: [text],
  negativesOf: [model],
  outrankedTable: [snapshotLists],
  recordedRuns: [text],
  recordedSnapshots: [text],
  resultsTable: [runs],
  runsFrame: [runs],
  runsTable: [runs],
  sampledTable: [runs],
  servedTable: [models],
  switchObjective: [model],
  table: [rows],
  train: [dataset],
  userCount: [split],
  watch: [dataset, configs],
};

/**
 * Refuses promises among a function's arguments, and what it does not take.
 *
 * @param where the function as a cell writes it, "figure.learningCurves"
 * @throws {BadInput} saying what was expected and what was given
 */
export function refuseWrongArguments(where: string, args: readonly unknown[]): void {
  if (where === "checkAnswer") return; // it says in words what is wrong with an answer
  args.forEach((value) => refusePromises(where, value));
  const kinds = takes[where] ?? [];
  kinds.forEach((kind, i) => {
    if (!kind.is(args[i])) refuse(where, kind, args[i]);
  });
}

/** Refuses a promise, in a list or an object too. */
function refusePromises(where: string, value: unknown, depth = 2): void {
  if (isPromise(value)) {
    throw new BadInput(
      "this is a promise: write await before it",
      where,
      undefined,
      "For example `const remi = await train(…);`, or `await recordedRuns(…)`.",
    );
  }
  const open = Array.isArray(value) ||
    (has(value) && Object.getPrototypeOf(value) === Object.prototype);
  if (open && depth > 0) {
    Object.values(value as object).forEach((item) => refusePromises(where, item, depth - 1));
  }
}

function refuse(where: string, kind: Kind, value: unknown): never {
  const what = `takes ${kind.name}, and got ${kindOf(value)}`;
  throw new BadInput(what, where, undefined, hint(kind, value) ?? kind.remedy);
}

/** How what was given leads to what is wanted. */
function hint(kind: Kind, value: unknown): string | null {
  const first = Array.isArray(value) ? value.find((item) => !isRun(item)) : value;
  if (value === undefined || (Array.isArray(value) && first === undefined && value.length > 0)) {
    return `${kind.remedy} What is undefined may be a part of a promise: write await before it.`;
  }
  if (kind === runs) {
    if (isRun(value)) return "Put it in brackets: [run].";
    if (isModel(first)) return "Write .run behind the model: [model.run].";
    if (has(first, "model", "snapshots")) return "Write .model.run behind each that was watched.";
    if (Array.isArray(first)) return "Spread the lists into one: [...first, ...second].";
  }
  if (kind === model) {
    if (isRun(value)) return "A run is the record of a training: give the model, without .run.";
    if (has(value, "model", "snapshots")) return "Write .model behind it.";
  }
  if (kind === snapshotLists && isSnapshots(value)) return "Put it in brackets: [snapshots].";
  if (kind === dataset) {
    if (typeof value === "string") return `Write await data(${JSON.stringify(value)}).`;
    if (isInteractions(value)) return "Give the whole data set, without .train.";
  }
  if (kind === split && isDataset(value)) return "Write .train, .valid or .test behind it.";
  return null;
}
