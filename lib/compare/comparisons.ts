/** What is compared on a data set, from recorded runs: who stands between which two ends. */
import type { Run } from "../train/run.ts";
import { methodOf } from "../results/method.ts";
import { noneRecorded, recordedRuns } from "../results/recorded.ts";
import type { TrainConfig } from "../train/config.ts";
import { singleVector, study, studyNames } from "../results/study.ts";
import { BadInput } from "../base/bad_input.ts";
import { resultsPath } from "../base/files.ts";
import { knownName } from "../base/known_name.ts";
import { type PairedTest, pairedTests } from "./paired_tests.ts";

/** Seeds under a name. */
export interface Contender {
  readonly label: string;
  /** of one data set, at least one */
  readonly runs: readonly Run[];
}

/** What they are compared by. */
export const COMPARED = ["R@50", "HR@50"] as const;

/** Contenders on one data set: how much of the way between two of them do the others go? */
export interface Contest {
  readonly data: string;
  readonly from: Contender;
  readonly to: Contender;
  /** those that are recorded */
  readonly others: readonly Contender[];
}

/**
 * The same with tests, null without a common seed: of `to` against `from`, which tell whether there
 * is a gain to share, and of `to` against each of the others.
 */
export interface Comparison extends Contest {
  readonly whole: Readonly<Record<typeof COMPARED[number], PairedTest | null>>;
  readonly tests: Readonly<Record<typeof COMPARED[number], readonly (PairedTest | null)[]>>;
}

/**
 * Tests contests as one figure: Holm's adjustment is over all of them, a metric at a time, for the
 * whole gains and for the others apart.
 *
 * @throws {BadInput} as {@linkcode pairedTests}
 */
export async function testContests(
  contests: readonly Contest[],
  folder: string = resultsPath(),
): Promise<Comparison[]> {
  const pairs = contests.flatMap(({ to, others }, contest) =>
    others.map((other) => ({ contest, from: other.runs, to: to.runs }))
  );
  const [recall, hr] = await Promise.all(
    COMPARED.map((quantity) => pairedTests(pairs, quantity, { folder })),
  );
  const ends = contests.map(({ from, to }) => ({ from: from.runs, to: to.runs }));
  const [wholeRecall, wholeHr] = await Promise.all(
    COMPARED.map((quantity) => pairedTests(ends, quantity, { folder })),
  );
  const of = (column: readonly (PairedTest | null)[], contest: number) =>
    column.filter((_, i) => pairs[i]!.contest === contest);
  return contests.map((contest, c) => ({
    ...contest,
    whole: { "R@50": wholeRecall![c]!, "HR@50": wholeHr![c]! },
    tests: { "R@50": of(recall!, c), "HR@50": of(hr!, c) },
  }));
}

/** The comparisons there are. */
const comparisonNames = ["each fix alone", "one vector"] as const;

/** The name of a comparison. */
export type ComparisonName = (typeof comparisonNames)[number];

/**
 * By data set, as far as recorded; a data set where an end is missing is left out.
 *
 * - "each fix alone": from ComiRec-SA to REMI, RR alone and IHN alone
 * - "one vector": from ComiRec-SA to REMI, both with K = 4; with K = 1 REMI, RR alone, ComiRec-SA
 *   and YouTube DNN
 *
 * @throws {BadInput} if it is recorded on no data set, or there is none of this name
 */
export async function recordedComparisons(
  name: ComparisonName,
  folder?: string,
): Promise<Comparison[]> {
  knownName(name, comparisonNames, "recordedComparisons, name");
  const found: Contest[] = [];
  for (const data of studyNames) {
    const { beta, lambda, settings } = study(data);
    const of = (ihn: number, rr: number, wanted: TrainConfig = {}) =>
      contender(data, { ...settings, ...wanted }, { ihn, rr }, name === "one vector", folder);
    const from = await of(0, 0);
    const to = await of(beta, lambda);
    const others = name === "each fix alone" ? [await of(0, lambda), await of(beta, 0)] : [
      await of(beta, lambda, { K: 1 }),
      await of(0, lambda, { K: 1 }),
      await of(0, 0, { K: 1 }),
      await of(0, 0, singleVector),
    ];
    const there = others.filter(({ runs }) => runs.length > 0);
    if (from.runs.length > 0 && to.runs.length > 0 && there.length > 0) {
      found.push({ data, from, to, others: there });
    }
  }
  if (found.length > 0) return await testContests(found, folder);
  throw new BadInput(
    "not recorded on any data set",
    "comparison",
    name,
    "Record the runs with deno task sweep.",
  );
}

/** The runs with these strengths of IHN and RR, by seed; none if none is recorded. */
async function contender(
  data: string,
  settings: TrainConfig,
  { ihn, rr }: { readonly ihn: number; readonly rr: number },
  withK: boolean,
  folder?: string,
): Promise<Contender> {
  const objective = {
    softmax: "sampled",
    ihn: ihn > 0 ? { beta: ihn } : undefined,
    rr: rr > 0 ? { lambda: rr } : undefined,
  } as const;
  const { name, model } = methodOf({ ...settings, objective });
  const told = withK && model !== singleVector.model;
  return {
    label: told ? `${name} with K = ${settings.K}` : name,
    runs: await recordedRuns(data, { ...settings, objective }, folder).catch(noneRecorded),
  };
}
