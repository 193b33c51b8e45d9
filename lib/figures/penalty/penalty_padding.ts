/** What padding does to the routing penalty: flat routing of short histories is not free. */
import { penaltyFloor, penaltyPush, uniformPenalty } from "../../analyze/routing_penalty.ts";
import { BadInput } from "../../base/bad_input.ts";
import type { Sizes } from "../../data/sizes.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { houseLayout, ink, percent, sequentialScale, translucent } from "../../show/theme.ts";
import { shades } from "../grammar/shades.ts";

/** What the padding of a data set's training histories is drawn from. */
export interface PaddingData {
  /** of the data set, for the line under the title */
  readonly name: string;
  /** [L + 1] the shares of training histories by their number n of real items */
  readonly shares: ArrayLike<number>;
  /** batch, heads, embedding size */
  readonly sizes: Pick<Sizes, "B" | "K" | "d">;
  /** in the code's scaling */
  readonly lambda: number;
}

/** Points of a curve. */
const POINTS = 101;
/** Real items of the head in the right panel. */
const n = 5;
/** Slots that it may be among: none is padding, then ever more. */
const SLOTS = [5, 10, 20, 40];

/**
 * Left: what K flat heads add to the loss by the number n of real items, lambda and the batch's
 * sums included, and behind it how often a training sees such a history. Right: the push on the
 * largest weight of a head over 5 items, for no padding and for ever more of it.
 *
 * @throws {BadInput} if the shares do not sum to 1
 */
export function penaltyPadding({ name, shares, sizes, lambda }: PaddingData): Figure {
  const L = shares.length - 1;
  const total = Array.from(shares).reduce((sum, share) => sum + share, 0);
  if (!(Math.abs(total - 1) < 1e-6)) {
    throw new BadInput("shares do not sum to 1", "figure's shares", total, "Give [L + 1] shares.");
  }
  const { B, K, d } = sizes;
  const inLoss = (real: number) => lambda * B * K / d ** 2 * uniformPenalty(real, L);
  const mean = lambda * penaltyFloor(shares, sizes);
  const finding = `Flat routing is not free on short histories: over ${n} of ${L} items ` +
    `${K} flat heads add ${inLoss(n).toFixed(2)} to the loss, over ${L} they add 0`;
  const about =
    `λ = ${lambda} in the code's scaling, B = ${B}, d = ${d}\u00a0· ${name}: on average ` +
    `flat routing adds ${mean.toFixed(2)}\u00a0· right: a head over ${n} real items, without λ`;
  const shortest = Array.from(shares).findIndex((share) => share > 0);
  const reals = Array.from({ length: L - shortest + 1 }, (_, i) => shortest + i);
  const most = Math.max(...Array.from(shares));
  return {
    alt: `${finding}. ${about}.`,
    data: [
      {
        type: "bar",
        x: reals,
        y: reals.map((real) => shares[real]! / most * inLoss(shortest)), // no axis of their own
        customdata: reals.map((real) => 100 * shares[real]!),
        name: `histories (highest bar: ${percent(most)} %)`,
        marker: { color: translucent(sequentialScale[2]![1], 0.55) },
        hovertemplate: "n = %{x}: %{customdata:.1f} % of the histories<extra></extra>",
      },
      {
        type: "scatter",
        mode: "lines+markers",
        x: reals,
        y: reals.map(inLoss),
        name: `added by ${K} flat heads`,
        line: { color: ink.text, width: 2 },
        marker: { size: 5 },
        hovertemplate: "n = %{x}: flat heads add %{y:.3f}<extra></extra>",
      },
      ...SLOTS.map(pushCurve),
    ],
    layout: houseLayout({ finding, about, height: 430 }, {
      grid: { rows: 1, columns: 2, pattern: "independent", xgap: 0.2 },
      hovermode: "closest",
      margin: { b: 120 },
      legend: { orientation: "h", x: 0, yref: "container", y: 0.02, yanchor: "bottom" },
      xaxis: { title: { text: `real items n of L = ${L}` }, range: [shortest - 0.7, L + 0.7] },
      yaxis: { title: { text: "added to the loss" }, rangemode: "tozero" },
      xaxis2: { title: { text: `largest weight p, n = ${n}` }, range: [0, 1.02] },
      yaxis2: {
        title: { text: "push down (log scale)" },
        type: "log",
        range: [-4.3, 0],
        tickformat: "~g",
        dtick: 1,
      },
    }),
  };
}

function pushCurve(L: number, i: number): Trace {
  const p = Array.from({ length: POINTS }, (_, at) => 1 / n + (1 - 1 / n) * at / (POINTS - 1));
  const rows = p.map((peak) => [peak, ...Array(n - 1).fill((1 - peak) / (n - 1))]);
  return {
    type: "scatter",
    mode: "lines",
    x: p,
    y: rows.map((row) => Math.abs(penaltyPush(row, L)[0]!)),
    name: L === n ? `L = ${L}: no padding` : `L = ${L}`,
    line: { color: shades(SLOTS.length)[i], width: 2.5, dash: L === n ? "solid" : "dash" },
    hovertemplate: `L = ${L}<br>p %{x:.2f}: %{y:.3f}<extra></extra>`,
    xaxis: "x2",
    yaxis: "y2",
  };
}
