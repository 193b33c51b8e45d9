/**
 * What an engine may be given. Every engine asks here first, whatever computes it, so that none of
 * them is handed an id that is no row, an empty history, or a number that is not finite.
 */
import { stretches, type Values } from "../base/values.ts";
import { BadInput } from "../base/bad_input.ts";
import { didYouMean } from "../base/did_you_mean.ts";
import type { Batch, Histories } from "../data/batch.ts";
import type { Sizes } from "../data/sizes.ts";
import type { EngineConfig } from "./engine_config.ts";
import type { Parameters, StateInPlace } from "./engine.ts";

/** Numbers that each parameter has, by name: "table" and the dense ones. */
export type ParameterLengths = Readonly<Record<string, number>>;

/** Numbers of one user's noise, by name: what a model would draw and may be given. */
export type NoiseLengths = Readonly<Record<string, number>>;

type Numbers = Float32Array | Uint32Array;

/** A parameter's values, its first and its second moments in a state. */
export const momentNames = ["", ".m", ".v"] as const;

/**
 * Checks a training batch: arrays of the sizes' lengths; histories as {@linkcode checkHistories}
 * has them; targets in 1..itemCount; negatives in 0..itemCount, because the reference draws the
 * padding row too. The full softmax reads no negatives.
 *
 * @throws {BadInput} naming user, position and value
 */
export function checkBatch(
  batch: Batch,
  { sizes, objective }: EngineConfig,
  noise: NoiseLengths = {},
): void {
  const { B, S, itemCount } = sizes;
  checkHistories(batch, sizes, noise);
  checkArray("history lengths", batch.length, B);
  checkArray("targets", batch.target, B);
  for (let b = 0; b < B; b++) {
    const id = batch.target[b]!;
    if (id < 1 || id > itemCount) throw badId(`target of user ${b}`, id, itemCount);
  }
  if (objective.softmax === "full") return;
  checkArray("negatives", batch.negatives, S);
  for (let s = 0; s < S; s++) {
    const id = batch.negatives[s]!;
    if (id < 0 || id > itemCount) throw badId(`negative ${s}`, id, itemCount);
  }
}

/**
 * Checks the histories of any number of users: lengths in 1..L, ids in 1..itemCount up to the
 * length, and 0 after it; of what else models read, sizes, categories, and noise that is finite.
 *
 * @param noise that the model reads
 * @throws {BadInput} naming user, position and value
 */
export function checkHistories(
  histories: Histories,
  sizes: EngineConfig["sizes"],
  noise: NoiseLengths = {},
): void {
  const { history, length, days } = histories;
  const { L, itemCount } = sizes;
  checkArray("history lengths", length, length.length);
  checkArray("history positions", history, length.length * L);
  if (days) checkArray("days", days, length.length * L);
  checkProfile(histories, sizes);
  checkNoise(histories, noise);
  for (let u = 0, at = 0; u < length.length; u++) {
    const n = length[u]!;
    if (n < 1 || n > L) {
      const remedy = `A history has at least 1 item and at most L = ${L}.`;
      throw new BadInput("not in 1..L", `batch: length of user ${u}'s history`, n, remedy);
    }
    for (let l = 0; l < n; l++, at++) {
      const id = history[at]!;
      if (id < 1 || id > itemCount) throw badId(`position ${l} of user ${u}`, id, itemCount);
    }
    for (let l = n; l < L; l++, at++) {
      if (history[at] === 0) continue;
      throw new BadInput(
        `not the padding 0, beyond the history's length ${n}`,
        `batch: position ${l} of user ${u}`,
        history[at],
        "Pad histories with 0 on the right.",
      );
    }
  }
}

/** Categories in 0..categories - 1 of every field. */
function checkProfile({ length, profile }: Histories, { profile: fields }: Sizes): void {
  if (!profile || !fields) return;
  checkArray("profile categories", profile, length.length * fields.length);
  profile.forEach((category, i) => {
    const [u, f] = [Math.floor(i / fields.length), i % fields.length];
    if (category >= 0 && category < fields[f]!) return;
    const remedy = `Its categories are 0..${fields[f]! - 1}.`;
    throw new BadInput("no such category", `batch: field ${f} of user ${u}`, category, remedy);
  });
}

/** Noise that the model reads, of every user, finite. */
function checkNoise({ length, noise = {} }: Histories, lengths: NoiseLengths): void {
  for (const [name, values] of Object.entries(noise)) {
    const where = `batch: noise ${name}`;
    const remedy = "Leave the noise to the model, or give finite numbers.";
    if (!Object.hasOwn(lengths, name)) {
      const known = Object.keys(lengths);
      const what = `the model reads no such noise${didYouMean(name, known)}`;
      const others = known.length > 0 ? `It reads ${known.join(", ")}.` : "It reads none.";
      throw new BadInput(what, where, undefined, others);
    }
    const wanted = length.length * lengths[name]!;
    if (values.length !== wanted) {
      throw new BadInput(`not ${wanted} values`, where, values.length, remedy);
    }
    const at = firstNotFinite(values);
    if (at >= 0) throw new BadInput("not a finite number", `${where} at ${at}`, values[at], remedy);
  }
}

