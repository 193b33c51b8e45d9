/**
 * The configuration of a training: typed, with the reference's values as defaults, and strict: a
 * key that nobody reads is an error. The resolved configuration is saved with the run.
 */
import { z } from "zod";
import type { Dataset } from "../data/interactions.ts";
import { type EngineConfig, MOST_BETA } from "../engine/engine_config.ts";
import { backendNames } from "../engine/backend_names.ts";
import { modelNames, modelOf, models } from "../model/registry.ts";
import { DEFAULT_S, defaultRate, wrongCombination } from "./combinations.ts";
import { complaintAbout } from "./config_complaint.ts";
import { forData, needsOf, requireReadable } from "./for_data.ts";

const DEFAULT_MODEL = "comirec-sa";

const count = z.int().positive();

const objectiveSchema = z.strictObject({
  softmax: z.enum(["sampled", "full"]).default("sampled"),
  ihn: z.strictObject({ beta: z.number().nonnegative().max(MOST_BETA) }).optional(),
  rr: z.strictObject({
    lambda: z.number().nonnegative(),
    scaling: z.enum(["code", "batch-mean"]).default("code"),
  }).optional(),
  selection: z.enum(["hard", "bam", "per-item"]).optional(),
  repel: z.strictObject({ lambda: z.number().nonnegative() }).optional(),
});

const keys = z.strictObject({
  model: z.enum(modelNames as [string, ...string[]]).default(DEFAULT_MODEL),
  options: z.record(z.string(), z.unknown()).optional(),
  objective: objectiveSchema.prefault({}),
  B: count.default(128),
  L: count.default(20),
  K: count.optional(),
  S: count.default(DEFAULT_S),
  d: count.multipleOf(4).default(64),
  learningRate: z.number().positive().optional(),
  evaluateEvery: count.default(200),
  validationUsers: count.optional(),
  patience: count.default(50),
  maxSteps: count.default(1_000_000),
  seed: z.int().default(1),
  backend: z.enum(backendNames).default("auto"),
});

const schema = keys.transform(({ options, validationUsers, ...config }, context) => {
  const model = modelOf(config.model);
  const own = model.options.safeParse(options ?? {});
  if (!own.success) {
    for (const issue of own.error.issues) {
      context.issues.push({ ...issue, path: ["options", ...issue.path] } as z.core.$ZodRawIssue);
    }
    return z.NEVER;
  }
  const { selection = model.selection ?? "hard", ...objective } = config.objective;
  const resolved = {
    ...config,
    K: config.K ?? (model.vectors === "one" ? 1 : 4),
    learningRate: config.learningRate ?? defaultRate(model),
    objective: {
      ...objective,
      ...((selection !== "hard" || model.selection) && { selection }),
    },
    ...(Object.keys(own.data).length > 0 && { options: own.data }),
    ...(validationUsers !== undefined && { validationUsers }),
  };
  const wrong = wrongCombination(model, own.data, resolved);
  if (wrong === null) return resolved;
  context.addIssue({ code: "custom", path: wrong.path, message: wrong.why });
  return z.NEVER;
});

/**
 * What may be configured. `options` are the model's own. Sizes B, L, K, S, d as in the paper (K is
 * 4, or 1 for a model with a single vector, unless said otherwise); `learningRate` is 1e-3 unless
 * the model's authors say that it needs another; `evaluateEvery` steps a validation, on
 * `validationUsers` of the valid users (drawn by the seed from a stream of its own, so that every
 * method has the same ones; all unless said otherwise; test metrics are always of all test users);
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
  const complaint = complaintAbout(config, schema, keysFor(config));
  if (complaint) throw complaint;
  return schema.parse(config);
}

/** The keys that may be given, with the options of the model that is asked for. */
function keysFor(config: TrainConfig): z.ZodObject {
  const name = config?.model ?? DEFAULT_MODEL;
  const options = models.find((model) => model.name === name)?.options;
  return options ? keys.extend({ options: options.prefault({}) }) : keys;
}

/** The valid users that validations look at, and the seed that draws them; undefined for all. */
export function validationOf(
  { validationUsers: users, seed }: ResolvedConfig,
): { readonly users: number; readonly seed: number } | undefined {
  return users === undefined ? undefined : { users, seed };
}

/**
 * The part of a configuration that an engine computes, for a data set.
 *
 * @throws {BadInput} if the model reads what the data does not have
 */
export function engineConfig(resolved: ResolvedConfig, dataset: Dataset): EngineConfig {
  const config = forData(resolved, dataset);
  requireReadable(config, dataset);
  const { B, L, K, S, d } = config;
  const profiles = needsOf(config).profile && dataset.profiles;
  return {
    model: config.model,
    ...(config.options && { options: config.options }),
    sizes: {
      B,
      L,
      K,
      S: config.objective.softmax === "full" ? 0 : S,
      d,
      itemCount: dataset.itemCount,
      ...(profiles && { profile: profiles.map(({ categories }) => categories.length) }),
    },
    objective: config.objective,
    adam: { learningRate: config.learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    seed: config.seed,
  };
}
