/** Who carries the gradient: its cumulative share against the share of the negatives. */
import type { GradientShares } from "../../analyze/gradient_shares.ts";
import { BadInput } from "../../base/bad_input.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { sliders } from "../grammar/slider.ts";
import { grouped, houseLayout, ink, type LineStyle, percent } from "../../show/theme.ts";
import { measuredUsers } from "../grammar/sample_words.ts";
import { singleVector, views } from "../grammar/views.ts";

/** The shares of one trained model. */
export interface SharesOfK {
  readonly K: number;
  readonly shares: GradientShares;
}

/** What the curves are drawn from. */
export interface GradientSharesData {
  /** trainings with equal steps that differ in K only; K = 1 among them, if there is one */
  readonly byK: readonly SharesOfK[];
  /** what was trained on which data, e.g. "ComiRec-SA on synthetic, 2,000 steps, seed 1" */
  readonly about: string;
  /** as in a Figure */
  readonly runs?: readonly string[];
}

const alone = { ...singleVector, name: "K = 1, trained on its own" };

/**
 * Cumulative shares of the gradient, hardest negatives first, for the selected interest, the
 * others, and the mean of the interests, with a slider over K; beside them K = 1 trained on its own
 * and the diagonal of equal shares. The static picture shows K = 4, or the largest there is.
 *
 * @throws {BadInput} if there is no K > 1
 */
export function gradientSharesFigure({ byK, about, runs }: GradientSharesData): Figure {
  const several = byK.filter(({ K }) => K > 1);
  if (several.length === 0) {
    throw new BadInput("no K > 1", "figure's byK", `${byK.map(({ K }) => K)}`, "Add one.");
  }
  const single = byK.find(({ K }) => K === 1);
  const four = several.findIndex(({ K }) => K === 4);
  const active = four >= 0 ? four : several.length - 1;
  const chosen = several[active]!;
  const hardest = nearestToOnePercent(chosen.shares.negatives);
  const carried = (shares: GradientShares) => percent(shares.selected[hardest]!);
  const finding = `The hardest ${percent(chosen.shares.negatives[hardest]!)} % of the negatives ` +
    `carry ${carried(chosen.shares)} % of the selected interest's gradient with K = ${chosen.K}` +
    (single ? `, and ${carried(single.shares)} % with K = 1` : "");
  const negatives = grouped(1 / chosen.shares.negatives[0]!); // the first share is 1/n
  const words = `${about} · ${measuredUsers} × ${negatives} uniform negatives, mean over users`;
  const dataOf = ({ shares }: SharesOfK): Trace[] => [
    ...(["selected", "other", "single"] as const).map((who) =>
      curve(shares.negatives, shares[who]!, views[who])
    ),
    ...(single ? [curve(single.shares.negatives, single.shares.selected, alone)] : []),
    equal(shares.negatives),
  ];
  const names = several.map(({ K }) => String(K));
  return {
    alt: `${finding}. ${words}.`,
    ...(runs ? { runs } : {}),
    data: dataOf(chosen),
    frames: several.map((of, i) => ({ name: names[i], data: dataOf(of) })),
    layout: houseLayout({ finding, about: words, height: 500 }, {
      hovermode: "x",
      legend: { x: 0.01, y: 0.99, xanchor: "left", yanchor: "top" },
      sliders: sliders(names, { prefix: "K = ", active }),
      xaxis: {
        title: { text: "share of the negatives, hardest first (%, log scale)" },
        type: "log",
        tickvals: [0.1, 1, 10, 100],
        ticktext: ["0.1", "1", "10", "100"],
      },
      yaxis: { title: { text: "share of the gradient (%)" }, range: [0, 102] },
    }),
  };
}

function nearestToOnePercent(shares: readonly number[]): number {
  const distances = shares.map((share) => Math.abs(share - 0.01));
  return distances.indexOf(Math.min(...distances));
}

function curve(
  x: readonly number[],
  y: readonly number[],
  { name, colour, dash }: LineStyle,
): Trace {
  return {
    type: "scatter",
    mode: "lines",
    name,
    x: x.map((share) => 100 * share),
    y: y.map((share) => 100 * share),
    line: { color: colour, dash, width: 2.5 },
    hovertemplate: `${name}: %{y:.1f} %<extra></extra>`,
  };
}

function equal(x: readonly number[]): Trace {
  const shares = x.map((share) => 100 * share);
  return {
    type: "scatter",
    mode: "lines",
    name: "equal shares",
    x: shares,
    y: shares,
    line: { color: ink.axis, dash: "dot", width: 1.5 },
    hoverinfo: "skip",
  };
}
