/**
 * What a configuration trained, as figures and tables call and draw it: nothing else names a
 * method. Its name, colour, marker and dash never change from one figure to the next. The four
 * variants of ComiRec-SA are a ladder of lightness, so that they can be told apart in grey; colours
 * are told apart by colour-blind readers.
 */
// @ts-types="npm:@types/d3-color@3.1.3"
import { hsl, rgb } from "d3-color";
import { modelNames, models } from "../model/registry.ts";
import type { TrainConfig } from "../train/config.ts";

/** What a line or its points are drawn with. */
export interface LineStyle {
  /** as legends and tables call it */
  readonly name: string;
  /** #rrggbb */
  readonly colour: string;
  /** plotly's line dash */
  readonly dash: "solid" | "dash" | "dot" | "dashdot" | "longdash";
  /** plotly's marker symbol */
  readonly symbol: string;
}

/** The remedies that a method adds to its model: "plain" for none, "+IHN", "+RR", "+IHN+RR". */
export type Variant = "plain" | `+${string}`;

/** A method: a model, what is added to it, and over which negatives its softmax runs. */
export interface Method extends LineStyle {
  /** the model's name in configurations */
  readonly model: string;
  readonly variant: Variant;
  readonly softmax: "sampled" | "full";
  /** its place in the house order, in which figures list methods */
  readonly rank: number;
}

/** The part of a configuration that makes a method. */
export type MethodConfig = Pick<TrainConfig, "model" | "options" | "objective">;

/** Methods with a name or a look of their own; REMI is ComiRec-SA with both fixes. */
const houseStyles: Readonly<Record<string, LineStyle>> = {
  "ComiRec-SA": { name: "ComiRec-SA", colour: "#e69f00", dash: "solid", symbol: "diamond" },
  "ComiRec-SA+IHN": { name: "IHN alone", colour: "#cc6677", dash: "dot", symbol: "triangle-up" },
  "ComiRec-SA+RR": { name: "RR alone", colour: "#0f6cb0", dash: "dashdot", symbol: "square" },
  "ComiRec-SA+IHN+RR": { name: "REMI", colour: "#332288", dash: "solid", symbol: "circle" },
  "ComiRec-SA+BaM": {
    name: "ComiRec-SA + BaM",
    colour: "#7b5aa6",
    dash: "longdash",
    symbol: "triangle-down",
  },
  "ComiRec-SA+repel": {
    name: "ComiRec-SA + repel",
    colour: "#a0522d",
    dash: "dot",
    symbol: "pentagon",
  },
  "ComiRec-SA+RR+repel": {
    name: "ComiRec-SA + RR + repel",
    colour: "#1b9e8a",
    dash: "dashdot",
    symbol: "hexagram",
  },
  "YouTube DNN": { name: "YouTube DNN", colour: "#117733", dash: "dash", symbol: "star" },
  "GRU4Rec": { name: "GRU4Rec", colour: "#999933", dash: "dash", symbol: "triangle-left" },
  "MIND": { name: "MIND", colour: "#56b4e9", dash: "solid", symbol: "cross" },
  "MIND, ReLU layer": {
    name: "MIND, ReLU layer",
    colour: "#2a6f97",
    dash: "dash",
    symbol: "cross",
  },
  "ComiRec-DR": { name: "ComiRec-DR", colour: "#882255", dash: "solid", symbol: "bowtie" },
  "PIMI": { name: "PIMI", colour: "#aa4499", dash: "solid", symbol: "triangle-right" },
  "PIMI without time": {
    name: "PIMI without time",
    colour: "#c86dbb",
    dash: "solid",
    symbol: "triangle-right",
  },
  "Re4": { name: "Re4", colour: "#44aa99", dash: "solid", symbol: "hourglass" },
  "UMI": { name: "UMI", colour: "#8a6a00", dash: "solid", symbol: "hexagon" },
  "UMI_HN": { name: "UMI_HN", colour: "#d55e00", dash: "solid", symbol: "hexagram" },
  "Popularity": { name: "Popularity", colour: "#777777", dash: "longdash", symbol: "x" },
};

/** Remedies by their section of the objective, in the order in which a variant lists them. */
const remedies: Readonly<Record<string, { readonly name: string; readonly strength: string }>> = {
  ihn: { name: "IHN", strength: "beta" },
  rr: { name: "RR", strength: "lambda" },
  repel: { name: "repel", strength: "lambda" },
};

/** Ways to select the interest that a target trains. */
const selections: Readonly<Record<string, string>> = {
  "hard": "hard readout",
  "bam": "BaM",
  "per-item": "per-item maximum",
};

/** A part of an objective that may be left out. */
type Section = Readonly<Record<string, unknown>>;

/** A remedy that is at work in an objective. */
interface Added {
  readonly name: string;
  /** "lambda 100" */
  readonly strength: string;
}

/**
 * The method of a configuration. One that has no style of its own gets one: the hue and the symbol
 * say the model, lightness and dash the variant.
 */
