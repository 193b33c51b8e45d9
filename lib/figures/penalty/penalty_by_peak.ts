/** The routing penalty of one head, from uniform to one-hot, and the push on its largest weight. */
import { headPenalty, penaltyPush } from "../../analyze/routing_penalty.ts";
import { BadInput } from "../../base/bad_input.ts";
import type { Figure } from "../../show/figure.ts";
import { axis } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { line } from "../grammar/marks.ts";
import { on, panels } from "../grammar/panels.ts";
import { shades } from "../grammar/styles.ts";

/** A head over n real items among L slots. */
export interface HeadOfItems {
  readonly n: number;
  readonly L: number;
}

/** Points of a curve. */
const POINTS = 121;

/**
 * Two panels over the largest weight p of a head whose other n - 1 weights are alike: the penalty,
 * and how hard its gradient pushes the logit of p down.
 *
 * @param heads a curve each
 * @throws {BadInput} if there is none, or one is not of 2..L items
 */
export function penaltyByPeak(heads: readonly HeadOfItems[]): Figure {
  const wrong = heads.find(({ n, L }) => !(n >= 2 && n <= L && [n, L].every(Number.isInteger)));
  if (heads.length === 0 || wrong) {
    throw new BadInput(
      "not heads of 2 to L items",
      "figure's heads",
      wrong ? `n = ${wrong.n}, L = ${wrong.L}` : "none",
      "Give some, with 2 <= n <= L.",
    );
  }
  const curves = heads.map(curveOf);
  const peaks = curves.map(({ p, push }) => p[push.indexOf(Math.max(...push))]!);
  const colours = shades(heads.length);
  const weight = axis("largest weight p", { range: [0, 1.02] });
  return draw({
    finding: `The push is strongest at a largest weight of ${rangeOf(peaks)}; ` +
      "uniform and one-hot routing are not pushed at all",
    about: [
      "one head, largest weight p from uniform (1/n) to one-hot (1), the others alike",
      "n real items among L slots",
    ],
    height: 400,
    data: curves.flatMap(({ p, penalty, push }, i) => {
      const { n, L } = heads[i]!;
      const name = n === L ? `n = L = ${n}` : `n = ${n}, L = ${L}`;
      const style = { name, colour: colours[i]!, dash: n === L ? "solid" : "dash" } as const;
      return [penalty, push].map((y, panel) =>
        line(p, y, style, {
          hover: "p %{x:.2f}: %{y:.3f}",
          own: { legendgroup: String(i), showlegend: panel === 0, ...on(panel) },
        })
      );
    }),
    layout: {
      hovermode: "closest",
      ...panels([
        { x: weight, y: axis("penalty of the head", { rangemode: "tozero" }) },
        { x: weight, y: axis("push down on its logit", { rangemode: "tozero" }) },
      ], { xgap: 0.2 }),
    },
  });
}

function curveOf({ n, L }: HeadOfItems): { p: number[]; penalty: number[]; push: number[] } {
  const p = Array.from({ length: POINTS }, (_, i) => 1 / n + (1 - 1 / n) * i / (POINTS - 1));
  const rows = p.map((peak) => Array.from({ length: n }, (_, l) => l === 0 ? peak : rest(peak, n)));
  return {
    p,
    penalty: rows.map((row) => headPenalty(row, L)),
    push: rows.map((row) => Math.abs(penaltyPush(row, L)[0]!)),
  };
}

function rest(peak: number, n: number): number {
  return (1 - peak) / (n - 1);
}

function rangeOf(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(2));
  return low === high ? low! : `${low} to ${high}`;
}
