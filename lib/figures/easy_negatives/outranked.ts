/** Negatives that outrank the target, by who looks, against the number of interests. */
import { type Outranking, outranking, outrankingIfIndependent } from "../../analyze/outranking.ts";
import { recordedKeys } from "../../train/run.ts";
import type { RunSnapshots } from "../../results/snapshots.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { methodOf } from "../../results/method.ts";
import { sliders } from "../grammar/slider.ts";
import { alike } from "../../compare/group_runs.ts";
import { seedsOfEachK, spreadOf } from "../../compare/spread.ts";
import { grouped, houseLayout, ink } from "../../show/theme.ts";
import { interestsAxis } from "../grammar/axes.ts";
import { whiskers } from "../grammar/marks.ts";
import { marginsInWords } from "../grammar/sample_words.ts";
import { commonSteps, oneDataSet } from "../../compare/together.ts";
import { views } from "../grammar/styles.ts";

type Who = keyof typeof views;

/**
 * The share of negatives that score higher than the target, for the user as a whole and for each
 * kind of interest, against K, with a slider over the steps that all trainings have a snapshot of.
 * Open marks: what interests that know nothing would give.
 *
 * @param recorded trainings that differ in K and seed only
 * @throws {BadInput} for none, for several data sets, or for trainings without a common step
 */
export function outranked(recorded: readonly RunSnapshots[]): Figure {
  const data = oneDataSet(recorded);
  const byK = Map.groupBy(alike(recorded, "K"), ({ config }) => config.K);
  const Ks = [...byK.keys()].sort((a, b) => a - b);
  const steps = commonSteps(recorded, ({ snapshots }) => snapshots);
  const last = steps.at(-1)!;
  const seen = (K: number) => {
    const ofSeeds = sharesAt(byK.get(K)!, last).map(({ selected, user }) => selected / user);
    return `${(100 * spreadOf(ofSeeds).mean).toFixed(0)} % with K = ${K}`;
  };
  const several = Ks.filter((K) => K > 1);
  const finding = several.length > 0
    ? `Of the negatives that outrank the target for the user, the selected interest sees ` +
      several.map(seen).join(", ")
    : "With one interest nothing is selected and nothing hidden";
  const counts = [...byK.values()].map((seeds) => seeds.length);
  const [first] = recorded;
  const about = `${methodOf(first!.config).name} on ${data} · ` +
    `${marginsInWords(first!)} · ${seedsOfEachK(counts)}`;
  const names = steps.map(grouped);
  const dataAt = (step: number) => [
    ...measured(Ks, (K) => sharesAt(byK.get(K)!, step)),
    ...strangers(Ks),
  ];
  return {
    alt: `${finding}. ${about}.`,
    runs: recordedKeys(recorded),
    data: dataAt(last),
    frames: steps.map((step, i) => ({ name: names[i], data: dataAt(step) })),
    layout: houseLayout({ finding, about, height: 500 }, {
      hovermode: "closest",
      sliders: sliders(names, { prefix: "step " }),
      xaxis: interestsAxis(Ks),
      yaxis: { title: { text: "negatives above the target (%)" }, range: [0, 75] },
    }),
  };
}

function sharesAt(seeds: readonly RunSnapshots[], step: number): Outranking[] {
  return seeds.map(({ snapshots }) =>
    outranking(snapshots.find((snapshot) => snapshot.step === step)!.margins)
  );
}

const all = Object.keys(views) as Who[];

function measured(Ks: readonly number[], sharesOf: (K: number) => Outranking[]): Trace[] {
  return all.map((who) => {
    const { name, colour, dash, symbol } = views[who];
    const points = Ks.flatMap((K) => {
      const shares = sharesOf(K).map((shares) => shares[who]);
      return shares.includes(null) ? [] : [{ K, spread: spreadOf(shares.map((s) => 100 * s!)) }];
    });
    const spreads = points.map(({ spread }) => spread);
    return {
      type: "scatter",
      mode: "lines+markers",
      name,
      legendgroup: name,
      x: points.map(({ K }) => K),
      y: spreads.map(({ mean }) => mean),
      error_y: {
        ...whiskers(spreads),
        thickness: 1.5,
        width: 5,
        visible: spreads.some(({ n }) => n > 1),
      },
      line: { color: colour, dash, width: 2.5 },
      marker: { symbol, size: 10, color: colour },
      hovertemplate: `${name}<br>K = %{x}: %{y:.1f} %<extra></extra>`,
    };
  });
}

/** What the derivation gives; the single vector's half is the user's. */
function strangers(Ks: readonly number[]): Trace[] {
  const marks = (["user", "selected", "other"] as const).flatMap((who) =>
    Ks.map((K) => ({ K, who, share: outrankingIfIndependent(K)[who] }))
  ).filter(({ share }) => share !== null);
  return [{
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
    hovertemplate: "%{text}, if they knew nothing<br>K = %{x}: %{y:.1f} %<extra></extra>",
  }];
}
