/**
 * Which runs belong together: those on the same data, by its hashes, that agree in every setting
 * but those that the figure names. Nothing else decides what is averaged or joined by a line.
 */
import { BadInput } from "../base/bad_input.ts";
import { knownName } from "../base/known_name.ts";
import { type Method, methodOf } from "../results/method.ts";
import {
  differences,
  differencesInWords,
  flattened,
  type Settings,
  settingsOf,
} from "../results/settings.ts";
import type { ResolvedConfig } from "../train/config.ts";
import { cutShort, type Run } from "../train/run.ts";
import { eachSeedOnce, oneDataSet } from "./together.ts";

/** Settings that an axis or a colour may show: where they stand, and their symbols. */
const shown = {
  beta: { path: "objective.ihn.beta", symbol: "β" },
  lambda: { path: "objective.rr.lambda", symbol: "λ" },
  K: { path: "K", symbol: "K" },
  S: { path: "S", symbol: "S" },
  L: { path: "L", symbol: "L" },
  learningRate: { path: "learningRate", symbol: "rate" },
} as const;

/** A setting that a figure goes through. β is 0 without IHN, λ is 0 without RR. */
export type Swept = keyof typeof shown;

/** @throws {BadInput} for what no figure goes through */
export function requireSwept(over: Swept, where: string): void {
  knownName(over, Object.keys(shown), where);
}

/** A run, or the snapshots of one. */
export type Recorded = Pick<Run, "key" | "config" | "data" | "seed"> & Partial<Pick<Run, "stop">>;

/** The seeds of one value of a setting. */
export interface Point {
  /** S is infinite with the full softmax, which takes all items */
  readonly value: number;
  /** as figures write it: "λ = 1,000" */
  readonly label: string;
  /** by seed, each seed once */
  readonly runs: readonly Run[];
}

/** Runs that differ in one setting and in seeds only, ascending in the setting. */
export type Line = readonly Point[];

/** The runs of one method, all with one setting. */
export interface MethodRuns {
  /** what the method is called and drawn with */
  readonly style: Method;
  /** each seed once */
  readonly runs: readonly Run[];
  /** how runs ended before early stopping said so, "capped"; null if none did */
  readonly cut: string | null;
}

/** The line of one method. */
export interface MethodLine {
  readonly style: Method;
  readonly points: Line;
}

/** How a setting is written: "β". */
export function symbolOf(setting: Swept): string {
  return shown[setting].symbol;
}

/** A value of a setting as figures write it: "1,000", or "all" for the S of the full softmax. */
export function valueInWords(value: number): string {
  if (value === Infinity) return "all";
  return value.toLocaleString("en-US", { maximumFractionDigits: 6 });
}

/**
 * The runs in groups, as they first appear: each on one data set, by its hashes, and with one value
 * of every setting but some. Seeds and what computed a run never count. `maxSteps` counts where it
 * ended a training: a limit that no run of a group reached has changed nothing, and two limits that
 * were not reached are as good as one.
 *
 * @param except paths of the settings that may differ, e.g. "objective.rr.lambda"
 */
export function groupRuns<T extends Recorded>(
  runs: readonly T[],
  except: readonly string[] = [],
): T[][] {
  const identity = (run: T) => {
    const kept = Object.entries(settingsOf(run.config))
      .filter(([path]) => path !== "maxSteps" && !except.includes(path))
      .map(([path, value]) => [path, typeof value, String(value)] as const);
    const { hash, timesHash, profilesHash } = run.data;
    return JSON.stringify([hash, timesHash, profilesHash, kept.sort(([a], [b]) => a < b ? -1 : 1)]);
  };
  return [...Map.groupBy(runs, identity).values()].flatMap((alike) => {
    if (except.includes("maxSteps")) return [alike];
    const reached = new Set(
      alike.filter(({ stop }) => stop !== "early-stopping").map(({ config }) => config.maxSteps),
    );
    const limit = ({ config }: T) => reached.has(config.maxSteps) ? config.maxSteps : null;
    return [...Map.groupBy(alike, limit).values()];
  });
}

/**
 * The seeds that are averaged, as they are.
 *
 * @param except path of a setting that may differ
 * @throws {BadInput} if they differ in another setting or in their data, or if a seed appears twice
 */
export function alike<T extends Recorded>(runs: readonly T[], except?: string): readonly T[] {
  const [group, other] = groupRuns(runs, except ? [except] : []);
  if (other) refuseMixed("runs with two settings", group!, other, except ? [except] : []);
  const value = ({ config }: T) => except ? settingsOf(config)[except] : null;
  for (const seeds of Map.groupBy(runs, value).values()) eachSeedOnce(seeds);
  return runs;
}

