/** What is wrong with a configuration, in words: the key, its place, and what was meant. */
import { z } from "zod";
import { BadInput } from "../base/bad_input.ts";
import { didYouMean, nearest } from "../base/did_you_mean.ts";

/** Names of methods that are a model with an objective. */
const METHODS: ReadonlyMap<string, string> = new Map(Object.entries({
  remi: 'REMI is model: "comirec-sa" with objective: { ihn: { beta: 1 }, rr: { lambda: 100 } }.',
}));

/** What other libraries call our letters. */
const SYNONYMS: ReadonlyMap<string, string> = new Map(Object.entries({
  batchsize: "B",
  maxlen: "L",
  historylength: "L",
  interests: "K",
  numinterests: "K",
  negatives: "S",
  numnegatives: "S",
  dim: "d",
  embeddingsize: "d",
  lr: "learningRate",
}));

type Path = readonly PropertyKey[];

/** The first thing that is wrong with a configuration, and in its remedy the others. */
export function complaintAbout(
  config: unknown,
  schema: z.ZodType,
  keys: z.ZodObject,
): BadInput | null {
  const [first, ...others] = complaints(config, schema, keys);
  if (!first) return null;
  const also = others.map(({ where, what, value, remedy }) =>
    `Also ${new BadInput(what, where, value, remedy).message}`
  );
  return new BadInput(first.what, first.where, first.value, [first.remedy, ...also].join(" "));
}

interface Complaint {
  readonly where: string;
  readonly what: string;
  readonly value: unknown;
  readonly remedy: string;
}

function complaints(config: unknown, schema: z.ZodType, keys: z.ZodObject): Complaint[] {
  if (config === null || typeof config !== "object" || !isPlain(config)) {
    const what = config instanceof Promise ? "a promise: write await before it" : NOT_AN_OBJECT;
    const value = typeof config === "object" && config ? config.constructor?.name : config;
    return [{ where: "config", what, value, remedy: "Leave it out for the defaults." }];
  }
  const issues = schema.safeParse(config).error?.issues ?? [];
  const unknown = issues.filter((issue) => issue.code === "unrecognized_keys");
  const misspelt = (path: Path) =>
    // what is missing there stands under another name
    at(config, path) === undefined &&
    unknown.some((issue) => named(issue.path) === named(path.slice(0, -1)));
  return [
    ...unknown.flatMap(({ path, keys: names }) =>
      names.flatMap((key) => unknownKey(config, path, key, schema, keys))
    ),
    ...issues.filter((issue) => issue.code !== "unrecognized_keys" && !misspelt(issue.path))
      .map((issue) => wrongValue(config, issue, keys)),
  ];
}

const NOT_AN_OBJECT = "not a configuration such as { K: 4, seed: 1 }";

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  // Notebook cells and JSON share the realm, so that another prototype is another kind of thing.
  return prototype === Object.prototype || prototype === null;
}

function unknownKey(
  config: object,
  path: Path,
  key: string,
  schema: z.ZodType,
  keys: z.ZodObject,
): Complaint[] {
  const value = at(config, [...path, key]);
  const known = Object.keys(shapeAt(keys, path) ?? {});
  const synonym = path.length === 0
    ? SYNONYMS.get(key.toLowerCase().replaceAll(/[-_]/g, ""))
    : null;
  const meant = synonym ? `, did you mean ${synonym}` : didYouMean(key, known);
  const complaint = {
    where: named([...path, key]),
    what: `unknown key: ${key}${meant}`,
    value,
    remedy: known.length > 0 ? `Known here: ${known.join(", ")}.` : "None is known here.",
  };
  const home = meant === "" ? homeOf(key, keys) : null;
  if (!home) return [complaint];
  const moved = complaints(nested(home, value), schema, keys)
    .filter(({ where }) => where.startsWith(named(home))); // what else is wrong with it
  return [
    {
      ...complaint,
      what: `unknown key: ${key}, did you mean ${home.join(".")}`,
      remedy: moved.length > 0 ? `It lives at ${home.join(".")}.` : written(home, value),
    },
    ...moved,
  ];
}

