/** The kinds of things that cells hand around: how they are told apart, what they are called. */
import type { Dataset, Interactions } from "../data/interactions.ts";
import type { RunSnapshots } from "../results/snapshots.ts";
import type { Run } from "../train/run.ts";
import { TrainedModel } from "../train/trained_model.ts";

/** Whether a value is an object with these keys. */
export function has(value: unknown, ...keys: readonly string[]): boolean {
  return typeof value === "object" && value !== null && keys.every((key) => key in value);
}

/** Whether a value is the record of a training. */
export function isRun(value: unknown): value is Run {
  return has(value, "key", "config", "test", "steps", "bestStep");
}

/** Whether a value is a model with parameters. */
export function isModel(value: unknown): value is TrainedModel {
  return value instanceof TrainedModel;
}

/** Whether a value is a data set with its splits. */
export function isDataset(value: unknown): value is Dataset {
  return has(value, "train", "valid", "test", "itemCount", "hash");
}

/** Whether a value is one split of a data set. */
export function isInteractions(value: unknown): value is Interactions {
  return has(value, "offsets", "items");
}

/** Whether a value is the snapshots of one training. */
export function isSnapshots(value: unknown): value is RunSnapshots {
  return has(value, "key", "config", "snapshots");
}

/** Whether a value is a promise, of this realm or another. */
export function isPromise(value: unknown): boolean {
  return has(value, "then") && typeof (value as { then: unknown }).then === "function";
}

/** What a value is, where a person reads it: "a trained model", "a list whose first is a run". */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) {
    return value.length === 0 ? "an empty list" : `a list whose first is ${kindOf(value[0])}`;
  }
  if (typeof value === "function") return "a function";
  if (typeof value !== "object") return `a ${typeof value}`;
  if (isPromise(value)) return "a promise";
  if (isModel(value)) return "a trained model";
  if (isSnapshots(value)) return "the snapshots of a training";
  if (isRun(value)) return "a run";
  if (isDataset(value)) return "a data set";
  if (isInteractions(value)) return "a split of a data set";
  if (has(value, "model", "snapshots")) return "a watched training, { model, snapshots }";
  if (has(value, "data", "layout", "alt")) return "a figure";
  if (has(value, "toHtml", "toCsv")) return "a table";
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name}`;
  const keys = Object.keys(value);
  const some = keys.length > 4 ? `${keys.slice(0, 4).join(", ")}, …` : keys.join(", ");
  return keys.length === 0 ? "an empty object" : `an object { ${some} }`;
}
