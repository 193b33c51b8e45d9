/** Which value of a setting is best, and which others the paired rule does not tell from it. */
import { resultsPath } from "../base/files.ts";
import type { Run } from "../train/run.ts";
import { quantityOf } from "./entries.ts";
import type { Line, Point } from "./group_runs.ts";
import { type PairedTest, pairedTests } from "./paired_tests.ts";
import { studentInterval } from "./significance.ts";
import { spreadOf } from "./spread.ts";
import { FEWEST_SEEDS, pairedVerdict } from "./verdict.ts";

/** What the paired rule says of a line. */
export interface BestOnLine {
  /** with enough seeds, as on the line */
  readonly judged: readonly Point[];
  /** with too few, as on the line */
  readonly few: readonly Point[];
  /** the one of the judged with the greatest mean */
  readonly best: Point;
  /** it, and those that are not told from it, as on the line */
  readonly tied: readonly Point[];
  /** those that the seeds alone do not tell from it, and it */
  readonly tiedBySeeds: readonly Point[];
}

/** The same of a quantity of the test users, with the tests of the best against the others. */
export interface TestedLine extends BestOnLine {
  readonly tests: readonly PairedTest[];
}

/**
 * Of each line the best of the points with enough seeds and those that the paired rule does not
 * tell from it, over users too where their hits are kept, with Holm's adjustment over all of the
 * lines; null for a line on which fewer than two points have enough. What titles of figures and
 * marks of tables say of the same lines is this.
 *
 * @param quantity as {@linkcode pairedTests} takes it
 * @throws {BadInput} as {@linkcode pairedTests}
 */
export async function bestOnLines(
  lines: readonly Line[],
  quantity: string,
  folder: string = resultsPath(),
): Promise<(TestedLine | null)[]> {
  const valueOf = quantityOf(quantity);
  const contests = lines.map((line) => contestOf(line, (run) => valueOf(run)!));
  const pairs = contests.flatMap((contest) =>
    contest?.others.map((other) => ({ other, from: other.runs, to: contest.best.runs })) ?? []
  );
  const tests = await pairedTests(pairs, quantity, { folder });
  const testOf = (point: Point) => tests[pairs.findIndex(({ other }) => other === point)] ?? null;
  return contests.map((contest) => {
    if (!contest) return null;
    const { others, ...judged } = contest;
    const withoutUsers = (test: PairedTest) => pairedVerdict({ ...test, overUsers: null });
    return {
      ...judged,
      tied: judged.judged.filter((point) => testOf(point)?.verdict !== "higher"),
      tiedBySeeds: judged.judged.filter((point) => {
        const test = testOf(point);
        return test === null || withoutUsers(test) !== "higher";
      }),
      tests: others.map(testOf).filter((test) => test !== null),
    };
  });
}

/**
 * The same of one line by what users do not have, such as a measure: by seeds alone.
 *
 * @param valueOf a number of a run that all of the line have
 */
export function bestBySeeds(line: Line, valueOf: (run: Run) => number): BestOnLine | null {
  const contest = contestOf(line, valueOf);
  if (!contest) return null;
  const { judged, few, best } = contest;
  const isBelow = (point: Point) => {
    const gains = best.runs.flatMap((run) => {
      const other = point.runs.find(({ seed }) => seed === run.seed);
      return other ? [valueOf(run) - valueOf(other)] : [];
    });
    const evidence = { gains, overSeeds: studentInterval(gains), overUsers: null };
    return pairedVerdict(evidence) === "higher";
  };
  const tied = judged.filter((point) => point === best || !isBelow(point));
  return { judged, few, best, tied, tiedBySeeds: tied };
}

/** The points with enough seeds, the best of them and the others. */
interface Contest extends Pick<BestOnLine, "judged" | "few" | "best"> {
  readonly others: readonly Point[];
}

function contestOf(line: Line, valueOf: (run: Run) => number): Contest | null {
  const judged = line.filter(({ runs }) => runs.length >= FEWEST_SEEDS);
  const meanOf = ({ runs }: Point) => spreadOf(runs.map(valueOf)).mean;
  const [best, ...others] = judged.toSorted((a, b) => meanOf(b) - meanOf(a));
  const few = line.filter((point) => !judged.includes(point));
  return best && others.length > 0 ? { judged, few, best, others } : null;
}