export function methodOf({ model = "comirec-sa", options, objective = {} }: MethodConfig): Method {
  const added = addedTo(model, objective).map(({ name }) => name);
  const variant: Variant = added.length > 0 ? `+${added.join("+")}` : "plain";
  const title = titleOf(model, options ?? {});
  const style = houseStyles[[title, ...added].join("+")] ?? derivedStyle(title, added);
  const softmax = objective.softmax ?? "sampled";
  const full = {
    name: `${style.name}, full softmax`,
    dash: "dash",
    symbol: "circle-open",
  } as const;
  return {
    ...style,
    ...(softmax === "full" ? full : {}),
    model,
    variant,
    softmax,
    rank: rankOf(model, added),
  };
}

/** The method with its strengths: "REMI (beta 1, lambda 100)". */
export function methodInWords(config: MethodConfig): string {
  const { name, model } = methodOf(config);
  const strengths = addedTo(model, config.objective ?? {}).map(({ strength }) => strength)
    .filter((strength) => strength !== "");
  return strengths.length > 0 ? `${name} (${strengths.join(", ")})` : name;
}

/** Those of some runs, or of their snapshots, that trained the method of this name. */
export function ofMethod<T extends { readonly config: MethodConfig }>(
  runs: readonly T[],
  name: string,
): T[] {
  return runs.filter(({ config }) => methodOf(config).name === name);
}

/** By their methods in the house order; those of one method as they were. */
export function inHouseOrder<T>(items: readonly T[], configOf: (item: T) => MethodConfig): T[] {
  const rank = (item: T) => methodOf(configOf(item)).rank;
  return items.toSorted((a, b) => rank(a) - rank(b));
}

/** What a reader calls a model with its options; a model that is not registered has its name. */
function titleOf(name: string, options: Readonly<Record<string, unknown>>): string {
  const model = models.find((model) => model.name === name);
  if (!model) return name;
  const own = model.options.safeParse(options);
  return model.title(own.success ? own.data : model.options.parse({}));
}

/** The remedies at work: a section of the objective each; one of strength 0 is none. */
function addedTo(model: string, objective: NonNullable<MethodConfig["objective"]>): Added[] {
  const usual = models.find(({ name }) => name === model)?.selection ?? "hard";
  const { selection = usual } = objective;
  const sections = Object.entries<unknown>(objective).filter((entry): entry is [string, Section] =>
    entry[1] !== null && typeof entry[1] === "object"
  );
  const places = Object.keys(remedies);
  const place = (key: string) => places.includes(key) ? places.indexOf(key) : places.length;
  const inOrder = sections.sort(([a], [b]) => place(a) - place(b));
  const added = inOrder.flatMap(([key, section]): (Added & { readonly key: string })[] => {
    const { name, strength } = remedies[key] ?? { name: key.toUpperCase(), strength: "" };
    if (section[strength] === 0) return [];
    const settings = Object.entries(section).filter(([, value]) => value !== "code");
    return [{ key, name, strength: settings.map(([key, value]) => `${key} ${value}`).join(", ") }];
  });
  if (selection === usual) return added;
  const chosen = { key: "selection", name: selections[selection] ?? selection, strength: "" };
  const at = added.findIndex(({ key }) => place(key) >= places.indexOf("repel"));
  return added.toSpliced(at < 0 ? added.length : at, 0, chosen);
}

/** Models as they are registered, then those that are not; of each its variants. */
function rankOf(model: string, added: readonly string[]): number {
  const at = modelNames.indexOf(model);
  return (at < 0 ? modelNames.length : at) * 100 + rungOf(added);
}

/** The place of a variant among those of its model: 0 to 3 for none, IHN, RR, both. */
function rungOf(added: readonly string[]): number {
  return added.reduce((sum, name) => sum + ({ IHN: 1, RR: 2 }[name] ?? 4), 0);
}

const symbols = ["cross", "pentagon", "hexagram", "triangle-down", "hourglass", "x", "bowtie"];

const dashes = ["solid", "dot", "dashdot", "longdash"] as const;

/** A style for a method without one: the model's own hue, lighter or darker for its variants. */
function derivedStyle(title: string, added: readonly string[]): LineStyle {
  const number = [...title].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) >>> 0, 7);
  const base = houseStyles[title] ?? {
    colour: hsl((number * 137.508) % 360, 0.6 + (number % 5) / 20, 0.45).formatHex(),
    dash: "solid",
    symbol: symbols[number % symbols.length]!,
  };
  const rung = rungOf(added);
  const colour = rgb(base.colour);
  const shades = [colour, colour.brighter(0.9), colour.darker(0.7), colour.darker(1.5)];
  return {
    name: [title, ...added].join(" + "),
    colour: (shades[rung] ?? colour.darker(1.5 + rung / 8)).formatHex(),
    dash: rung === 0 ? base.dash : dashes[rung % dashes.length]!,
    symbol: base.symbol,
  };
}
