/** A training's configuration as the options of a command line, both ways. */
import { BadInput } from "../base/bad_input.ts";
import { optionArguments } from "../base/command_line.ts";
import { decimal, integer } from "../base/number_text.ts";
import { resolveConfig, type ResolvedConfig, type TrainConfig } from "./config.ts";

const text = { type: "string" } as const;

/** The options that make a configuration, in the form `parseArgs` of node:util takes. */
export const configOptions = {
  model: text,
  options: text,
  selection: text,
  repel: text,
  ihn: text,
  rr: text,
  "rr-scaling": text,
  softmax: text,
  seed: text,
  B: text,
  L: text,
  K: text,
  S: text,
  d: text,
  "learning-rate": text,
  "evaluate-every": text,
  "validation-users": text,
  patience: text,
  "max-steps": text,
  backend: text,
} as const;

/** Options whose numbers need not be whole. */
const real: ReadonlySet<string> = new Set(["repel", "ihn", "rr", "learning-rate"]);

/** What was given for the options. */
export type ConfigValues = Readonly<Partial<Record<keyof typeof configOptions, string>>>;

/**
 * The options as a configuration; values out of range are found when it is resolved.
 *
 * @param historyLength the data set's L, unless the options say otherwise
 * @throws {BadInput} for what should be a number and is none
 */
export function configFromOptions(values: ConfigValues, historyLength: number): TrainConfig {
  const number = (name: keyof ConfigValues): number | undefined => {
    const value = values[name];
    if (value === undefined) return undefined;
    return (real.has(name) ? decimal : integer)(value, `--${name}`);
  };
  const [beta, lambda, repel] = [number("ihn"), number("rr"), number("repel")];
  const config = {
    model: values.model,
    ...(values.options !== undefined && { options: modelOptionsFrom(values.options) }),
    objective: {
      softmax: values.softmax,
      ...(values.selection !== undefined && { selection: values.selection }),
      ...(repel !== undefined && { repel: { lambda: repel } }),
      ...(beta !== undefined && { ihn: { beta } }),
      ...(lambda !== undefined && { rr: { lambda, scaling: values["rr-scaling"] } }),
    },
    B: number("B"),
    L: number("L") ?? historyLength,
    K: number("K"),
    S: number("S"),
    d: number("d"),
    learningRate: number("learning-rate"),
    evaluateEvery: number("evaluate-every"),
    validationUsers: number("validation-users"),
    patience: number("patience"),
    maxSteps: number("max-steps"),
    seed: number("seed"),
    backend: values.backend,
  };
  return config as TrainConfig;
}

/** "relu=true,span=9" as { relu: true, span: 9 } */
function modelOptionsFrom(text: string): Record<string, unknown> {
  const options = new Map<string, unknown>();
  for (const part of text.split(",")) {
    const [, name, value] = /^(\w+)=(\S(?:.*\S)?)$/.exec(part) ?? [];
    if (name === undefined || value === undefined || name === "__proto__") { // no setting's name
      throw new BadInput("not name=value", "--options", part, "Such as relu=true,span=9.");
    }
    if (options.has(name)) {
      throw new BadInput("given twice", `--options ${name}`, text, "Leave one of them out.");
    }
    const isNumber = /^[-+.]?\d/.test(value);
    options.set(name, isNumber ? decimal(value, `--options ${name}`) : literal(value));
  }
  return Object.fromEntries(options);
}

function literal(value: string): unknown {
  return value === "true" || value === "false" ? value === "true" : value;
}

/**
 * The options that give a configuration, those at their defaults left out: what a reader types to
 * train the same.
 *
 *     optionsOf(remi, 20)  // ["--ihn", "0.1", "--rr", "100", "--seed", "1"]
 *
 * @param historyLength the data set's L, which need not be said
 */
export function optionsOf(config: ResolvedConfig, historyLength: number): string[] {
  const { objective } = config;
  const usual = resolveConfig({ model: config.model, L: historyLength });
  const differing = Object.entries(config.options ?? {})
    .filter(([name, value]) => value !== usual.options?.[name]);
  const said: Partial<Record<keyof ConfigValues, string | number>> = {
    ...(config.model !== resolveConfig({}).model && { model: config.model }),
    ...(differing.length > 0 && {
      options: differing.map(([name, value]) => `${name}=${value}`).join(","),
    }),
    ...(objective.selection !== usual.objective.selection &&
      { selection: objective.selection ?? "hard" }),
    ...(objective.repel && { repel: objective.repel.lambda }),
    ...(objective.softmax !== "sampled" && { softmax: objective.softmax }),
    ...(objective.ihn && { ihn: objective.ihn.beta }),
    ...(objective.rr && { rr: objective.rr.lambda }),
    ...(objective.rr?.scaling === "batch-mean" && { "rr-scaling": "batch-mean" }),
  };
  for (const [option, key] of numbers) {
    if (config[key] !== usual[key]) said[option] = config[key];
  }
  if (config.backend !== usual.backend) said.backend = config.backend;
  said.seed = config.seed;
  return Object.entries(said).flatMap(([option, value]) => optionArguments(option, value));
}

const numbers = [
  ["B", "B"],
  ["L", "L"],
  ["K", "K"],
  ["S", "S"],
  ["d", "d"],
  ["learning-rate", "learningRate"],
  ["evaluate-every", "evaluateEvery"],
  ["validation-users", "validationUsers"],
  ["patience", "patience"],
  ["max-steps", "maxSteps"],
] as const;