/** Where else a key lives, exactly or nearly. */
function homeOf(key: string, keys: z.ZodObject): string[] | null {
  const paths = pathsOf(keys);
  const names = paths.map((path) => path.at(-1)!);
  const name = names.includes(key) ? key : nearest(key, names);
  return name === null ? null : paths[names.indexOf(name)]!;
}

function wrongValue(config: object, issue: z.core.$ZodIssue, keys: z.ZodObject): Complaint {
  const { path } = issue;
  const value = at(config, path);
  const complaint = { where: named(path), value };
  if (issue.code === "invalid_value") {
    const allowed = issue.values.map(String);
    const method = typeof value === "string" ? METHODS.get(value.toLowerCase()) : undefined;
    const meant = typeof value === "string" && !method ? nearest(value, allowed) : null;
    return {
      ...complaint,
      what: `not one of ${allowed.join(", ")}${meant ? `, did you mean "${meant}"` : ""}`,
      remedy: method ?? written(path, meant ?? allowed[0]),
    };
  }
  if (issue.code === "invalid_type") {
    const what = `${expected(issue.expected)} is expected`;
    return { ...complaint, what, remedy: rightType(path, value, keys) };
  }
  const what = issue.code === "too_small"
    ? `has to be ${issue.inclusive ? "at least" : "above"} ${issue.minimum}`
    : issue.code === "too_big"
    ? `has to be ${issue.inclusive ? "at most" : "below"} ${issue.maximum}`
    : issue.message;
  const remedy = issue.code === "custom"
    ? `Leave ${String(path.at(-1))} out.`
    : "Every key and its default stand in lib/train/config.ts.";
  return { ...complaint, what, remedy };
}

/** What to write in place of a value of the wrong type. */
function rightType(path: Path, value: unknown, keys: z.ZodObject): string {
  const [inner] = Object.keys(shapeAt(keys, path) ?? {});
  if (inner === "softmax") return written(path, { ihn: { beta: 1 }, rr: { lambda: 100 } });
  if (inner !== undefined) {
    const right = written(path, { [inner]: typeof value === "number" ? value : 1 });
    return value === false || value === null ? `${right} Or leave it out.` : right;
  }
  if (typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value))) {
    return `${written(path, Number(value))} Without quotes.`;
  }
  return "Write a number, or leave it out for the default.";
}

/** "Write objective: { ihn: { beta: 1 } }." */
function written(path: Path, value: unknown): string {
  const text = Deno.inspect(nested(path.map(String), value), {
    compact: true,
    breakLength: Infinity,
  });
  return `Write ${text.slice(2, -2)}.`;
}

function expected(type: string): string {
  return { int: "a whole number", number: "a number", object: "an object { … }" }[type] ?? type;
}

function named(path: Path): string {
  return ["config", ...path.map(String)].join(".");
}

function at(config: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown>)?.[key],
    config,
  );
}

/** { objective: { ihn: 1 } } for ["objective", "ihn"] and 1 */
function nested(path: readonly string[], value: unknown): object {
  return path.reduceRight<unknown>((inside, key) => ({ [key]: inside }), value) as object;
}

/** The keys of the object at a path, or undefined where there is none. */
function shapeAt(keys: z.ZodObject, path: Path): z.core.$ZodShape | undefined {
  return path.reduce<z.core.$ZodShape | undefined>(
    (shape, key) => shapeOf(shape?.[String(key)]),
    keys.shape,
  );
}

/** The keys of an object behind defaults and options. */
function shapeOf(type: z.core.$ZodType | undefined): z.core.$ZodShape | undefined {
  if (type instanceof z.ZodObject) return type.shape;
  const wrapped = type instanceof z.ZodOptional || type instanceof z.ZodPrefault ||
    type instanceof z.ZodDefault;
  return wrapped ? shapeOf(type.def.innerType) : undefined;
}

/** Every key with its place, the nearest to the top first. */
function pathsOf(keys: z.ZodObject): string[][] {
  const below = (shape: z.core.$ZodShape, path: readonly string[]): string[][] =>
    Object.entries(shape).flatMap(([key, type]) => {
      const inner = shapeOf(type);
      return [[...path, key], ...(inner ? below(inner, [...path, key]) : [])];
    });
  return below(keys.shape, []).toSorted((a, b) => a.length - b.length);
}
