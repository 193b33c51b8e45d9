/** Who carries the gradient: its share against that of the negatives, and what hidden ones get. */
import type { GradientShares } from "../../analyze/gradient_shares.ts";
import { BadInput } from "../../base/bad_input.ts";
import type { Figure } from "../../show/figure.ts";
import { grouped, ink, percent } from "../../show/theme.ts";
import { axis, covering, logAxis, logRange } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { line, type Style } from "../grammar/marks.ts";
import { singleVector, views } from "../grammar/styles.ts";

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
  const places = several.flatMap(({ shares }) => shares.negatives.map(inPercent).map(Math.log10));
  const users = grouped(chosen.shares.users);
  const negatives = grouped(1 / chosen.shares.negatives[0]!); // the first share is 1/n
  return draw({
    finding: `The hardest ${percent(chosen.shares.negatives[hardest]!)} % of the negatives carry ` +
      `${carried(chosen.shares)} % of the gradient`,
    about: [about, `${users} valid users × ${negatives} uniform negatives, mean over users`],
    more: `So it is for the selected interest with K = ${chosen.K}` +
      (single ? `; with K = 1 they carry ${carried(single.shares)} %.` : "."),
    runs,
    height: 500,
    frames: {
      names: several.map(({ K }) => String(K)),
      prefix: "K = ",
      active,
      at: (i) => {
        const { shares } = several[i]!;
        return {
          data: [
            ...(["selected", "other", "single"] as const).map((who) =>
              curve(shares.negatives, shares[who]!, views[who])
            ),
            ...(single ? [curve(single.shares.negatives, single.shares.selected, alone)] : []),
            line(shares.negatives.map(inPercent), shares.negatives.map(inPercent), {
              name: "equal shares",
              colour: ink.axis,
              dash: "dot",
            }, { width: 1.5 }),
          ],
        };
      },
    },
    layout: {
      hovermode: "x",
      xaxis: logAxis("share of the negatives, hardest first (%, log scale)", [0.1, 100], {
        marked: [0.1, 1, 10, 100],
        own: { range: covering(logRange([0.1, 100]), places) },
      }),
      yaxis: axis("share of the gradient (%)", { range: [0, 102] }),
    },
  });
}

function nearestToOnePercent(shares: readonly number[]): number {
  const distances = shares.map((share) => Math.abs(share - 0.01));
  return distances.indexOf(Math.min(...distances));
}

function curve(x: readonly number[], y: readonly number[], { name, colour, dash }: Style) {
  return line(x.map(inPercent), y.map(inPercent), { name, colour, dash }, {
    hover: "%{y:.1f} %",
  });
}

function inPercent(share: number): number {
  return 100 * share;
}
