/** The kinds of options that cells give, beside those of arguments. */
import { isFunction, isList, isPlain, type Kind } from "./argument_kinds.ts";
import { has } from "./kinds.ts";

/** What the function checks itself, against a list of names. */
export const itself: Kind = { name: "anything", is: () => true, remedy: "" };
/** True or false. */
export const flag: Kind = {
  name: "true or false",
  is: (value) => typeof value === "boolean",
  remedy: "Write true or false, without quotes.",
};
/** A size. */
export const size = whole("a whole number from 1 on", 1);
/** A place in a list. */
export const place = whole("a whole number from 0 on", 0);
/** A seed. */
export const seed = whole("a whole number", -Number.MAX_SAFE_INTEGER);
/** A finite number. */
export const finite: Kind = {
  name: "a finite number",
  is: Number.isFinite,
  remedy: "For example 0.5.",
};
/** A duration. */
export const seconds: Kind = {
  name: "a number of seconds, 0 or more",
  is: (value) => typeof value === "number" && value >= 0,
  remedy: "For example 20.",
};
/** A file or folder; one without a name would be the folder that a program runs in. */
export const path: Kind = {
  name: "a path",
  is: (value) => typeof value === "string" && value.trim() !== "",
  remedy: 'Write it in quotes, such as "../results/mine".',
};
/** A text, or null for none. */
export const textOrNull: Kind = {
  name: "a text, or null",
  is: (value) => value === null || typeof value === "string",
  remedy: "Write it in quotes.",
};
/** A list of texts. */
export const words: Kind = {
  name: "a list of texts",
  is: isListOfTexts,
  remedy: 'For example ["first", "second"].',
};
/** An id of a user or an item. */
export const id: Kind = {
  name: "an id, a text or a number",
  is: isId,
  remedy: "Give the source's own id, in quotes or as a number.",
};
/** A list of ids. */
export const ids: Kind = {
  name: "a list of items, oldest first",
  is: (value) => isList(value, isId),
  remedy: 'For example ["shoe", "sock"].',
};
/** A list of functions that measure something. */
export const probes: Kind = {
  name: "a list of functions",
  is: (value) => isList(value, isFunction),
  remedy: "A probe is a function of the engine that returns measures.",
};
/** Where finished trainings are recorded. */
export const recordPlace: Kind = {
  name: "an object { ready, record } of functions",
  is: (value) => hasFunctions(value, "ready", "record"),
  remedy: "Leave it out, and the training is recorded nowhere.",
};
/** What a thing is shown by. */
export const frontend: Kind = {
  name: "the running notebook, or null for the terminal",
  is: (value) => value === null || hasFunctions(value, "broadcast"),
  remedy: "Leave it out for the running notebook.",
};
/** Digits after the point. */
export const digits: Kind = {
  name: "a number of digits from 0 to 20",
  is: (value) => Number.isInteger(value) && value as number >= 0 && value as number <= 20,
  remedy: "For example 2.",
};
/** Digits after the point, for all columns or by column. */
export const digitsByColumn: Kind = {
  name: "a number of digits from 0 to 20, or an object of such by column",
  is: (value) => digits.is(value) || (isPlain(value) && Object.values(value).every(digits.is)),
  remedy: "For example 2, or { recall: 1 }.",
};
/** Columns that are folded away. */
export const folding: Kind = {
  name: "an object { summary, columns } of a text and a list of texts",
  is: (value) =>
    isPlain(value) && typeof value.summary === "string" && isListOfTexts(value.columns),
  remedy: 'For example { summary: "Hit rates", columns: ["HR@20"] }.',
};

function whole(name: string, least: number): Kind {
  return {
    name,
    is: (value) => Number.isSafeInteger(value) && value as number >= least,
    remedy: "For example 7.",
  };
}

function isId(value: unknown): boolean {
  return ["string", "number", "bigint"].includes(typeof value);
}

function isListOfTexts(value: unknown): boolean {
  return isList(value, (item) => typeof item === "string");
}

function hasFunctions(value: unknown, ...keys: readonly string[]): boolean {
  return has(value) && keys.every((key) => isFunction((value as Record<string, unknown>)[key]));
}
