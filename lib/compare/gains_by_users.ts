/** Which users gain: paired differences of users in groups, over seeds and over users. */
import { BadInput } from "../base/bad_input.ts";
import { knownName } from "../base/known_name.ts";
import { Random } from "../base/random.ts";
import { Evaluator } from "../evaluate/evaluate.ts";
import type { UserMetricsAt } from "../evaluate/metrics.ts";
import { type EvaluationCases, evaluationCases } from "../evaluate/cases.ts";
import { cosine, meanOverPairs } from "../analyze/homogenised_interests.ts";
import type { TrainedModel } from "../train/trained_model.ts";
import { alike } from "./group_runs.ts";
import {
  bootstrapIntervals,
  holm,
  resampled,
  signedRank,
  studentInterval,
} from "./significance.ts";
import { oneDataSet } from "./together.ts";
import { type PairedVerdict, pairedVerdict, type UsersEvidence } from "./verdict.ts";

/** Users that have something in common. */
export interface UserGroup {
  /** what they are told apart by, and where this group lies: "history", "6 to 9 items" */
  readonly by: string;
  readonly label: string;
  /** indices among the evaluated test users */
  readonly users: readonly number[];
}

/** What one group gains, in percentage points. */
export interface GroupGain extends UserGroup {
  /** the group's mean by seed */
  readonly gains: readonly number[];
  /** of each user's mean over the seeds */
  readonly overUsers: UsersEvidence;
  readonly verdict: PairedVerdict;
}

/** The metrics of which gains are told. */
const gained = ["recall", "hr"] as const;

/** Two trainings of one seed. */
export interface TrainedPair {
  readonly from: TrainedModel;
  readonly to: TrainedModel;
}

/**
 * The test users in thirds by the length of their history and by how spread it is, and by how many
 * planted interests it has, where these are known. The spread is 1 - the mean cosine of the
 * embeddings of two of its items.
 *
 * @param model its embeddings say how alike items are
 */
export function userGroups({ dataset, config, parameters }: TrainedModel): UserGroup[] {
  const cases = evaluationCases(dataset.test, config.L);
  const users = Array.from({ length: cases.count }, (_, u) => u);
  const rows = (u: number) =>
    Array.from(
      seenBy(cases, u),
      (item) => parameters.table.subarray(item * config.d, (item + 1) * config.d),
    );
  const lengths = users.map((u) => cases.length[u]!);
  const spreads = users.map((u) => lengths[u]! < 2 ? 0 : 1 - meanOverPairs(rows(u), cosine));
  const { truth } = dataset;
  const planted = truth &&
    users.map((u) =>
      new Set(
        Array.from(seenBy(cases, u), (item) => truth.interestOfItem[item]!)
          .filter((interest) => truth.interestsOfUser.test[cases.users[u]!]!.includes(interest)),
      ).size
    );
  return [
    ...thirds("history", lengths, (low, high) => `${low} to ${high} items`),
    ...thirds("spread", spreads, (low, high) => `${low.toFixed(2)} to ${high.toFixed(2)}`),
    ...(planted ? byCount("planted interests seen", planted) : []),
  ];
}

/** What a model sees of a user. */
function seenBy({ history, L, length }: EvaluationCases, u: number): Int32Array {
  return history.subarray(u * L, u * L + length[u]!);
}

function thirds(
  by: string,
  values: readonly number[],
  inWords: (low: number, high: number) => string,
): UserGroup[] {
  const sorted = values.toSorted((a, b) => a - b);
  const cuts = [1, 2].map((third) => sorted[Math.floor(third * sorted.length / 3)]!);
  const groupOf = (value: number) => cuts.filter((cut) => value >= cut).length;
  return grouped(by, values, groupOf, (its) => inWords(Math.min(...its), Math.max(...its)));
}

function byCount(by: string, counts: readonly number[]): UserGroup[] {
  return grouped(by, counts, (count) => count, ([count]) => String(count));
}

function grouped(
  by: string,
  values: readonly number[],
  groupOf: (value: number) => number,
  inWords: (its: readonly number[]) => string,
): UserGroup[] {
  const groups = Map.groupBy(values.map((_, u) => u), (u) => groupOf(values[u]!));
  return [...groups].sort(([a], [b]) => a - b).map(([, users]) => ({
    by,
    label: inWords(users.map((u) => values[u]!)),
    users,
  }));
}

/**
 * What each group of test users gains from `from` to `to`: the verdict is the one rule's, with
 * Holm's adjustment over the groups.
 *
 * @param pairs a seed each, on one data set; one configuration a side
 * @param metric at N = 50
 * @throws {BadInput} for no pair, two seeds in a pair, a seed twice, several data sets or
 *   configurations of one side, or another metric
 */
export async function gainsByUsers(
  pairs: readonly TrainedPair[],
  metric: (typeof gained)[number] = "recall",
): Promise<GroupGain[]> {
  knownName(metric, gained, "gainsByUsers, metric");
  const [first] = pairs;
  if (!first) throw new BadInput("no two models", "gainsByUsers", "[]", "Train some.");
  requirePaired(pairs);
  const bySeed: Float64Array[] = [];
  for (const { from, to } of pairs) {
    const [before, after] = [await userMetricsOf(from), await userMetricsOf(to)];
    bySeed.push(before[metric].map((value, u) => 100 * (after[metric][u]! - value)));
  }
  const groups = userGroups(first.to);
  const meanOf = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length;
  const found = groups.map((group) => {
    const ofSeeds = bySeed.map((gains) => Float64Array.from(group.users, (u) => gains[u]!));
    const users = Float64Array.from(
      group.users,
      (_, i) => ofSeeds.reduce((sum, gains) => sum + gains[i]! / pairs.length, 0),
    ).map((gain) => Math.round(gain * 1e9) / 1e9);
    return { group, gains: ofSeeds.map(meanOf), users };
  });
  const ranked = found.map(({ users }) => signedRank(users));
  const adjusted = holm(ranked.map(({ p }) => p));
  return found.map(({ group, gains, users }, i) => {
    const [interval] = bootstrapIntervals(
      [users],
      resampled(users.length, new Random(1, `bootstrap of group ${i}`)),
    );
    const overUsers = { ...interval!, z: ranked[i]!.z, holm: adjusted[i]! };
    const verdict = pairedVerdict({ gains, overSeeds: studentInterval(gains), overUsers });
    return { ...group, gains, overUsers, verdict };
  });
}

/** Refuses pairs that {@linkcode pairedTests} would not take as runs. */
function requirePaired(pairs: readonly TrainedPair[]): void {
  const [from, to] = (["from", "to"] as const).map((side) => pairs.map((pair) => pair[side].run));
  oneDataSet([...from!, ...to!]);
  for (const side of [from!, to!]) alike(side);
  from!.forEach((run, i) => {
    if (run.seed === to![i]!.seed) return;
    const seeds = `${run.seed} and ${to![i]!.seed}`;
    const remedy = "Pair trainings of one seed.";
    throw new BadInput("a pair of two seeds", `gainsByUsers, pair ${i + 1}`, seeds, remedy);
  });
}

async function userMetricsOf(
  { dataset, config, engine, parameters }: TrainedModel,
): Promise<UserMetricsAt> {
  const evaluator = await Evaluator.create(dataset, config.L);
  try {
    return (await evaluator.userMetrics(engine, parameters, "test"))[50]!;
  } finally {
    evaluator.dispose();
  }
}
