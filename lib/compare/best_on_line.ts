/** Which value of a setting is best, and which others the seeds do not tell from it. */
import type { Run } from "../train/run.ts";
import type { Line, Point } from "./group_runs.ts";
import { spreadOf } from "./spread.ts";
import { studentInterval } from "./significance.ts";
import { FEWEST_SEEDS, pairedVerdict } from "./verdict.ts";

/** What the paired rule says of a line. */
export interface BestOnLine {
  /** with enough seeds, as on the line */
  readonly judged: readonly Point[];
  /** the best of these, and those that are not told from it */
  readonly tied: readonly Point[];
}

/**
 * The best of the points with enough seeds and those that the paired rule does not tell from it, by
 * seeds alone; null if fewer than two points have enough.
 *
 * @param valueOf a number of a run that all of the line have
 */
export function bestOnLine(line: Line, valueOf: (run: Run) => number): BestOnLine | null {
  const judged = line.filter(({ runs }) => runs.length >= FEWEST_SEEDS);
  if (judged.length < 2) return null;
  const meanOf = ({ runs }: Point) => spreadOf(runs.map(valueOf)).mean;
  const best = judged.toSorted((a, b) => meanOf(b) - meanOf(a))[0]!;
  const isBelow = (point: Point) => {
    const gains = best.runs.flatMap((run) => {
      const other = point.runs.find(({ seed }) => seed === run.seed);
      return other ? [valueOf(run) - valueOf(other)] : [];
    });
    const evidence = { gains, overSeeds: studentInterval(gains), overUsers: null };
    return pairedVerdict(evidence) === "higher";
  };
  return { judged, tied: judged.filter((point) => point === best || !isBelow(point)) };
}
