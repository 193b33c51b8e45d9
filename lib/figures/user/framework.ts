/** A drawing of multi-interest matching: what the paper's Fig. 2 is about, in our own design. */
import type { Figure } from "../../show/figure.ts";
import { methodOf } from "../../results/method.ts";
import { accent, ink, interestColours, translucent } from "../../show/theme.ts";
import { draw } from "../grammar/drawing.ts";

const remiColour = methodOf({ objective: { ihn: { beta: 1 }, rr: { lambda: 1 } } }).colour;
/** [K, L] the drawn weights: every interest weighs all positions, a row sums to 1. */
const A = [
  [0.4, 0.1, 0.3, 0.1, 0.1],
  [0.1, 0.35, 0.05, 0.15, 0.35],
  [0.05, 0.15, 0.15, 0.5, 0.15],
];
const K = A.length;

/**
 * From a history to interests, and from there the two ways on: training picks the interest nearest
 * to the target, serving lets every interest retrieve. REMI's two changes are marked. All places
 * are in a coordinate system of 100 by 56.
 */
export function framework(): Figure {
  return draw({
    finding: "One history becomes several interests: trained one at a time, served together",
    about: ["after the framework of the paper's Fig. 2", "REMI's two changes are the dark boxes"],
    more: "The L items of a history are embedded. Every interest weighs all of them by a softmax " +
      "over the positions: a row of A [K, L], which sums to 1; the interests are V = A H. " +
      "In training the interest nearest to the target is selected and trained by sampled softmax " +
      "with harder negatives (IHN), and A is regularized (RR). In serving every interest " +
      "retrieves its top N items and the union is ranked by its best score.",
    still: true,
    width: 900,
    height: 560,
    data: [{ type: "scatter", mode: "none", x: [0, 100], y: [0, 56], hoverinfo: "skip" }],
    layout: {
      showlegend: false,
      margin: { l: 16, r: 16, b: 16 },
      xaxis: { visible: false, range: [0, 100], fixedrange: true },
      yaxis: { visible: false, range: [0, 56], fixedrange: true },
      shapes: [
        ...panels(),
        ...history(),
        ...routing(),
        ...interests(),
        ...training(),
        ...serving(),
      ],
      annotations: [...texts(), ...arrows()],
    },
  });
}

type Shape = Readonly<Record<string, unknown>>;

function rect(x: number, y: number, w: number, h: number, style: Shape): Shape {
  return { type: "rect", x0: x, y0: y, x1: x + w, y1: y + h, line: { width: 0 }, ...style };
}

function circle(x: number, y: number, r: number, style: Shape): Shape {
  const across = r * 0.98; // the two axes have different scales
  return { type: "circle", x0: x - across, x1: x + across, y0: y - r, y1: y + r, ...style };
}

/** Grounds of the two halves. */
function panels(): Shape[] {
  return [
    rect(51, 29.5, 48.5, 25.5, { fillcolor: "#f3f3f8", layer: "below" }),
    rect(51, 1, 48.5, 26.5, { fillcolor: "#f0f6f4", layer: "below" }),
  ];
}

const columnX = (l: number) => 4 + l * 5.4;
const interestY = (k: number) => 27.5 - k * 6.6;

function history(): Shape[] {
  return A[0]!.map((_, l) =>
    rect(columnX(l), 40, 4.2, 4, { fillcolor: "#ffffff", line: { width: 1.5, color: ink.text } })
  );
}

/** The matrix A: a row an interest, the stronger its colour the more it attends. */
function routing(): Shape[] {
  return A.flatMap((row, k) => [
    rect(columnX(0) - 0.5, interestY(k) - 2.6, 26.8, 5.2, { line: { width: 1, color: ink.grid } }),
    ...row.map((weight, l) =>
      rect(columnX(l), interestY(k) - 2, 4.2, 4, {
        fillcolor: translucent(interestColours[k]!, 0.06 + 1.7 * weight),
      })
    ),
  ]);
}

function interests(): Shape[] {
  return A.map((_, k) =>
    circle(43, interestY(k), 2.6, { fillcolor: interestColours[k], line: { width: 1 } })
  );
}

