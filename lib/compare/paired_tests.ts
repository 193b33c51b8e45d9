/**
 * Is one thing better than another? Differences of runs of equal seed, over users and over seeds.
 * What a seed makes equal depends on what differs. With the same model, K and sizes the runs begin
 * with equal parameters and see equal batches. Between models, or between values of K, parameters
 * of one name and size are equal if they are drawn alike: mostly the table alone. With another S
 * the batches part after the first: negatives and users are drawn from one stream.
 */
import { BadInput } from "../base/bad_input.ts";
import { resultsPath } from "../base/files.ts";
import { Random } from "../base/random.ts";
import { signed } from "../base/signed.ts";
import { CUTOFFS, metricsOfHits, type UserHits } from "../evaluate/metrics.ts";
import { readHits } from "../results/user_hits.ts";
import { recordedKeys } from "../train/run.ts";
import { quantityOf } from "./entries.ts";
import { alike } from "./group_runs.ts";
import { type MeasuredRun, metricNames } from "./quantities.ts";
import {
  bootstrapIntervals,
  holm,
  type Interval,
  resampled,
  signedRank,
  studentInterval,
} from "./significance.ts";
import { oneDataSet } from "./together.ts";
import { type PairedVerdict, pairedVerdict, type UsersEvidence } from "./verdict.ts";

/** Two things that are compared, each the seeds of one configuration, on one data set. */
export interface Pair {
  readonly from: readonly MeasuredRun[];
  readonly to: readonly MeasuredRun[];
}

/** What tests say of `to` against `from`, differences in percentage points. */
export interface PairedTest {
  readonly data: string;
  /** "R@50" */
  readonly quantity: string;
  /** the seeds that both have */
  readonly seeds: readonly number[];
  /** by seed: to's metric minus from's */
  readonly gains: readonly number[];
  readonly overSeeds: Interval;
  /** each user's mean gain over the seeds; null unless the hits of all these runs are kept */
  readonly overUsers: UsersTest | null;
  readonly verdict: PairedVerdict;
  /** keys of the recorded runs it is of */
  readonly runs: readonly string[];
}

/** The test over users. */
export interface UsersTest extends UsersEvidence {
  /** how many there are, and how many of them differ */
  readonly users: number;
  readonly differing: number;
  /** Wilcoxon's, two-sided, before the adjustment */
  readonly p: number;
}

/** How to test. */
export interface PairedTestOptions {
  /** folder of results */
  readonly folder?: string;
  /** of the bootstrap */
  readonly seed?: number;
}

/**
 * The tests of one column: Holm's adjustment is over all of its pairs that have users' hits. A pair
 * without a common seed is null.
 *
 * ```ts
 * const [test] = await pairedTests([{ from: comirec, to: remi }], "R@50");
 * test.verdict; // "higher"
 * ```
 *
 * @param quantity R, HR or NDCG at 20 or 50
 * @throws {BadInput} for another quantity, runs that are not of one configuration a side, or a file
 *   of hits that is not the one that was recorded
 */
export async function pairedTests(
  pairs: readonly Pair[],
  quantity: string,
  { folder = resultsPath(), seed = 1 }: PairedTestOptions = {},
): Promise<(PairedTest | null)[]> {
  const { metric, N } = metricOf(quantity);
  const valueOf = quantityOf(quantity);
  const read = new Map<string, Promise<UserHits | null>>();
  const hitsOf = (run: MeasuredRun) => {
    const name = `${run.key} ${run.users}`;
    if (!read.has(name)) read.set(name, readHits(run, folder));
    return read.get(name)!;
  };
  const found = await Promise.all(pairs.map(async ({ from, to }) => {
    if (from.length === 0 || to.length === 0) return null;
    const data = oneDataSet([...from, ...to]);
    const matched = matchedSeeds(from, to);
    if (matched.length === 0) return null;
    const ofSeeds = await Promise.all(matched.map((two) => Promise.all(two.map(hitsOf))));
    const users = ofSeeds.every(([a, b]) => a && b)
      ? meanGains(ofSeeds as [UserHits, UserHits][], metric, N)
      : null;
    return {
      data,
      quantity,
      seeds: matched.map(([{ seed }]) => seed),
      gains: matched.map(([a, b]) => valueOf(b)! - valueOf(a)!),
      users,
      runs: recordedKeys(matched.flat()),
    };
  }));
  const tests = usersTests(found.map((pair) => pair?.users ?? null), seed);
  return found.map((pair, i) => {
    if (!pair) return null;
    const { users: _, ...known } = pair;
    const evidence = {
      gains: known.gains,
      overSeeds: studentInterval(known.gains),
      overUsers: tests[i]!,
    };
    return { ...known, ...evidence, verdict: pairedVerdict(evidence) };
  });
}

