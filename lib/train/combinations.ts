/** Which settings do not go together, and why. */
import type { ObjectiveConfig } from "../engine/engine_config.ts";
import type { Model, Options } from "../model/model.ts";

/** A setting that the others leave no sense to. */
export interface WrongCombination {
  /** the key in the configuration */
  readonly path: string[];
  /** a sentence for the reader */
  readonly why: string;
}

/** Negatives of a batch, unless said otherwise. */
export const DEFAULT_S = 1280;

/** A model's learning rate, unless said otherwise. */
export function defaultRate(model: Model): number {
  return model.learningRate ?? 1e-3;
}

/** What rules are about; without S and learning rate nothing is said of them. */
interface Settings {
  readonly K: number;
  readonly S?: number;
  readonly learningRate?: number;
  readonly objective: ObjectiveConfig;
}

/** The first setting that does not fit the model or the rest of the objective; null if all do. */
export function wrongCombination(
  model: Model,
  options: Options,
  { K, S = DEFAULT_S, learningRate = defaultRate(model), objective }: Settings,
): WrongCombination | null {
  const { softmax, ihn, rr, repel, selection } = objective;
  const chosen = selection !== undefined && selection !== "hard";
  const rules: readonly (readonly [boolean, string, string])[] = [
    [
      softmax === "full" && ihn !== undefined,
      "objective.ihn",
      "the full softmax has no sampled negatives that IHN could weight",
    ],
    [
      model.counts === true &&
      (softmax !== "sampled" || ihn !== undefined || rr !== undefined || chosen ||
        repel !== undefined),
      "objective",
      `${model.name} counts and minimizes nothing, so no objective changes it`,
    ],
    [
      model.counts === true && learningRate !== defaultRate(model),
      "learningRate",
      `${model.name} counts, and takes no steps that a learning rate would scale`,
    ],
    [
      softmax === "full" && S !== DEFAULT_S,
      "S",
      "the full softmax has every item in it, and draws no negatives",
    ],
    [model.vectors === "one" && K !== 1, "K", "a model with a single vector has K = 1"],
    [
      model.routing === "none" && rr !== undefined,
      "objective.rr",
      "a model without routing has none to regularize",
    ],
    [
      model.routing === "capsules" && rr !== undefined && options.stopGradient !== false,
      "objective.rr",
      "the routing of these capsules carries no gradient as shipped, so RR would train nothing: " +
      "set options: { stopGradient: false }",
    ],
    [
      K === 1 && chosen && selection !== model.selection,
      "objective.selection",
      "a single vector leaves no interest to select",
    ],
    [
      K === 1 && repel !== undefined,
      "objective.repel",
      "a single vector has no other interest to be driven from",
    ],
    [
      model.name === "umi-hn" && selection !== "per-item",
      "objective.selection",
      "umi-hn is comirec-sa with the per-item maximum: ask for comirec-sa instead",
    ],
  ];
  const broken = rules.find(([isWrong]) => isWrong);
  return broken ? { path: broken[1].split("."), why: broken[2] } : null;
}
