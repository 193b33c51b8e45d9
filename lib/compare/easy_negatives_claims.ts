/** What the recorded runs say about problem 1: each claim with its two numbers. */
import { HARD_AND_EASY } from "../analyze/measures.ts";
import { hardAndEasyIfIndependent } from "../analyze/outranking.ts";
import { ofMethod } from "../results/method.ts";
import type { Run } from "../train/run.ts";
import { linesByMethod, valueInWords } from "./group_runs.ts";
import { studentInterval } from "./significance.ts";
import { type Spread, spreadOf } from "./spread.ts";
import { isMeasured } from "./together.ts";
import { FEWEST_SEEDS, type PairedVerdict, pairedVerdict } from "./verdict.ts";

/** The runs of one data set. */
export interface EasyNegativesRuns {
  /** those of recordedSweep(data, "K") */
  readonly interests: readonly Run[];
  /** those of recordedSweep(data, "S") */
  readonly negatives: readonly Run[];
}

/** Two numbers of which the claim says that the first is smaller; null where not recorded. */
export interface Claim {
  readonly claim: string;
  readonly smaller: Side | null;
  readonly greater: Side | null;
}

/** One side of a claim. */
export interface Side {
  readonly words: string;
  /** null for what is computed, and the same for every seed */
  readonly bySeed: ReadonlyMap<number, number> | null;
  readonly spread: Spread;
  readonly digits: number;
}

/**
 * The claims about easy negatives on one data set.
 *
 * @throws {BadInput} for several data sets, or for a method with several settings besides K or S
 */
export function claimsOf({ interests, negatives }: EasyNegativesRuns): Claim[] {
  if (interests.length > 0) linesByMethod(interests, "K");
  if (negatives.length > 0) linesByMethod(negatives, "S");
  const plain = ofMethod(interests, "ComiRec-SA").filter(isMeasured);
  return [...againstK(plain), ...hidden(interests), ...againstS(negatives)];
}

/** Whether a claim holds by the paired rule. */
export type Verdict = PairedVerdict | "unknown";

/** What the rule says of the greater side against the smaller one, by seeds alone. */
export function verdictOf({ smaller, greater }: Claim): Verdict {
  if (!smaller || !greater) return "unknown";
  const seeds = [...(smaller.bySeed ?? greater.bySeed ?? new Map<number, number>()).keys()];
  const valueOf = ({ bySeed, spread }: Side, seed: number) =>
    bySeed ? bySeed.get(seed) : spread.mean;
  const gains = seeds.flatMap((seed) => {
    const [less, more] = [valueOf(smaller, seed), valueOf(greater, seed)];
    return less === undefined || more === undefined ? [] : [more - less];
  });
  return pairedVerdict({ gains, overSeeds: studentInterval(gains), overUsers: null });
}

function side(
  words: string,
  runs: readonly Run[],
  valueOf: (run: Run) => number,
  digits: number,
): Side | null {
  if (runs.length === 0) return null;
  const bySeed = new Map(runs.map((run) => [run.seed, valueOf(run)]));
  return { words, bySeed, spread: spreadOf([...bySeed.values()]), digits };
}

/** Fewer effective negatives with more interests than with one on its own? */
function againstK(runs: readonly Run[]): Claim[] {
  const Ks = runs.map(({ config }) => config.K);
  const [single, largest] = [1, Math.max(1, ...Ks)];
  const of = (K: number) => runs.filter(({ config }) => config.K === K);
  const compared = [...of(single), ...of(largest)];
  const step = Math.min(...compared.map(({ curve }) => curve.at(-1)!.step));
  const recall = Math.min(...compared.map(bestRecall));
  const pair = (claim: string, digits: number, valueOf: (run: Run) => number): Claim => ({
    claim,
    smaller: largest > 1 ? side(`K = ${largest}`, of(largest), valueOf, digits) : null,
    greater: side("K = 1", of(single), valueOf, digits),
  });
  const atStep = Number.isFinite(step) ? ` (step ${valueInWords(step)})` : "";
  const atRecall = Number.isFinite(recall) ? ` (${(100 * recall).toFixed(1)} %)` : "";
  return [
    pair(
      `Selected interests have fewer effective negatives, at equal steps${atStep}`,
      0,
      (run) => run.curve.find((point) => point.step === step)!.measures![EFFECTIVE]!,
    ),
    pair(`… and at equal valid recall@50${atRecall}`, 0, (run) => atFirst(run, recall)),
  ];
}

