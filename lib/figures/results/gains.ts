/** How much of the way from one method to another some others go: recall and HR over seeds. */
import type { Comparison, Contender } from "../../compare/comparisons.ts";
import { cutShort, recordedKeys, type Run } from "../../train/run.ts";
import { BadInput } from "../../base/bad_input.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { methodOf } from "../../results/method.ts";
import { alike } from "../../compare/group_runs.ts";
import { seedsInWords, spreadOf } from "../../compare/spread.ts";
import { ink } from "../../show/theme.ts";
import { withMinus } from "../../show/words.ts";
import { axis, labelRoom } from "../grammar/axes.ts";
import { draw, type Keys } from "../grammar/drawing.ts";
import { note, rule, seedPoints } from "../grammar/marks.ts";
import { on, type Panel, panelEnding, panels, panelTitle, within } from "../grammar/panels.ts";
import type { PairedTest } from "../../compare/paired_tests.ts";
import { literal } from "../../show/literal.ts";

/** A column of panels. */
const metrics = [
  { name: "recall@50", tested: "R@50", of: ({ test }: Run) => 100 * test[50]!.recall },
  { name: "HR@50", tested: "HR@50", of: ({ test }: Run) => 100 * test[50]!.hr },
] as const;
type Metric = (typeof metrics)[number];

/** Heights of a row, of what stands between two panels, and of a panel's name; CSS pixels. */
const [ROW, AROUND, NAME] = [30, 84, 26];

/**
 * A row of panels for each data set, recall@50 on the left and HR@50 on the right: a mark at the
 * mean over seeds with whiskers from the least to the greatest. Thin lines stand at the two ends
 * that are compared; to the right of each of the others, the share that it makes of the gain
 * between them.
 *
 * @throws {BadInput} for no comparison, or for several settings under one name
 */
export function gains(comparisons: readonly Comparison[]): Figure {
  if (comparisons.length === 0) {
    throw new BadInput("nothing to compare", "figure's comparisons", "[]", "Record some runs.");
  }
  const everyone = comparisons.flatMap(contendersOf);
  const seeds = everyone.map(({ runs }) => runs.length);
  const runs = everyone.flatMap((contender) => contender.runs);
  const domains = domainsOf(comparisons);
  const inEach = <T>(of: (comparison: Comparison, metric: Metric, panel: number) => readonly T[]) =>
    comparisons.flatMap((comparison, c) =>
      metrics.flatMap((metric, m) => of(comparison, metric, 2 * c + m))
    );
  return draw({
    ...wordsOf(comparisons),
    about: [
      "test users",
      `marks: mean of ${seedsInWords(seeds)}, whiskers: least and greatest`,
      "numbers: share of the gain, ≈ where the paired rule does not tell it from the whole",
      comparisons.some(isOpen) && "*: too few common seeds",
      cutShort(runs),
    ],
    runs: recordedKeys(runs),
    height: 140 + domains.height,
    data: inEach(tracesOf),
    layout: {
      showlegend: false,
      hovermode: "closest",
      margin: { l: labelRoom(comparisons.flatMap(contendersOf).map(({ label }) => label)), r: 76 },
      annotations: [
        ...comparisons.map(({ data }, c) => panelTitle(data, 2 * c)),
        ...inEach(sharesOf),
      ],
      shapes: inEach(endsOf),
      ...panels(inEach((comparison, metric, panel) => [
        axesOf(comparison, metric, panel, domains.of[Math.floor(panel / 2)]!),
      ])),
    },
  });
}

function contendersOf({ from, to, others }: Comparison): Contender[] {
  return [from, ...others, to].map(({ label, runs }) => ({ label, runs: alike(runs) }));
}

function meanOf({ runs }: Contender, metric: Metric): number {
  return spreadOf(runs.map(metric.of)).mean;
}

/** The share of the gain between the ends, in %; null where the rule tells of none to share. */
function shareOf(contender: Contender, comparison: Comparison, metric: Metric): number | null {
  const { from, to, whole } = comparison;
  const gain = meanOf(to, metric) - meanOf(from, metric);
  const test = whole[metric.tested];
  return gain > 0 && (isFew(test) || test!.verdict === "higher")
    ? 100 * (meanOf(contender, metric) - meanOf(from, metric)) / gain
    : null;
}

/** Beyond this share the gain is so small that a number would say little, in %. */
const MANIFOLD = 200;

/** Whether an end has too few seeds in common with the other, or with some contender. */
function isOpen({ tests, whole }: Comparison): boolean {
  return [...Object.values(whole), ...Object.values(tests).flat()].some((test) => isFew(test));
}

function isFew(test: PairedTest | null | undefined): boolean {
  return !test || test.verdict === "too few seeds";
}

