/** What padding does to the routing penalty: flat routing of short histories is not free. */
import { penaltyFloor, penaltyPush, uniformPenalty } from "../../analyze/routing_penalty.ts";
import { BadInput } from "../../base/bad_input.ts";
import type { Sizes } from "../../data/sizes.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { ink, percent, sequentialScale, translucent } from "../../show/theme.ts";
import { axis, logAxis } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { line, said } from "../grammar/marks.ts";
import { on, panels } from "../grammar/panels.ts";
import { shades } from "../grammar/styles.ts";

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
  const shortest = Array.from(shares).findIndex((share) => share > 0);
  const reals = Array.from({ length: L - shortest + 1 }, (_, i) => shortest + i);
  const few = n < L ? n : Math.floor(L / 2);
  const most = Math.max(...Array.from(shares));
  return draw({
    finding: few > 0
      ? `Uniform routing adds ${inLoss(few).toFixed(2)} over ${few} item${few > 1 ? "s" : ""}, ` +
        `nothing over ${L}`
      : "Uniform routing over one item adds nothing",
    about: [
      `λ = ${lambda} in the code's scaling, B = ${B}, K = ${K}, d = ${d}`,
      `${name}: ${mean.toFixed(2)} on average`,
    ],
    more: `Right: the push on a row over ${n} real items, without λ.`,
    height: 430,
    data: [
      {
        type: "bar",
        x: reals,
        y: reals.map((real) => shares[real]! / most * inLoss(shortest)), // no axis of their own
        customdata: reals.map((real) => 100 * shares[real]!),
        name: `histories (highest bar: ${percent(most)} %)`,
        marker: { color: translucent(sequentialScale[2]![1], 0.55) },
        ...said("n = %{x}: %{customdata:.1f} % of the histories"),
      },
      line(reals, reals.map(inLoss), { name: `added by ${K} uniform rows`, colour: ink.text }, {
        hover: "n = %{x}: %{y:.3f}",
        width: 2,
        marks: 5,
      }),
      ...SLOTS.map(pushCurve),
    ],
    layout: {
      hovermode: "closest",
      ...panels([
        {
          x: axis(`real items n of L = ${L}`, { range: [shortest - 0.7, L + 0.7] }),
          y: axis("added to the loss", { rangemode: "tozero" }),
        },
        {
          x: axis(`largest weight p, n = ${n}`, { range: [0, 1.02] }),
          y: logAxis("push down (log scale)", [1e-4, 1], { own: { tickformat: "~g" } }),
        },
      ], { xgap: 0.26 }),
    },
  });
}

function pushCurve(L: number, i: number): Trace {
  const p = Array.from({ length: POINTS }, (_, at) => 1 / n + (1 - 1 / n) * at / (POINTS - 1));
  const rows = p.map((peak) => [peak, ...Array(n - 1).fill((1 - peak) / (n - 1))]);
  const y = rows.map((row) => Math.abs(penaltyPush(row, L)[0]!));
  const name = L === n ? `L = ${L}: no padding` : `L = ${L}`;
  const colour = shades(SLOTS.length)[i]!;
  return line(p, y, { name, colour, dash: L === n ? "solid" : "dash" }, {
    hover: "p %{x:.2f}: %{y:.3f}",
    own: on(1),
  });
}
