/** What the recorded runs say about problem 1: each claim with its numbers and its verdict. */
import { HARD_AND_EASY } from "../analyze/measures.ts";
import { hardAndEasyIfIndependent } from "../analyze/outranking.ts";
import { recordedKeys, type Run } from "../train/run.ts";
import type { ResolvedConfig } from "../train/config.ts";
import { ofMethod } from "./methods.ts";
import { apart, type Spread, spreadOf } from "./spread.ts";
import { type Row, type Table, table } from "../show/table.ts";
import { grouped } from "../show/theme.ts";

/** The runs of one data set. */
export interface EasyNegativesRuns {
  /** those of recordedSweep(data, "K") */
  readonly interests: readonly Run[];
  /** those of recordedSweep(data, "S") */
  readonly negatives: readonly Run[];
}

/** Two numbers of which the claim says that the first is smaller; null where not recorded. */
interface Comparison {
  readonly claim: string;
  readonly smaller: Side | null;
  readonly greater: Side | null;
}

interface Side {
  readonly words: string;
  readonly spread: Spread;
  readonly digits: number;
}

/**
 * A table of claims about easy negatives, a row a claim and a data set. A claim holds if the seeds
 * of both sides lie apart in its direction; one seed a side supports nothing.
 */
export function easyNegativesClaims(byData: readonly EasyNegativesRuns[]): Table {
  const rows = byData.flatMap(({ interests, negatives }) => {
    const data = [...interests, ...negatives][0]?.data.name ?? "";
    const plain = ofMethod(interests, "ComiRec-SA").filter(isMeasured);
    return [...againstK(plain), ...hidden(interests), ...againstS(negatives)]
      .map((comparison) => rowOf(comparison, data));
  });
  const runs = byData.flatMap(({ interests, negatives }) => [...interests, ...negatives]);
  return table(rows, {
    caption: "What the recorded runs say, means with their range over seeds",
    runs: [...new Set(recordedKeys(runs))],
  });
}

function rowOf({ claim, smaller, greater }: Comparison, data: string): Row {
  const words = (side: Side | null) => side ? `${side.words}: ${inWords(side)}` : "–";
  const known = smaller && greater;
  return {
    claim,
    data,
    "should be smaller": words(smaller),
    "should be greater": words(greater),
    verdict: known ? verdict(smaller.spread, greater.spread) : "not recorded yet",
  };
}

/** "274 (260 to 290; 3 seeds)" */
function inWords({ spread: { mean, least, most, n }, digits }: Side): string {
  const [centre, low, high] = [mean, least, most].map((value) => value.toFixed(digits));
  if (n === Infinity) return centre!;
  return n === 1 ? `${centre} (1 seed)` : `${centre} (${low} to ${high}; ${n} seeds)`;
}

function verdict(smaller: Spread, greater: Spread): string {
  if (apart(smaller, greater)) return smaller.mean < greater.mean ? "yes" : "no, the reverse";
  if (Math.min(smaller.n, greater.n) > 1) return "the seeds do not tell";
  return smaller.mean < greater.mean ? "open (one seed: yes)" : "open (one seed: no)";
}

function isMeasured({ curve }: Run): boolean {
  return curve.every(({ measures }) => measures);
}

function side(words: string, values: readonly number[], digits: number): Side | null {
  return values.length === 0 ? null : { words, spread: spreadOf(values), digits };
}

