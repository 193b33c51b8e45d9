/** Negatives that outrank the target, by who looks: a figure against K, and a table. */
import {
  type Outranking,
  outranking,
  outrankingIfIndependent,
  seenByTraining,
} from "../../analyze/outranking.ts";
import { requireNearest } from "../../analyze/selected_interest.ts";
import { BadInput } from "../../base/bad_input.ts";
import { recordedKeys } from "../../train/run.ts";
import type { RunSnapshots } from "../../results/snapshots.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { inHouseOrder, methodOf } from "../../results/method.ts";
import { alike } from "../../compare/group_runs.ts";
import { rangeInWords, seedsOfEachK, spreadOf } from "../../compare/spread.ts";
import { type Row, type Table, table } from "../../show/table.ts";
import { grouped, ink } from "../../show/theme.ts";
import { axis, covering, interestsAxis } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { said, seedPoints } from "../grammar/marks.ts";
import { marginsInWords, usersOfMargins } from "../grammar/sample_words.ts";
import { commonSteps, oneDataSet } from "../../compare/together.ts";
import { views } from "../grammar/styles.ts";

type Who = keyof typeof views;

/**
 * The share of negatives that score higher than the target, for the user as a whole and for each
 * kind of interest, against K, with a slider over the steps that all trainings have a snapshot of.
 * Open marks: what interests that know nothing would give.
 *
 * @param recorded trainings that differ in K and seed only
 * @throws {BadInput} for none, for several data sets, for trainings without a common step, or one
 *                    that does not train the interest nearest to the target
 */
export function outranked(recorded: readonly RunSnapshots[]): Figure {
  const data = oneDataSet(recorded);
  for (const one of recorded) requireNearest(one, "figure.outranked");
  const byK = Map.groupBy(alike(recorded, "K"), ({ config }) => config.K);
  const Ks = [...byK.keys()].sort((a, b) => a - b);
  const steps = commonSteps(recorded, ({ snapshots }) => snapshots);
  const last = steps.at(-1)!;
  const seen = (K: number) => seenBySeeds(sharesAt(byK.get(K)!, last));
  const several = Ks.filter((K) => K > 1);
  const counts = [...byK.values()].map((seeds) => seeds.length);
  const [first] = recorded;
  const values = steps.flatMap((step) =>
    [...byK.values()].flatMap((seeds) =>
      sharesAt(seeds, step).flatMap((shares) => all.map((who) => 100 * (shares[who] ?? 0)))
    )
  );
  return draw({
    finding: several.length > 0
      ? seenInWords(last, several.at(-1)!, seen(several.at(-1)!))
      : "With one interest nothing is selected and nothing hidden, at any step",
    about: [
      `${methodOf(first!.config).name} on ${data}`,
      marginsInWords(first!),
      seedsOfEachK(counts),
    ],
    more: several.length > 0
      ? `The selected interest sees ${
        several.map((K) => `${seen(K) ?? "none of none"} with K = ${K}`).join(", ")
      } at step ${grouped(last)}.`
      : undefined,
    runs: recordedKeys(recorded),
    height: 500,
    frames: {
      names: steps.map(grouped),
      prefix: "step ",
      at: (i) => ({
        data: [...measured(Ks, (K) => sharesAt(byK.get(K)!, steps[i]!)), ifIndependent(Ks)],
      }),
    },
    layout: {
      hovermode: "closest",
      xaxis: interestsAxis(Ks),
      yaxis: axis("negatives above the target (%)", { range: covering([0, 75], values) }),
    },
  });
}

/** "47 %": a mean over the seeds in which anything outranks the target; null if there is none. */
function seenBySeeds(seeds: readonly Outranking[]): string | null {
  const seen = seeds.map(seenByTraining).filter((share) => share !== null);
  return seen.length === 0 ? null : `${(100 * spreadOf(seen).mean).toFixed(0)} %`;
}

function seenInWords(step: number, K: number, seen: string | null): string {
  return seen === null
    ? `At step ${grouped(step)} no negative outranks the target with K = ${K}`
    : `At step ${grouped(step)} training sees ${seen} with K = ${K} of outranking negatives`;
}

function sharesAt(seeds: readonly RunSnapshots[], step: number): Outranking[] {
  return seeds.map(({ snapshots }) =>
    outranking(snapshots.find((snapshot) => snapshot.step === step)!.margins)
  );
}

const all = Object.keys(views) as Who[];

function measured(Ks: readonly number[], sharesOf: (K: number) => Outranking[]): Trace[] {
  return all.map((who) => {
    const points = Ks.flatMap((K) => {
      const shares = sharesOf(K).map((shares) => shares[who]);
      return shares.includes(null) ? [] : [{ K, spread: spreadOf(shares.map((s) => 100 * s!)) }];
    });
    return seedPoints(
      points.map(({ K }) => K),
      points.map(({ spread }) => spread),
      views[who],
      { hover: "K = %{x}: %{y:.1f} %", joined: true },
    );
  });
}

/** What the derivation gives; the single vector's half is the user's. */
function ifIndependent(Ks: readonly number[]): Trace {
  const marks = (["user", "selected", "other"] as const).flatMap((who) =>
    Ks.map((K) => ({ K, who, share: outrankingIfIndependent(K)[who] }))
  ).filter(({ share }) => share !== null);
  return {
    type: "scatter",
    mode: "markers",
    name: "if they knew nothing",
    x: marks.map(({ K }) => K),
    y: marks.map(({ share }) => 100 * share!),
    text: marks.map(({ who }) => views[who].name),
    marker: {
      symbol: "circle-open",
      size: 15,
      color: marks.map(({ who }) => views[who].colour),
      line: { width: 1.5, color: ink.axis },
    },
    ...said("%{text}, if they knew nothing<br>K = %{x}: %{y:.1f} %"),
  };
}

/**
 * The negatives that outrank the target, in % of all, by method and K: for the user as a whole, for
 * the selected interest and its share of the former, for the other interests and for their mean.
 * Means over seeds, with the range from two seeds on.
 *
 * @param recorded of one data set
 * @throws {BadInput} for none, for several settings of one method and K, or for a training that
 *                    does not train the interest nearest to the target
 */
export function outrankedTable(recorded: readonly RunSnapshots[]): Table {
  const [first] = recorded;
  if (!first) throw new BadInput("no snapshots", "table's snapshots", "[]", "Record some.");
  for (const one of recorded) requireNearest(one, "outrankedTable");
  const name = ({ config }: RunSnapshots) => `${methodOf(config).name}, K = ${config.K}`;
  const groups = Map.groupBy(inHouseOrder(recorded, ({ config }) => config), name);
  const rows = [...groups].map(([method, seeds]): Row => {
    const shares = alike(seeds).map(atBest);
    const column = (of: (shares: Outranking) => number | null) => {
      const values = shares.map(of);
      if (values.includes(null)) return null;
      return rangeInWords(spreadOf(values.map((share) => 100 * share!)), (x) => x.toFixed(1));
    };
    return {
      method,
      seeds: seeds.length,
      "for the user (max)": column(({ user }) => user),
      "selected interest": column(({ selected }) => selected),
      "seen of the user's": column(seenByTraining),
      "other interests": column(({ other }) => other),
      "mean of the interests": column(({ single }) => single),
    };
  });
  return table(rows, {
    caption: `Negatives above the target at the best step, %: ` +
      `${first.data.name}, ${usersOfMargins(first)} valid users`,
    runs: recordedKeys(recorded),
  });
}

function atBest({ snapshots, bestStep }: RunSnapshots): Outranking {
  return outranking(snapshots.find(({ step }) => step === bestStep)!.margins);
}