/**
 * Checks an item that somebody names, before it becomes an id of 32 bits.
 *
 * @param least 1, or 0 where the padding item may be named
 * @throws {BadInput} if it is no integer in least..itemCount
 */
export function checkItem(where: string, item: number, itemCount: number, least: 0 | 1 = 1): void {
  if (Number.isInteger(item) && item >= least && item <= itemCount) return;
  throw new BadInput("no such item", where, item, `Items are numbered 1..${itemCount}.`);
}

/**
 * Checks parameters: every name, its length, and finite values.
 *
 * @throws {BadInput} naming the parameter and, of a value, its index
 */
export function checkParameters({ table, dense }: Parameters, lengths: ParameterLengths): void {
  checkArrays("parameter", { ...dense, table }, lengths);
}

/**
 * Checks a state: names, lengths and finite values of parameters and both moments, second moments
 * that are not negative, and rows that were last touched at a step that was taken.
 *
 * @param lengths of the parameters, as for {@linkcode checkParameters}
 * @throws {BadInput} naming the array and, of a value, its index
 */
export function checkState(
  { step, arrays }: StateInPlace,
  lengths: ParameterLengths,
  { itemCount }: EngineConfig["sizes"],
): void {
  if (!Number.isSafeInteger(step) || step < 0) {
    throw new BadInput("not a number of steps", "engine state", step, "Train anew.");
  }
  const ofMoments = Object.entries(lengths).flatMap(([name, length]) =>
    momentNames.map((moment) => [name + moment, length])
  );
  checkArrays("engine state:", arrays, {
    ...Object.fromEntries(ofMoments),
    "table.last": itemCount + 1,
  });
  for (const name of Object.keys(lengths)) {
    refuseValue("negative", `${name}.v`, arrays[`${name}.v`]!, (value) => value < 0);
  }
  refuseValue(`after step ${step}`, "table.last", arrays["table.last"]!, (t) => t > step);
}

function refuseValue(
  what: string,
  name: string,
  values: Values<Numbers>,
  wrong: (value: number) => boolean,
): void {
  const found = firstOf(values, (stretch) => stretch.findIndex(wrong));
  if (!found) return;
  throw new BadInput(what, `engine state: ${name} at ${found.at}`, found.value, "Train anew.");
}

function badId(place: string, id: number, itemCount: number): BadInput {
  const remedy = `Items are numbered 1..${itemCount}; 0 is padding.`;
  return new BadInput("no such item", `batch: ${place}`, id, remedy);
}

/** Integers of 32 bits, as many as the sizes say. */
function checkArray(name: string, array: unknown, length: number): void {
  if (!(array instanceof Int32Array)) {
    const kind = Object.prototype.toString.call(array).slice(8, -1);
    throw new BadInput("not an Int32Array", `batch: ${name}`, kind, "Use Int32Array.from.");
  }
  if (array.length === length) return;
  const remedy = "The engine's sizes are fixed.";
  throw new BadInput(`not ${length}`, `batch: number of ${name}`, array.length, remedy);
}

/** Exactly these arrays, of these lengths, without NaN and infinities. */
function checkArrays(
  what: string,
  arrays: Readonly<Record<string, Values<Numbers>>>,
  lengths: Readonly<Record<string, number>>,
): void {
  for (const [name, length] of Object.entries(lengths)) {
    const array = arrays[name];
    if (array?.length === length) continue;
    throw new BadInput(
      array === undefined ? "missing" : `not ${length} values`,
      `${what} ${name}`,
      array?.length ?? "undefined",
      "Make it for the same model and sizes.",
    );
  }
  for (const [name, array] of Object.entries(arrays)) {
    if (!Object.hasOwn(lengths, name)) {
      const known = Object.keys(lengths).join(", ");
      throw new BadInput(`unknown ${what.replace(":", "")}`, what, name, `Known here: ${known}.`);
    }
    const found = firstOf(array, firstNotFinite);
    if (!found) continue;
    throw new BadInput(
      "not a finite number",
      `${what} ${name} at ${found.at}`,
      found.value,
      "Look for a training that has diverged.",
    );
  }
}

/** A value that is looked for in stretches, and where it is. */
function firstOf(
  values: Values<Numbers>,
  indexIn: (stretch: Numbers) => number,
): { readonly at: number; readonly value: number } | null {
  for (const [from, stretch] of stretches(values)) {
    const i = indexIn(stretch);
    if (i >= 0) return { at: from + i, value: stretch[i]! };
  }
  return null;
}

/** Its index; -1 if all are finite. */
function firstNotFinite(array: Numbers): number {
  for (let i = 0; i < array.length; i++) if (!Number.isFinite(array[i])) return i;
  return -1;
}