/** Fewer effective negatives with more interests than with one on its own? */
function againstK(runs: readonly Run[]): Comparison[] {
  const Ks = runs.map(({ config }) => Number(config.K));
  const [single, largest] = [1, Math.max(1, ...Ks)];
  const of = (K: number) => runs.filter(({ config }) => config.K === K);
  const compared = [...of(single), ...of(largest)];
  const step = Math.min(...compared.map(({ curve }) => curve.at(-1)!.step));
  const recall = Math.min(...compared.map(bestRecall));
  const pair = (claim: string, digits: number, valueOf: (run: Run) => number): Comparison => ({
    claim,
    smaller: largest > 1 ? side(`K = ${largest}`, of(largest).map(valueOf), digits) : null,
    greater: side("K = 1", of(single).map(valueOf), digits),
  });
  const atStep = Number.isFinite(step) ? ` (step ${grouped(step)})` : "";
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
function hidden(interests: readonly Run[]): Comparison[] {
  const measured = interests.filter(isMeasured);
  const at = (name: string, K: number) => {
    const runs = ofMethod(measured, name).filter(({ config }) => config.K === K);
    const values = runs.map(({ measures }) => 100 * measures!["hard-for-user-easy-for-selected"]!);
    return side(`${name}, K = ${K}`, values, 1);
  };
  const K = Math.max(0, ...ofMethod(measured, "ComiRec-SA").map(({ config }) => Number(config.K)));
  const expected = 100 * hardAndEasyIfIndependent(K, HARD_AND_EASY);
  const independent = { mean: expected, least: expected, most: expected, n: Infinity };
  return [
    {
      claim: "Hard for the user, easy for the selected interest (%): rarer than by chance",
      smaller: K > 1 ? at("ComiRec-SA", K) : null,
      greater: K > 1 ? { words: "independent interests", spread: independent, digits: 1 } : null,
    },
    {
      claim: "… and rarer with REMI than with ComiRec-SA",
      smaller: at("REMI", 4),
      greater: at("ComiRec-SA", 4),
    },
  ];
}

/** Does the number of negatives matter more where interests are selected? */
function againstS(runs: readonly Run[]): Comparison[] {
  const sampled = runs.filter((run) => settingsOf(run).objective.softmax === "sampled");
  const full = ofMethod(runs, "ComiRec-SA, full softmax");
  const at = (name: string, S: number) =>
    ofMethod(sampled, name).filter((run) => settingsOf(run).S === S);
  const numbers = [...new Set(sampled.map((run) => settingsOf(run).S))];
  /** the fewest and the most negatives that all of these have, with two seeds each if possible */
  const ends = (...names: string[]) => {
    const common = (seeds: number) =>
      numbers.filter((S) => names.every((name) => at(name, S).length >= seeds));
    const found = common(2).length > 1 ? common(2) : common(1);
    return found.length > 0 ? [Math.min(...found), Math.max(...found)] as const : null;
  };
  const one = (name: string, S: number | undefined) =>
    S === undefined ? null : side(`${name}, S = ${grouped(S)}`, at(name, S).map(testRecall), 1);
  const own = ends("ComiRec-SA");
  const both = ends("ComiRec-SA", "YouTube DNN");
  const gain = (name: string) => {
    if (!both || both[0] === both[1]) return null;
    const gains = at(name, both[0]).flatMap((few) =>
      at(name, both[1]).filter(({ seed }) => seed === few.seed)
        .map((many) => testRecall(many) - testRecall(few))
    );
    return side(`${name}, S = ${grouped(both[0])} to ${grouped(both[1])}`, gains, 1);
  };
  return [
    {
      claim: "More negatives help ComiRec-SA (test recall@50, %)",
      smaller: own && own[0] < own[1] ? one("ComiRec-SA", own[0]) : null,
      greater: one("ComiRec-SA", own?.[1]),
    },
    {
      claim: "… more than they help a single vector (points gained)",
      smaller: gain("YouTube DNN"),
      greater: gain("ComiRec-SA"),
    },
    {
      claim: "All negatives do for ComiRec-SA what REMI does with few (test recall@50, %)",
      smaller: one("REMI", ends("REMI")?.[0]),
      greater: side("ComiRec-SA, full softmax", full.map(testRecall), 1),
    },
  ];
}

function testRecall({ test }: Run): number {
  return 100 * test[50]!.recall;
}

function settingsOf({ config }: Run): Pick<ResolvedConfig, "S" | "objective"> {
  return config as unknown as ResolvedConfig;
}
