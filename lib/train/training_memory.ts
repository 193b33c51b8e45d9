/** The memory of a training, planned before anything is drawn. */
import { BadInput } from "../base/bad_input.ts";
import { type MemoryPart, requireMemory } from "../base/memory.ts";
import { type Dataset, itemsInUse, userCount } from "../data/interactions.ts";
import { makePlan } from "../engine/fused/make_memory_plan.ts";
import { catalogueBytes, checkCatalogue } from "../engine/retrieval/retrieval_memory.ts";
import { parameterLengths } from "../model/model.ts";
import { modelOptions } from "../model/options.ts";
import { modelOf } from "../model/registry.ts";
import type { EngineConfig } from "../engine/engine_config.ts";
import { checkKernelMemory } from "./core.ts";
import { engineConfig, type ResolvedConfig } from "./config.ts";

/** Bytes of a float or an id. */
const WORD = 4;

/** Users whose interests an evaluation has at a time. */
const EVALUATED = 2048;

/** Numbers of each dense parameter: itself, two moments, its gradient, the best so far. */
const DENSE_COPIES = 5;

/** Numbers that a step keeps for each number of a history's rows, hidden layers included. */
const STEP_COPIES = 10;

/**
 * What a training keeps, on any engine, at least: no training that would fit is refused.
 *
 * @returns parts, each with the settings that make it smaller
 */
export function trainingMemory(dataset: Dataset, config: ResolvedConfig): MemoryPart[] {
  const { sizes, objective, options } = engineConfig(config, dataset);
  const { B, L, K, d, itemCount } = sizes;
  const S = objective.softmax === "full" ? itemCount : sizes.S;
  const model = modelOf(config.model);
  const { table, ...dense } = parameterLengths(model, sizes, modelOptions(model, options));
  const denseTotal = Object.values(dense).reduce((sum, n) => sum + n, 0);
  const { validationUsers = Infinity } = config;
  const users = Math.min(userCount(dataset.valid), validationUsers) + userCount(dataset.test);
  return [
    {
      what: `the embeddings of ${itemCount.toLocaleString("en")} items with Adam's moments`,
      bytes: 3 * WORD * table!,
      lower: ["the number of items", "d"],
    },
    {
      what: "the best embeddings so far",
      bytes: WORD * table!,
      lower: ["the number of items", "d"],
    },
    {
      what: "the index of the catalogue",
      bytes: catalogueBytes(itemCount, d),
      lower: ["the number of items", "d"],
    },
    {
      what: "the model's dense parameters",
      bytes: DENSE_COPIES * WORD * denseTotal,
      lower: denseTotal > L * d * 2 ? ["d", "K"] : ["L", "d"],
    },
    {
      what: "the histories of a step",
      bytes: STEP_COPIES * WORD * B * L * d,
      lower: ["B", "L", "d"],
    },
    {
      what: "the scores of a step's negatives, and their embeddings",
      bytes: WORD * (B * S + 3 * S * d),
      lower: objective.softmax === "full" ? ["the number of items", "B"] : ["S", "B"],
    },
    {
      what: "interests, and their weights over the histories",
      bytes: WORD * Math.max(B, EVALUATED) * K * (d + L),
      lower: ["K", "L"],
    },
    {
      what: "the histories of the users that are evaluated",
      bytes: WORD * users * L * (dataset.timesHash === undefined ? 1 : 2),
      lower: ["L"],
    },
  ];
}

/**
 * Refuses a training that cannot be held by this machine, or by the engine that is asked for by
 * name, or whose catalogue could not be searched.
 *
 * @throws {BadInput} with what it needs in GiB by part, what there is, and what to change
 */
export function requireTrainable(
  dataset: Dataset,
  config: ResolvedConfig,
  available?: number,
): void {
  const where = `training on ${dataset.name}`;
  requireMemory(
    where,
    trainingMemory(dataset, config),
    () => renumbering(dataset),
    available,
  );
  checkCatalogue(where, dataset.itemCount, config.d);
  checkEngine(engineConfig(config, dataset), config.backend);
}

/**
 * Refuses what the engine of that name cannot address. "auto" takes the fused engine or, where it
 * refuses, the kernels beside tfjs; it does not turn to the definition, which takes seconds a step
 * and has to be asked for by the name of a tfjs backend.
 */
function checkEngine(config: EngineConfig, backend: ResolvedConfig["backend"]): void {
  if (backend === "fused") return void makePlan(config, 1);
  if (backend !== "auto" && backend !== "wasm") return;
  try {
    checkKernelMemory(config);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    const remedy = `${error.remedy} By name, "cpu" and TensorFlow's backends compute it without ` +
      "these kernels, many times slower.";
    throw new BadInput(error.what, error.where, error.value, remedy);
  }
}

/** What to do about a catalogue most of whose numbers are of no item. */
function renumbering(dataset: Dataset): string {
  const used = itemsInUse(dataset);
  if (used > dataset.itemCount / 2) return "";
  return `Only ${used.toLocaleString("en")} of the item numbers up to ` +
    `${
      dataset.itemCount.toLocaleString("en")
    } occur: read the folder with --renumber, or in code ` +
    "with renumber: true, which numbers these from 1 on and keeps the old numbers as labels.";
}