const EFFECTIVE = "effective-negatives-selected";

function bestRecall({ curve }: Run): number {
  return Math.max(...curve.map(({ valid }) => valid[50]!.recall));
}

/** The effective number where a run first has this recall, between two evaluations. */
function atFirst({ curve }: Run, recall: number): number {
  const i = curve.findIndex(({ valid }) => valid[50]!.recall >= recall);
  const [before, after] = [curve[Math.max(0, i - 1)]!, curve[i]!];
  const [a, b] = [before, after].map(({ measures }) => measures![EFFECTIVE]!);
  const [from, to] = [before, after].map(({ valid }) => valid[50]!.recall);
  return to! > from! ? a! + (b! - a!) * (recall - from!) / (to! - from!) : b!;
}

/** How many of the user's hard negatives are easy for the selected interest. */
function hidden(interests: readonly Run[]): Claim[] {
  const measured = interests.filter(isMeasured);
  const at = (name: string, K: number) => {
    const runs = ofMethod(measured, name).filter(({ config }) => config.K === K);
    const valueOf = ({ measures }: Run) => 100 * measures!["hard-for-user-easy-for-selected"]!;
    return side(`${name}, K = ${K}`, runs, valueOf, 1);
  };
  const K = Math.max(0, ...ofMethod(measured, "ComiRec-SA").map(({ config }) => config.K));
  const expected = 100 * hardAndEasyIfIndependent(K, HARD_AND_EASY);
  const independent = { mean: expected, least: expected, most: expected, n: Infinity };
  return [
    {
      claim: "Hard for the user, easy for the selected interest (%): rarer than by chance",
      smaller: K > 1 ? at("ComiRec-SA", K) : null,
      greater: K > 1
        ? {
          words: "independent interests",
          bySeed: null,
          spread: independent,
          digits: 1,
        }
        : null,
    },
    {
      claim: "… and rarer with REMI than with ComiRec-SA",
      smaller: at("REMI", 4),
      greater: at("ComiRec-SA", 4),
    },
  ];
}

/** Does the number of negatives matter more where interests are selected? */
function againstS(runs: readonly Run[]): Claim[] {
  const sampled = runs.filter((run) => run.config.objective.softmax === "sampled");
  const full = ofMethod(runs, "ComiRec-SA, full softmax");
  const at = (name: string, S: number) =>
    ofMethod(sampled, name).filter((run) => run.config.S === S);
  const numbers = [...new Set(sampled.map((run) => run.config.S))];
  /** the fewest and the most negatives that all of these have, with seeds enough if possible */
  const ends = (...names: string[]) => {
    const common = (seeds: number) =>
      numbers.filter((S) => names.every((name) => at(name, S).length >= seeds));
    const enough = common(FEWEST_SEEDS);
    const found = enough.length > 1 ? enough : common(1);
    return found.length > 0 ? [Math.min(...found), Math.max(...found)] as const : null;
  };
  const one = (name: string, S: number | undefined) =>
    S === undefined ? null : side(`${name}, S = ${valueInWords(S)}`, at(name, S), testRecall, 1);
  const own = ends("ComiRec-SA");
  const both = ends("ComiRec-SA", "YouTube DNN");
  const gain = (name: string) => {
    if (!both || both[0] === both[1]) return null;
    const fewest = at(name, both[0]);
    const few = (seed: number) => fewest.find((run) => run.seed === seed);
    const paired = at(name, both[1]).filter(({ seed }) => few(seed));
    const words = `${name}, S = ${valueInWords(both[0])} to ${valueInWords(both[1])}`;
    return side(words, paired, (run) => testRecall(run) - testRecall(few(run.seed)!), 1);
  };
  return [
    {
      claim: "More negatives help ComiRec-SA (test recall@50, %)",
      smaller: own && own[0] < own[1] ? one("ComiRec-SA", own[0]) : null,
      greater: one("ComiRec-SA", own?.[1]),
    },
    {
      claim: "… more than they help a single vector (points of test recall@50 gained)",
      smaller: gain("YouTube DNN"),
      greater: gain("ComiRec-SA"),
    },
    {
      claim: "All negatives do for ComiRec-SA what REMI does with few (test recall@50, %)",
      smaller: one("REMI", ends("REMI")?.[0]),
      greater: side("ComiRec-SA, full softmax", full, testRecall, 1),
    },
  ];
}

function testRecall({ test }: Run): number {
  return 100 * test[50]!.recall;
}
