/**
 * The configuration of a training: typed, with the reference's values as defaults, and strict: a
 * key that nobody reads is an error. The resolved configuration is saved with the run.
 */
import { z } from "zod";
import { sha256 } from "../base/files.ts";
import type { Dataset } from "../data/interactions.ts";
import type { EngineConfig } from "../engine/engine_config.ts";
import { backendNames } from "../engine/backend_names.ts";
import { modelNames, modelOf } from "../model/registry.ts";
import { complaintAbout } from "./config_complaint.ts";

const count = z.int().positive();

const objectiveSchema = z.strictObject({
  softmax: z.enum(["sampled", "full"]).default("sampled"),
  ihn: z.strictObject({ beta: z.number().nonnegative() }).optional(),
  rr: z.strictObject({
    lambda: z.number().nonnegative(),
    scaling: z.enum(["code", "batch-mean"]).default("code"),
  }).optional(),
}).refine(
  ({ softmax, ihn }) => softmax === "sampled" || ihn === undefined,
  { path: ["ihn"], error: "the full softmax has no sampled negatives that IHN could weight" },
);

const keys = z.strictObject({
  model: z.enum(modelNames as [string, ...string[]]).default("comirec-sa"),
  objective: objectiveSchema.prefault({}),
  B: count.default(128),
  L: count.default(20),
  K: count.optional(),
  S: count.default(1280),
  d: count.multipleOf(4).default(64),
  learningRate: z.number().positive().default(1e-3),
  evaluateEvery: count.default(200),
  patience: count.default(50),
  maxSteps: count.default(1_000_000),
  seed: z.int().default(1),
  backend: z.enum(backendNames).default("auto"),
});

const schema = keys.transform((config) => ({
  ...config,
  K: config.K ?? (modelOf(config.model).singleVector ? 1 : 4),
})).refine(
  ({ model, K }) => K === 1 || !modelOf(model).singleVector,
  { path: ["K"], error: "a model with a single vector has K = 1" },
).refine(
  ({ model, objective }) => objective.rr === undefined || !modelOf(model).singleVector,
  { path: ["objective", "rr"], error: "a model without routing has none to regularize" },
);

/**
 * What may be configured. Sizes B, L, K, S, d as in the paper (K is 4, or 1 for a model with a
 * single vector, unless said otherwise); `evaluateEvery` steps a validation;
 * `patience` validations without a better recall@50 end the training, `maxSteps` at the latest.
 */
export type TrainConfig = z.input<typeof schema>;

/** A configuration with every default filled in. */
export type ResolvedConfig = z.output<typeof schema>;

/**
 * Fills in the defaults and checks every value.
 *
 * @throws {BadInput} naming the key, its value, and what is allowed
 */
export function resolveConfig(config: TrainConfig): ResolvedConfig {
  const complaint = complaintAbout(config, schema, keys);
  if (complaint) throw complaint;
  return schema.parse(config);
}

/** The part of a configuration that an engine computes, for a data set. */
export function engineConfig(config: ResolvedConfig, dataset: Dataset): EngineConfig {
  const { B, L, K, S, d } = config;
  return {
    model: config.model,
    sizes: {
      B,
      L,
      K,
      S: config.objective.softmax === "full" ? 0 : S,
      d,
      itemCount: dataset.itemCount,
    },
    objective: config.objective,
    adam: { learningRate: config.learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  };
}

/**
 * The key of a run: sha256 over configuration, data and seed, first 16 digits. What computes it is
 * left out: a run is the same run on every backend.
 */
export function runKey(config: ResolvedConfig, dataset: Dataset): string {
  const { backend: _, ...what } = config;
  const sorted = JSON.stringify(
    what,
    (_key, value) =>
      value && typeof value === "object"
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1))
        : value,
  );
  return sha256(`${sorted}\n${dataset.hash}`).slice(0, 16);
}

/** What to call a configuration where a person reads it: "REMI (beta 1, lambda 100)". */
export function methodName(
  { model, objective }: Pick<ResolvedConfig, "model" | "objective">,
): string {
  const beta = objective.ihn?.beta ?? 0;
  const lambda = objective.rr?.lambda ?? 0;
  const base = { "comirec-sa": "ComiRec-SA", "youtube-dnn": "YouTube DNN" }[model] ?? model;
  const softmax = objective.softmax === "full" ? ", full softmax" : "";
  if (beta > 0 && lambda > 0 && model === "comirec-sa") {
    return `REMI (beta ${beta}, lambda ${lambda})`;
  }
  const additions = [beta > 0 && ` + IHN (beta ${beta})`, lambda > 0 && ` + RR (lambda ${lambda})`];
  return base + softmax + additions.filter(Boolean).join("");
}
