/** IHN worked by hand: the gradient of a few negatives, in its two parts. */
import { type WorkedExample, workedNegatives } from "../../analyze/worked_negatives.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { methodStyle } from "../../compare/methods.ts";
import { sliders } from "../grammar/slider.ts";
import { houseLayout, ink, translucent } from "../../show/theme.ts";

/** Which negatives are worked out. */
export interface WorkedNegativesOptions {
  /** [n] x_j */
  readonly scores: readonly number[];
  /** x+ */
  readonly positive: number;
  /** the slider's values, ascending */
  readonly betas: readonly number[];
  /** the value that the slider stands on at first */
  readonly beta: number;
}

/**
 * Bars of dL/dx_j for a few negatives: the part that plain softmax over the weighted negatives
 * gives, the part that flows through the importance weights, and their sum as a point. Above 0 a
 * score is pushed down, below 0 it is pushed up. The slider sets β.
 *
 * @throws {BadInput} for no scores, or a β that is not a number >= 0
 */
export function workedNegativesFigure(
  { scores, positive, betas, beta }: WorkedNegativesOptions,
): Figure {
  const steps = [...new Set([...betas, beta])].sort((a, b) => a - b);
  const worked = steps.map((step) => workedNegatives(scores, positive, step));
  const active = steps.indexOf(beta);
  const pushedUp = steps.filter((_, s) => worked[s]!.negatives.some(isPushedUp));
  const finding = pushedUp.length === 0
    ? "Every negative is pushed down, whatever β is here"
    : `From β = ${pushedUp[0]} on, the weights push the easiest negatives up`;
  const about = `${scores.length} negatives, x+ = ${positive} · ` +
    `above 0 a step of training lowers the score, below 0 it raises it`;
  const all = worked.flatMap(({ negatives }) =>
    negatives.flatMap(({ direct, throughWeights, gradient }) => [
      Math.max(direct, direct + throughWeights, gradient),
      Math.min(0, throughWeights, gradient),
    ])
  );
  return {
    alt: `${finding}. ${about}. dL/dx for β = ${beta}: ` +
      worked[active]!.negatives.map((of) => `${of.gradient.toFixed(3)} at x = ${of.score}`).join(
        ", ",
      ) + ".",
    data: tracesOf(worked[active]!),
    frames: worked.map((example, s) => ({ name: String(steps[s]), data: tracesOf(example) })),
    layout: houseLayout({ finding, about, height: 480 }, {
      barmode: "relative",
      bargap: 0.35,
      legend: { x: 1, xanchor: "right", y: 1 },
      xaxis: {
        title: { text: "score x of the negative" },
        type: "category",
        showgrid: false,
      },
      yaxis: {
        title: { text: "dL / dx" },
        range: [1.15 * Math.min(...all) - 0.02, 1.2 * Math.max(...all)],
        zeroline: true,
        zerolinecolor: ink.axis,
      },
      sliders: sliders(steps.map(String), { prefix: "β = ", active }),
    }),
  };
}

function isPushedUp({ gradient }: WorkedExample["negatives"][number]): boolean {
  return gradient < 0;
}

const [plain, hard] = [methodStyle("comirec-sa").colour, methodStyle("comirec-sa+ihn").colour];

function tracesOf({ negatives }: WorkedExample): Trace[] {
  const x = negatives.map(({ score }) => String(score).replace("-", "−"));
  const bar = (name: string, y: number[], colour: string, pattern: string): Trace => ({
    type: "bar",
    name,
    x,
    y,
    marker: {
      color: translucent(colour, 0.75),
      line: { color: colour, width: 1.5 },
      pattern: { shape: pattern, fillmode: "overlay", fgcolor: "#ffffff", size: 7 },
    },
    hovertemplate: `${name}: %{y:.4f}<extra></extra>`,
  });
  return [
    bar("weights held constant", negatives.map(({ direct }) => direct), plain, ""),
    bar("through the weights", negatives.map((of) => of.throughWeights), hard, "/"),
    {
      type: "scatter",
      mode: "markers",
      name: "their sum, the gradient",
      x,
      y: negatives.map(({ gradient }) => gradient),
      marker: { symbol: "diamond", size: 11, color: ink.text },
      hovertemplate: "dL/dx %{y:.4f}<extra></extra>",
    },
    {
      type: "scatter",
      mode: "text",
      x,
      y: negatives.map(({ direct, gradient }) => Math.max(direct, gradient)),
      text: negatives.map(({ gradient }) => `${inWords(gradient)}<br> `),
      textposition: "top center", // above bar and point
      textfont: { size: 13, color: ink.text },
      cliponaxis: false,
      showlegend: false,
      hoverinfo: "skip",
    },
  ];
}

/** Three digits after the point; "0" for what is not there with so many. */
function inWords(gradient: number): string {
  const digits = gradient.toFixed(3).replace("-", "−");
  return Number(gradient.toFixed(3)) === 0 ? "0" : digits;
}
