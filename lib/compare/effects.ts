/** What IHN and RR add, each without and beside the other: the ablation as differences of seeds. */
import type { MetricsAt } from "../evaluate/evaluation.ts";
import type { Variant } from "../results/method.ts";
import type { Run } from "../train/run.ts";
import { groupRuns, type MethodRuns, refuseMixed, runsByMethod } from "./group_runs.ts";

/** One of the two fixes, added to a method. */
export interface Effect {
  readonly data: string;
  readonly added: "IHN" | "RR";
  /** what it is added to, by name, e.g. "RR alone", and as a variant of its model */
  readonly to: string;
  readonly variant: Variant;
  /** seeds that both have */
  readonly seeds: readonly number[];
  /** gain of test recall@50 by seed, percentage points */
  readonly recall: readonly number[];
  /** gain of test HR@50 by seed, percentage points */
  readonly hr: readonly number[];
}

interface Addition {
  readonly added: Effect["added"];
  readonly from: Variant;
  readonly to: Variant;
}

const additions: readonly Addition[] = [
  { added: "RR", from: "plain", to: "+RR" },
  { added: "RR", from: "+IHN", to: "+IHN+RR" },
  { added: "IHN", from: "plain", to: "+IHN" },
  { added: "IHN", from: "+RR", to: "+IHN+RR" },
];

/** The settings in which a method with a fix differs from the one without. */
const settingsOfFix = {
  IHN: ["objective.ihn.beta"],
  RR: ["objective.rr.lambda", "objective.rr.scaling"],
} as const;

/**
 * The effects that one data set's runs show: trainings of equal seed begin with equal parameters
 * and see equal batches, so they are compared with each other. An effect without a common seed is
 * left out.
 *
 * @throws {BadInput} for no runs, several data sets, several settings of one method or of the two
 *                    that are compared, or one of a method's seeds twice
 */
export function effectsOf(runs: readonly Run[]): Effect[] {
  const sampled = runsByMethod(runs).filter(({ style }) => style.softmax === "sampled");
  const byModel = Map.groupBy(sampled, ({ style }) => style.model);
  return [...byModel.values()].flatMap((variants) =>
    additions.flatMap((addition) => effectOf(variants, addition))
  );
}

function effectOf(variants: readonly MethodRuns[], { added, from, to }: Addition): Effect[] {
  const of = (wanted: Variant) => variants.find(({ style }) => style.variant === wanted);
  const [before, after] = [of(from), of(to)];
  if (!before || !after) return [];
  const pairs = before.runs.flatMap((run) => {
    const other = after.runs.find(({ seed }) => seed === run.seed);
    return other ? [[run, other] as const] : [];
  });
  if (pairs.length === 0) return [];
  const [one, another] = groupRuns(pairs.flat(), settingsOfFix[added]);
  if (another) {
    refuseMixed(`not runs that differ in ${added} only`, one!, another, settingsOfFix[added]);
  }
  const gain = (metric: keyof MetricsAt) =>
    pairs.map(([a, b]) => 100 * (b.test[50]![metric] - a.test[50]![metric]));
  return [{
    data: before.runs[0]!.data.name,
    added,
    to: before.style.name,
    variant: from,
    seeds: pairs.map(([{ seed }]) => seed),
    recall: gain("recall"),
    hr: gain("hr"),
  }];
}
