/** Runs sorted by what they trained, so that seeds of one method are averaged and nothing else. */
import { BadInput } from "../base/bad_input.ts";
import type { Run } from "../train/run.ts";
import { methodNames, methodStyle, styleOfRun } from "./methods.ts";
import { seedsInWords } from "./spread.ts";
import type { LineStyle } from "../show/theme.ts";
import { eachSeedOnce } from "./together.ts";

/** The seeds of one method on one data set. */
export interface MethodRuns {
  /** what the method is drawn with */
  readonly style: LineStyle;
  /** each seed once */
  readonly runs: readonly Run[];
  /** whether a run ended before early stopping said so */
  readonly capped: boolean;
}

/**
 * Groups runs by method, in the house order.
 *
 * @throws {BadInput} if there are no runs, if they are on several data sets, or if one method
 *                    appears with several settings, or with one seed twice
 */
export function runsByMethod(runs: readonly Run[]): MethodRuns[] {
  if (runs.length === 0) {
    throw new BadInput("no runs", "figure's runs", "[]", "Train something or load recorded runs.");
  }
  const names = new Set(runs.map((run) => run.data.name));
  if (names.size > 1) {
    throw new BadInput(
      "several data sets in one figure",
      "figure's runs, data.name",
      [...names].join(", "),
      "Draw one figure for each.",
    );
  }
  const byName = new Map<string, Run[]>();
  for (const run of runs) {
    const { name } = styleOfRun(run.config);
    const group = byName.get(name) ?? [];
    if (group[0] && settings(group[0]) !== settings(run)) {
      throw new BadInput(
        `${name} appears with two settings, which must not be averaged`,
        `figure's runs, ${group[0].key} and ${run.key}`,
        settings(run),
        "Pick the runs of one setting.",
      );
    }
    byName.set(name, [...group, run]);
  }
  return [...byName.values()]
    .map((group) => ({
      style: styleOfRun(group[0]!.config),
      runs: eachSeedOnce(group),
      capped: group.some((run) => run.stop !== "early-stopping"),
    }))
    .sort((a, b) => houseRank(a.style) - houseRank(b.style));
}

/** The configuration but for the seed, what computed it, and where it was cut off. */
function settings(run: Run): string {
  const { seed: _seed, backend: _backend, maxSteps: _maxSteps, ...rest } = run.config;
  return JSON.stringify(rest);
}

/** Where a method stands in the house order: smaller comes first. */
export function houseRank(style: LineStyle): number {
  const order = methodNames.map((method) => methodStyle(method).name);
  const at = order.findIndex((name) => style.name.startsWith(name));
  return at < 0 ? order.length : at;
}

/** "3 seeds", "1 seed", or "1–3 seeds a method" where methods differ. */
export function seedCount(groups: readonly MethodRuns[]): string {
  const counts = groups.map(({ runs }) => runs.length);
  return `${seedsInWords(counts)}${new Set(counts).size > 1 ? " a method" : ""}`;
}