/**
 * A line for all runs that differ in one setting and in seeds only.
 *
 * @throws {BadInput} if a line has a seed twice at one value
 */
export function linesOf(runs: readonly Run[], over: Swept): Line[] {
  return groupRuns(runs, [shown[over].path]).map((group) => pointsOf(group, over));
}

/**
 * The one line that all runs are on.
 *
 * @throws {BadInput} for no runs, runs that differ in more than the setting and the seed, or a seed
 *                    that one value has twice
 */
export function oneLine(runs: readonly Run[], over: Swept): Line {
  const [group, other] = groupRuns(runs, [shown[over].path]);
  const what = `runs that differ in ${symbolOf(over)} and the seed only`;
  if (!group) throw new BadInput(`not ${what}`, "figure's runs", "[]", "There are none.");
  if (other) refuseMixed(`not ${what}`, group, other, [shown[over].path]);
  const scaling = group[0]!.config.objective.rr?.scaling ?? "code";
  if (over === "lambda" && scaling !== "code") {
    throw new BadInput(
      "λ has another scale there",
      "figure's runs, config.objective.rr.scaling",
      scaling,
      'Pass runs with the scaling "code".',
    );
  }
  return pointsOf(group, over);
}

/**
 * The runs of one data set by method, in the house order.
 *
 * @throws {BadInput} for no runs, several data sets, a method that appears with several settings,
 *                    or one of its seeds twice
 */
export function runsByMethod(runs: readonly Run[]): MethodRuns[] {
  return groupsByMethod(runs, []).map(([style, group]) => ({
    style,
    runs: eachSeedOnce(group),
    cut: cutShort(group),
  }));
}

/**
 * The runs of one data set by method and one setting, in the house order: a line a method.
 *
 * @throws {BadInput} as {@linkcode runsByMethod}
 */
export function linesByMethod(runs: readonly Run[], over: Swept): MethodLine[] {
  return groupsByMethod(runs, [shown[over].path]).map(([style, group]) => ({
    style,
    points: pointsOf(group, over),
  }));
}

/** "objective.rr.scaling batch-mean": for each group its values of the settings that differ. */
export function whatDiffers(groups: readonly (readonly Run[])[], except: Swept): string[] {
  const settings = groups.map(([run]) => settingsOf(run!.config));
  const paths = new Set(
    settings.flatMap((its) => differences(settings[0]!, its, [shown[except].path])),
  );
  return settings.map((its) => [...paths].map((path) => `${path} ${its[path]}`).join(", "));
}

function groupsByMethod(
  runs: readonly Run[],
  except: readonly string[],
): (readonly [Method, readonly Run[]])[] {
  if (runs.length === 0) {
    throw new BadInput("no runs", "figure's runs", "[]", "Train something or load recorded runs.");
  }
  oneDataSet(runs);
  const byName = Map.groupBy(runs, ({ config }) => methodOf(config).name);
  const groups = [...byName].map(([name, ofMethod]) => {
    const [group, other] = groupRuns(ofMethod, except);
    if (other) refuseMixed(`${name} appears with two settings`, group!, other, except);
    return [methodOf(group![0]!.config), ofMethod] as const;
  });
  return groups.sort(([a], [b]) => a.rank - b.rank);
}

/** The value of a setting in a configuration; 0 where it is not at work. */
export function sweptValueOf(config: ResolvedConfig, over: Swept): number {
  return Number(settingsOf(config)[shown[over].path]);
}

function pointsOf(runs: readonly Run[], over: Swept): Line {
  const valueOf = ({ config }: Run) => sweptValueOf(config, over);
  return [...Map.groupBy(runs, valueOf)].sort(([a], [b]) => a - b).map(([value, seeds]) => ({
    value,
    label: `${symbolOf(over)} = ${valueInWords(value)}`,
    runs: eachSeedOnce(seeds).toSorted((a, b) => a.seed - b.seed),
  }));
}

/** @throws {BadInput} always: it names a run of each group and the settings that differ */
export function refuseMixed(
  what: string,
  [a]: readonly Recorded[],
  [b]: readonly Recorded[],
  except: readonly string[],
): never {
  const [its, others]: Settings[] = [a!, b!].map(({ config, data }) => ({
    ...flattened({ data }),
    ...settingsOf(config),
  }));
  const paths = differences(its!, others!, except);
  throw new BadInput(
    `${what}, which must not be averaged`,
    `figure's runs, ${a!.key} and ${b!.key}`,
    differencesInWords(its!, others!, paths),
    "Pick the runs of one setting, for example with recordedRuns or recordedSweep.",
  );
}