/** Target, selected interest, and the softmax over the target and the negatives. */
function training(): Shape[] {
  const weights = [0.15, 0.6, 0.15, 0.85, 0.25, 0.15];
  return [
    rect(58, 46, 4.2, 4, { fillcolor: "#ffffff", line: { width: 2.5, color: accent.target } }),
    rect(53, 35, 14.2, 5, { fillcolor: "#ffffff", line: { width: 1, color: ink.axis } }),
    circle(74.5, 37.5, 2.6, { fillcolor: interestColours[1], line: { width: 1 } }),
    ...weights.map((weight, j) =>
      rect(83 + j * 2.5, 35.8, 2, 3.4, { fillcolor: translucent(ink.text, weight) })
    ),
    rect(79.5, 30.2, 19, 3.9, { fillcolor: remiColour }),
    rect(8, 3, 19, 4.6, { fillcolor: remiColour }),
  ];
}

const stripY = (k: number) => 19 - k * 6;
const unionOrder = [1, 0, 1, 2, 0, 0, 2];

function serving(): Shape[] {
  const strips = Array.from(
    { length: K },
    (_, k) =>
      Array.from({ length: 5 }, (_, n) =>
        rect(58 + n * 2.9, stripY(k), 2.4, 3.6, {
          fillcolor: translucent(interestColours[k]!, 1 - n * 0.17),
        })),
  );
  const union = unionOrder.map((k, n) =>
    rect(81 + n * 2.5, stripY(1), 2.1, 3.6, { fillcolor: interestColours[k] })
  );
  return [...strips.flat(), ...union];
}

function text(x: number, y: number, content: string, color: string = ink.text): Shape {
  return { x, y, text: content, showarrow: false, font: { size: 14, color } };
}

function texts(): Shape[] {
  const head = (x: number, y: number, content: string) =>
    text(x, y, `<span style="font-size:18px"><b>${content}</b></span>`);
  const white = "#ffffff";
  return [
    head(17.5, 52, "history"),
    text(17.5, 47.6, "embeddings H [L, d], oldest first"),
    head(17.5, 35.8, "routing"),
    text(17.5, 32.4, "A [K, L]"),
    text(17.5, 10.2, "softmax over the L positions"),
    head(43, 35.8, "interests"),
    text(43, 32.4, "V = A H [K, d]"),
    ...Array.from({ length: K }, (_, k) => text(43, interestY(k), `<b>${k + 1}</b>`, white)),
    text(17.5, 5.3, "<b>RR</b>: keep rows flat", white),
    head(75.2, 52.8, "training"),
    text(67.5, 48, "target e<sub>+</sub>"),
    text(60.1, 37.5, "argmax<sub>k</sub> v<sub>k</sub>·e<sub>+</sub>"),
    text(74.5, 42, "v<sub>k</sub> alone"),
    text(90, 45.2, "softmax over e<sub>+</sub>"),
    text(90, 41.8, "and S negatives"),
    text(89, 32.2, "<b>IHN</b>: weigh hard ones", white),
    head(75.2, 25.2, "serving"),
    text(65, 3.4, "each interest: its top N"),
    text(89.5, 19, "union, ranked by"),
    text(89.5, 9.6, "max<sub>k</sub> v<sub>k</sub>·e<sub>i</sub>"),
  ];
}

function arrows(): Shape[] {
  const arrow = (ax: number, ay: number, x: number, y: number, color: string = ink.muted) => ({
    x,
    y,
    ax,
    ay,
    axref: "x",
    ayref: "y",
    text: "",
    showarrow: true,
    arrowhead: 2,
    arrowwidth: 1.8,
    arrowcolor: color,
  });
  return [
    arrow(17.5, 39.4, 17.5, 37.6),
    ...A.map((_, k) => arrow(31, interestY(k), 39.4, interestY(k))),
    arrow(17.5, 7.7, 17.5, 9, remiColour),
    arrow(46.4, 26, 52.4, 36.3),
    arrow(60.1, 45.5, 60.1, 40.6),
    arrow(67.6, 37.5, 71.4, 37.5),
    arrow(77.4, 37.5, 82.4, 37.5),
    arrow(91.5, 34.2, 91.5, 35.6, remiColour),
    arrow(46.4, 18, 56.6, 16),
    arrow(73.2, 14.8, 80, 14.8),
  ];
}