/** "+1.2 points of R@50, 95 % over seeds 0.8 to 1.6, over users 0.9 to 1.5: higher (3 seeds)" */
export function testInWords(
  { gains, quantity, overSeeds, overUsers, verdict, seeds }: PairedTest,
): string {
  const range = ({ low, high }: Interval) => `${signed(low)} to ${signed(high)}`;
  const said = [
    `${signed(overSeeds.mean)} points of ${quantity}`,
    ...(gains.length > 1 ? [`95 % over seeds ${range(overSeeds)}`] : []),
    ...(overUsers ? [`over users ${range(overUsers)}`] : []),
  ].join(", ");
  return `${said}: ${verdict} (${seeds.length} ${seeds.length === 1 ? "seed" : "seeds"})`;
}

function metricOf(quantity: string) {
  const [, name, N] = quantity.match(/^(\w+)@(\d+)$/) ?? [];
  const metric = metricNames[name as keyof typeof metricNames];
  if (metric && CUTOFFS.includes(Number(N))) return { metric, N: Number(N) };
  const names = CUTOFFS.flatMap((N) => Object.keys(metricNames).map((name) => `${name}@${N}`));
  const remedy = `Test ${names.join(", ")}.`;
  throw new BadInput("users have no such metric", "pairedTests", quantity, remedy);
}

/** The runs of the seeds that both sides have, by seed. */
function matchedSeeds(
  from: readonly MeasuredRun[],
  to: readonly MeasuredRun[],
): (readonly [MeasuredRun, MeasuredRun])[] {
  const others = new Map(alike(to).map((run) => [run.seed, run]));
  return alike(from).toSorted((a, b) => a.seed - b.seed).flatMap((run) => {
    const other = others.get(run.seed);
    return other ? [[run, other] as const] : [];
  });
}

/**
 * [U] each user's gain in percentage points, mean over seeds; to nine decimals, so that equal gains
 * are ties whatever was added in which order.
 */
function meanGains(
  ofSeeds: readonly (readonly [UserHits, UserHits])[],
  metric: typeof metricNames[keyof typeof metricNames],
  N: number,
): Float64Array {
  const gains = new Float64Array(ofSeeds[0]![0].ranks.length);
  for (const [a, b] of ofSeeds) {
    requireSameUsers(ofSeeds[0]![0], a);
    requireSameUsers(a, b);
    const [before, after] = [a, b].map((hits) => metricsOfHits(hits, [N])[N]![metric]);
    gains.forEach((_, u) => gains[u]! += 100 * (after![u]! - before![u]!) / ofSeeds.length);
  }
  return gains.map((gain) => Math.round(gain * 1e9) / 1e9);
}

function requireSameUsers(a: UserHits, b: UserHits): void {
  const same = (["users", "targets", "repeated"] as const).every((column) =>
    a[column].length === b[column].length &&
    Array.from(a[column]).every((value, u) => value === b[column][u])
  );
  if (same) return;
  const remedy = "Record the runs again on one version of the data.";
  throw new BadInput("runs of different test users", "results/users", undefined, remedy);
}

const drawn = new Map<string, Uint8Array>();

/** The bootstrap's draws, which all columns of as many users share: 1,000 bytes a user. */
function usersDrawn(users: number, seed: number): Uint8Array {
  const name = `${users} ${seed}`;
  const found = drawn.get(name) ??
    resampled(users, new Random(seed, `bootstrap over ${users} users`));
  drawn.set(name, found);
  return found;
}

/** The tests over users of one column; those of as many users share the bootstrap's draws. */
function usersTests(columns: readonly (Float64Array | null)[], seed: number): (UsersTest | null)[] {
  const there = columns.filter((gains) => gains !== null);
  const intervals = new Map<Float64Array, Interval>();
  for (const [users, alike] of Map.groupBy(there, ({ length }) => length)) {
    bootstrapIntervals(alike, usersDrawn(users, seed))
      .forEach((interval, i) => intervals.set(alike[i]!, interval));
  }
  const ranked = there.map((gains) => signedRank(gains));
  const adjusted = holm(ranked.map(({ p }) => p));
  return columns.map((gains) => {
    if (!gains) return null;
    const at = there.indexOf(gains);
    const differing = gains.reduce((sum, gain) => sum + (gain !== 0 ? 1 : 0), 0);
    const test = { users: gains.length, differing, ...ranked[at]!, holm: adjusted[at]! };
    return { ...intervals.get(gains)!, ...test };
  });
}
