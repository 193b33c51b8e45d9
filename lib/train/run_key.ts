/** A configuration on record: the key of its run, and the defaults that an older record lacks. */
import { isDeepStrictEqual } from "node:util";
import { sha256 } from "../base/files.ts";
import type { DataHashes } from "../data/interactions.ts";
import { models } from "../model/registry.ts";
import { resolveConfig, type ResolvedConfig } from "./config.ts";
import { forData, hashesFor, settledOptions } from "./for_data.ts";

/** What a JSON object holds. */
type Tree = Readonly<{ [key: string]: unknown }>;

/** The keys that the first recorded runs had: they are part of every key, at any value. */
const pinned: Tree = {
  model: true,
  objective: { softmax: true, ihn: { beta: true }, rr: { lambda: true, scaling: true } },
  ...{ B: true, L: true, K: true, S: true, d: true },
  ...{ learningRate: true, evaluateEvery: true, patience: true, maxSteps: true, seed: true },
};

const plain: Tree = resolveConfig({});
/** With the pinned sections that a configuration may leave out, so that what they gain is known. */
const complete: Tree = resolveConfig({ objective: { ihn: { beta: 1 }, rr: { lambda: 1 } } });

/**
 * The key of a run: sha256 over configuration, data and seed, first 16 digits. What computes it is
 * left out: a run is the same run on every backend. So is a key that configurations had not had
 * when the first runs were recorded, while it has its default: they keep the keys they have. The
 * options of a model are such keys. Times and profiles count where the model reads them.
 */
export function runKey(config: ResolvedConfig, data: DataHashes): string {
  const { backend: _, ...what } = forData(config, data);
  const hashes = Object.values(hashesFor(what, data)).join("\n");
  const later = { ...laterThan(complete, pinned), options: usualOptions(config.model) };
  return keyOf(what, hashes, later);
}

/**
 * The same for any tree of settings.
 *
 * @param later defaults of settings that were added since; at them a setting is left out
 */
export function keyOf(what: Tree, hash: string, later: Tree): string {
  return sha256(`${JSON.stringify(sortedWithout(what, later))}\n${hash}`).slice(0, 16);
}

/** A recorded configuration with the defaults of keys that were added since. */
export function withDefaults(recorded: object): ResolvedConfig {
  const { options, ...config } = filled(recorded as Tree, plain, complete) as ResolvedConfig;
  const all = { ...usualOptions(config.model), ...options };
  return Object.keys(all).length > 0 ? { ...config, options: all } : config;
}

/**
 * The options of a model as it has them unless told otherwise, on data without times and profiles;
 * none for one that is not known.
 */
function usualOptions(name: string): Tree {
  const model = models.find((model) => model.name === name);
  return model ? settledOptions(model, {}, {}) ?? {} : {};
}

function filled(recorded: Tree, defaults: Tree, sections: Tree): Tree {
  const inside = Object.entries(recorded).flatMap(([key, value]) => {
    const section = sections[key];
    if (!isTree(value) || !isTree(section)) return [];
    const own = defaults[key];
    return [[key, filled(value, isTree(own) ? own : section, section)] as const];
  });
  return { ...defaults, ...recorded, ...Object.fromEntries(inside) };
}

function sortedWithout(what: Tree, later: Tree): Tree {
  const kept = Object.entries(what).flatMap(([key, value]) => {
    const atDefault = later[key];
    if (key in later && isDeepStrictEqual(value, atDefault)) return [];
    if (!isTree(value)) return [[key, value] as const];
    return [[key, sortedWithout(value, isTree(atDefault) ? atDefault : {})] as const];
  });
  return Object.fromEntries(kept.sort(([a], [b]) => a < b ? -1 : 1));
}

/** The part of a tree that has no place in another. */
function laterThan(tree: Tree, other: Tree): Tree {
  return Object.fromEntries(
    Object.entries(tree).flatMap(([key, value]) => {
      const known = other[key];
      if (known === undefined) return [[key, value] as const];
      return isTree(value) && isTree(known) ? [[key, laterThan(value, known)] as const] : [];
    }),
  );
}

function isTree(value: unknown): value is Tree {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
