/** Settings of a run one by one, so that it can be said in which of them two runs differ. */
import type { ResolvedConfig } from "../train/config.ts";

/**
 * Values by the path of their key in a configuration: "K", "objective.rr.lambda". Seed and backend
 * are none: seeds are replicates of one thing, and every backend computes the same.
 */
export type Settings = Readonly<{ [path: string]: unknown }>;

/**
 * The settings of a configuration; what has no effect is written in one way: what is undefined
 * is left out, strengths are 0 without their remedy, lambda 0 has the scaling "code", and S is
 * infinite with the full softmax.
 */
export function settingsOf(
  { seed: _seed, backend: _backend, ...config }: ResolvedConfig,
): Settings {
  const given = Object.entries(flattened(config)).filter(([, value]) => value !== undefined);
  const settings: { [path: string]: unknown } = {
    ...Object.fromEntries(strengths.map((path) => [path, 0])),
    "objective.selection": "hard",
    ...Object.fromEntries(given),
  };
  if (settings["objective.rr.lambda"] === 0) settings["objective.rr.scaling"] = "code";
  if (settings["objective.softmax"] === "full") settings["S"] = Infinity;
  return settings;
}

/** The strengths of remedies: 0 is the same as without. */
const strengths = ["objective.ihn.beta", "objective.rr.lambda", "objective.repel.lambda"];

/**
 * The paths of strengths that a configuration says to be 0: it trains the same as one that leaves
 * the remedy out, under another key.
 */
export function idleStrengths({ objective }: Pick<ResolvedConfig, "objective">): string[] {
  const said = flattened({ objective });
  return strengths.filter((path) => said[path] === 0);
}

/** What stands for an object or a list without anything in it. */
const NOTHING = "nothing";

/** The leaves of an object by their paths; one without any is a leaf, "nothing". */
export function flattened(value: object, before = ""): { [path: string]: unknown } {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      const path = `${before}${key}`;
      if (inner === null || typeof inner !== "object") return [[path, inner] as const];
      const leaves = Object.entries(flattened(inner, `${path}.`));
      return leaves.length > 0 ? leaves : [[path, NOTHING] as const];
    }),
  );
}

/** The paths of what is asked for by its value; an empty object asks for nothing. */
export function pathsNamed(wanted: object): string[] {
  return Object.entries(flattened(wanted)).flatMap(([path, leaf]) => leaf === NOTHING ? [] : path);
}

/** The paths at which two runs' settings differ, but for some. */
export function differences(a: Settings, b: Settings, except: readonly string[] = []): string[] {
  const paths = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...paths].filter((path) => a[path] !== b[path] && !except.includes(path)).sort();
}

/** "K: 4 and 1, objective.ihn.beta: 1 and 10" */
export function differencesInWords(a: Settings, b: Settings, paths: readonly string[]): string {
  return paths.map((path) => `${path}: ${a[path]} and ${b[path]}`).join(", ");
}
