/** What a data set, a model or a run is, in a line or two: what a cell shows of it. */
import {
  besidesInWords,
  type Dataset,
  type Interactions,
  userCount,
} from "../data/interactions.ts";
import { methodInWords } from "../results/method.ts";
import { endingOf, type Run } from "../train/run.ts";
import type { TrainedModel } from "../train/trained_model.ts";
import { isDataset, isInteractions, isModel, isRun } from "./kinds.ts";
import { grouped, percent } from "./theme.ts";

/**
 * Gives data sets, models and runs their summaries, alone, in a list, or in an object of a few.
 *
 * @returns the value itself
 */
export function withSummaries<T>(value: T, depth = 2): T {
  if (typeof value !== "object" || value === null || depth < 0) return value;
  if (isModel(value)) {
    summarise(value, () => modelInWords(value));
    withSummaries(value.run);
    withSummaries(value.dataset);
  } else if (isRun(value)) summarise(value, () => runInWords(value));
  else if (isDataset(value)) {
    summarise(value, () => datasetInWords(value));
    for (const split of [value.train, value.valid, value.test]) withSummaries(split);
  } else if (isInteractions(value)) summarise(value, () => splitInWords(value));
  else if (Array.isArray(value)) value.forEach((item) => withSummaries(item, depth - 1));
  else if (Object.getPrototypeOf(value) === Object.prototype) {
    Object.values(value).forEach((item) => withSummaries(item, depth - 1));
  }
  return value;
}

/** The symbols under which the Deno kernel, and `console.log`, look for what to show. */
const DISPLAY = Symbol.for("Jupyter.display");
const INSPECT = Symbol.for("Deno.customInspect");

/**
 * Gives an object a summary, which is shown in place of all that it holds. Nothing else sees it:
 * it is neither enumerable nor copied nor written to files.
 */
function summarise(object: object, summary: () => string): void {
  const hidden = { enumerable: false, configurable: true, writable: true };
  Object.defineProperties(object, {
    [DISPLAY]: { ...hidden, value: () => ({ "text/plain": summary() }) },
    [INSPECT]: { ...hidden, value: summary },
  });
}

/** "Data set synthetic: 4,000 items; train 16,000 users with 200,000 behaviours; …" */
function datasetInWords(dataset: Dataset): string {
  const { name, itemCount, train, valid, test, split: how } = dataset;
  const splits = Object.entries({ train, valid, test }).map(([split, of]) =>
    `${split} ${count(of)}`
  );
  return `Data set ${name}${splitName(how)}: ${grouped(itemCount)} items; ${splits.join("; ")}; ` +
    besidesInWords(dataset);
}

function splitName(split: string | undefined): string {
  return split === undefined ? "" : `, split ${split}`;
}

/** "Interactions: 16,000 users with 200,000 behaviours" */
function splitInWords(interactions: Interactions): string {
  return `Interactions: ${count(interactions)}`;
}

function count(interactions: Interactions): string {
  return `${grouped(userCount(interactions))} users with ` +
    `${grouped(interactions.items.length)} behaviours`;
}

/** What was trained on what, how it ended, and what it reached. */
function runInWords(run: Run): string {
  const { key, config, data, seed, bestStep, test } = run;
  return `Run ${key}: ${methodInWords(config)}, K = ${config.K}, on ${data.name}${
    splitName(data.split)
  }, seed ${seed}\n` +
    `${endingOf(run)}, best at step ${grouped(bestStep)}; ` +
    `test recall@50 ${percent(test[50]!.recall)} %`;
}

/** The same of a model, and what may be asked of it. */
function modelInWords({ run, config: { K, d } }: TrainedModel): string {
  return `Trained model, K = ${K}, d = ${d}; its methods: interestsOf, recommend, nearest, ` +
    `embedding, save\n${runInWords(run)}`;
}
