/** IHN worked by hand: the gradient of a few negatives in its two parts, drawn. */
import { type WorkedExample, workedNegatives } from "../../analyze/worked_negatives.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { methodOf } from "../../results/method.ts";
import { literal } from "../../show/literal.ts";
import { ink, translucent } from "../../show/theme.ts";
import { axis } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { said } from "../grammar/marks.ts";
import { requireBetas } from "../../analyze/hardness.ts";

/** Which negatives are worked out. */
export interface WorkedNegativesOptions {
  /** [n] x_j */
  readonly scores: readonly number[];
  /** [n] the negatives in words; by their scores unless told */
  readonly names?: readonly string[];
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
 * @throws {BadInput} for no scores, one that is too far from 0, or a β that is no hardness
 */
export function workedNegativesFigure(
  { scores, names = [], positive, betas, beta }: WorkedNegativesOptions,
): Figure {
  requireBetas(betas, "figure.workedNegatives, betas");
  const steps = [...new Set([...betas, beta])].sort((a, b) => a - b);
  const worked = steps.map((step) => workedNegatives(scores, positive, step));
  const active = steps.indexOf(beta);
  const pushedUp = steps.filter((_, s) => worked[s]!.negatives.some(isPushedUp));
  const all = worked.flatMap(({ negatives }) =>
    negatives.flatMap(({ direct, throughWeights, gradient }) => [
      Math.max(direct, direct + throughWeights, gradient),
      Math.min(0, throughWeights, gradient),
    ])
  );
  const gradients = worked[active]!.negatives
    .map(({ gradient, score }) => `${gradient.toFixed(3)} at x = ${score}`);
  return draw({
    finding: pushedUp.length === 0
      ? "Every negative is pushed down, whatever β is here"
      : `From β = ${pushedUp[0]} on, the weights push the easiest negatives up`,
    about: [
      `${scores.length} negatives, x+ = ${positive}`,
    ],
    more: `dL/dx for β = ${beta}: ${gradients.join(", ")}.`,
    height: 520,
    frames: {
      names: steps.map(String),
      prefix: "β = ",
      active,
      room: 95, // for labels of three lines and the axis's title
      at: (s) => ({ data: tracesOf(worked[s]!) }),
    },
    layout: {
      barmode: "relative",
      bargap: 0.35,
      xaxis: axis("the negative and its score x", {
        range: [-0.5, scores.length - 0.5],
        tickmode: "array",
        tickvals: scores.map((_, j) => j), // negatives of equal scores have places of their own
        ticktext: scores.map((score, j) => labelOf(score, names[j])),
        showgrid: false,
        tickangle: 0,
      }),
      yaxis: axis("dL / dx, above 0 is pushed down", {
        range: [1.15 * Math.min(...all) - 0.02, 1.2 * Math.max(...all)],
        zeroline: true,
        zerolinecolor: ink.axis,
      }),
    },
  });
}

function isPushedUp({ gradient }: WorkedExample["negatives"][number]): boolean {
  return gradient < 0;
}

const plain = methodOf({}).colour;
const hard = methodOf({ objective: { ihn: { beta: 1 } } }).colour;

/** The score, below its name if it has one. */
function labelOf(score: number, name: string | undefined): string {
  const number = String(score).replace("-", "−");
  return name ? `${literal(name).replaceAll(" ", "<br>")}<br>${number}` : number;
}

function tracesOf({ negatives }: WorkedExample): Trace[] {
  const x = negatives.map((_, j) => j);
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
    ...said("%{y:.4f}", name),
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
      ...said("dL/dx %{y:.4f}"),
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
