/**
 * Where "the selected interest" is the interest nearest to the target. The analyses of easy
 * negatives take the readout's argmax for it, and so does the training, unless its objective says
 * another selection: BaM draws the interest, and by the per-item maximum each item meets the
 * interest nearest to itself, so that none is selected.
 */
import { BadInput } from "../base/bad_input.ts";
import type { Run } from "../train/run.ts";
import type { AnalysisMeasure } from "./measures.ts";

/** What says how a training selects. */
export type Selecting = Pick<Run, "config">;

/** Whether a training trains the interest nearest to the target: one alone always is. */
export function trainsNearest({ config: { K, objective } }: Selecting): boolean {
  return K === 1 || (objective.selection ?? "hard") === "hard";
}

const otherwise = {
  bam: "its training draws the interest, and does not train the one nearest to the target",
  "per-item": "its training scores each item by that item's nearest interest, and selects none",
} as const;

/**
 * Refuses what is about the interest nearest to the target for a training that selects otherwise.
 *
 * @param where what is about it, e.g. "gradientShares"
 * @throws {BadInput} if the training does not train that interest
 */
export function requireNearest(training: Selecting, where: string): void {
  if (trainsNearest(training)) return;
  const selection = training.config.objective.selection as keyof typeof otherwise;
  throw new BadInput(
    `about the selected interest, but ${otherwise[selection]}`,
    `${where}, objective.selection`,
    selection,
    'Pass a model or runs with the selection "hard".',
  );
}

/** The ends of the names of measures that are about the selected interest, and the others. */
const ABOUT = ["-selected", "-other"] as const;

/** Whether a measure means nothing where the nearest interest is not the one that is trained. */
function isAboutSelected(name: AnalysisMeasure): boolean {
  return ABOUT.some((end) => name.endsWith(end));
}

/**
 * What a run has of a measure at its best step; undefined if it was not measured, or is about the
 * selected interest of a training that selects otherwise.
 */
export function measureOf(
  run: Selecting & Pick<Run, "measures">,
  name: AnalysisMeasure,
): number | undefined {
  return isAboutSelected(name) && !trainsNearest(run) ? undefined : run.measures?.[name];
}