/** What the first of the others makes of the gain, as far as seeds tell, and on each data set. */
function wordsOf(comparisons: readonly Comparison[]): { finding: string; more: string } {
  const { from, to, others: [first] } = comparisons[0]!;
  const found = comparisons.flatMap((comparison) => {
    const i = comparison.others.findIndex(({ label }) => label === first!.label);
    return i < 0 ? [] : [{ comparison, i }];
  });
  const said = found.map(({ comparison, i }) => {
    const of = (metric: Metric) =>
      `${shareInWords(comparison, i, metric)} in ${metric.name} (${
        toldInWords(comparison, i, metric)
      })`;
    return `${metrics.map(of).join(" and ")} on ${comparison.data}`;
  });
  return {
    finding: `${first!.label}${findingOf(found)}`,
    more: `From ${from.label} to ${to.label} ${first!.label} makes ${said.join(", ")}.`,
  };
}

/** A contender of some comparisons, by its place among the others of each. */
type Found = readonly { readonly comparison: Comparison; readonly i: number }[];

/** ": 91 % or more of recall@50's gain": of data sets with seeds enough; the others are named. */
function findingOf(found: Found): string {
  const [recall] = metrics;
  const [few = [], judged = []] = [true, false].map((wanted) =>
    found.filter(({ comparison: { tests, whole }, i }) =>
      wanted === (isFew(tests[recall.tested][i]) || isFew(whole[recall.tested]))
    )
  );
  const shares = found.map(({ comparison, i }) =>
    shareOf(comparison.others[i]!, comparison, recall)
  );
  if (shares.includes(null)) return ": not every gain in recall@50 is told";
  if (judged.length === 0) return ", share of recall@50's gain: too few seeds to judge";
  const least = Math.min(...judged.map((one) => shares[found.indexOf(one)]!)).toFixed(0);
  const but = few.map(({ comparison }) => comparison.data).join(", ");
  return `: ${least} %${judged.length > 1 ? " or more" : ""} of recall@50's gain` +
    (but === "" ? "" : ` (${but}: too few seeds)`);
}

/** "REMI is higher" */
function toldInWords({ to, tests }: Comparison, i: number, { tested }: Metric): string {
  const test = tests[tested][i];
  return isFew(test) ? "too few common seeds" : `${to.label} is ${test!.verdict}`;
}

function tracesOf(comparison: Comparison, metric: Metric, panel: number): Trace[] {
  return contendersOf(comparison).map(({ label, runs }) => {
    const spread = spreadOf(runs.map(metric.of));
    return seedPoints([literal(label)], [spread], { ...methodOf(runs[0]!.config), name: label }, {
      hover: `${seedsInWords([runs.length])}<br>mean %{x:.2f} %, ` +
        `${spread.least.toFixed(2)} to ${spread.most.toFixed(2)}`,
      across: true,
      size: 11,
      own: { cliponaxis: false, ...on(panel) },
    });
  });
}

/** The shares of the gain, to the right of a panel. */
function sharesOf(comparison: Comparison, metric: Metric, panel: number): Keys[] {
  return comparison.others.map(({ label }, i) =>
    note(
      shareInWords(comparison, i, metric),
      {
        ...within(panel),
        x: 1.03,
        xanchor: "left",
        yref: `y${panelEnding(panel)}`,
        y: literal(label),
      },
      ink.text,
      12,
    )
  );
}

/**
 * "98 %", "≈ 98 %" where the paired rule does not tell the end from it, "98 % *" for too few common
 * seeds.
 */
function shareInWords(comparison: Comparison, i: number, metric: Metric): string {
  const share = shareOf(comparison.others[i]!, comparison, metric);
  if (share === null) return "–";
  const words = share > MANIFOLD
    ? `> ${MANIFOLD} %`
    : withMinus(`${share.toFixed(0)} %`.replace(/^-0 /, "0 "));
  const test = comparison.tests[metric.tested][i];
  if (isFew(test) || isFew(comparison.whole[metric.tested])) return `${words} *`;
  return test!.verdict === "not told apart" ? `≈ ${words}` : words;
}

function endsOf({ from, to }: Comparison, metric: Metric, panel: number): Keys[] {
  return [from, to].map((end) =>
    rule({ x: meanOf(end, metric) }, {
      colour: methodOf(end.runs[0]!.config).colour,
      ending: panelEnding(panel),
      own: { layer: "below" },
    })
  );
}

/** The panels' heights follow their rows. */
function domainsOf(comparisons: readonly Comparison[]): { height: number; of: [number, number][] } {
  const heights = comparisons.map((comparison) => ROW * contendersOf(comparison).length);
  const height = heights.reduce((sum, rows) => sum + rows + AROUND, NAME - AROUND);
  let top = 1 - NAME / height;
  return {
    height,
    of: heights.map((rows): [number, number] => {
      const domain: [number, number] = [Math.max(0, top - rows / height), top];
      top = domain[0] - AROUND / height;
      return domain;
    }),
  };
}

function axesOf(
  comparison: Comparison,
  metric: Metric,
  panel: number,
  domain: readonly [number, number],
): Panel {
  const left = panel % 2 === 0;
  const labels = contendersOf(comparison).map(({ label }) => literal(label));
  return {
    x: axis(`test ${metric.name} (%)`, { domain: left ? [0, 0.44] : [0.56, 1], nticks: 6 }),
    y: {
      domain,
      type: "category",
      categoryorder: "array",
      categoryarray: labels,
      range: [labels.length - 0.4, -0.6],
      showticklabels: left,
      ticks: "",
    },
  };
}
