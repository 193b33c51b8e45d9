/** A drawing of multi-interest matching: what the paper's Fig. 2 is about, in our own design. */
import type { Figure } from "../../show/figure.ts";
import { methodOf } from "../../results/method.ts";
import { accent, ink, interestColours, sequentialScale, translucent } from "../../show/theme.ts";
import { draw } from "../grammar/drawing.ts";

const remiColour = methodOf({ objective: { ihn: { beta: 1 }, rr: { lambda: 1 } } }).colour;
const attended = sequentialScale[7]![1];
const K = 3; // interests drawn
const itemInterest = [0, 1, 0, 2, 1]; // which interest each drawn item of the history belongs to

/**
 * From a history to interests, and from there the two ways on: training picks the interest nearest
 * to the target, serving lets every interest retrieve. REMI's two changes are marked. All positions
 * are in a coordinate system of 100 by 56.
 */
export function framework(): Figure {
  return draw({
    finding: "One history becomes several interests: trained one at a time, served together",
    about: ["after the framework of the paper's Fig. 2", "REMI's two changes are the dark boxes"],
    more: "Items of a history are embedded, routed by the matrix A into K interests. " +
      "In training the interest nearest to the target is selected and trained by sampled softmax " +
      "with harder negatives (IHN), and A is regularized (RR). In serving every interest " +
      "retrieves its top N items and the union is ranked by its best score.",
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

const itemY = (i: number) => 38 - i * 5.5;

function history(): Shape[] {
  return itemInterest.map((k, i) =>
    rect(2.6, itemY(i), 4.2, 4, { fillcolor: interestColours[k], line: { width: 1 } })
  );
}

/** The matrix A: darker where an interest attends. */
function routing(): Shape[] {
  return itemInterest.flatMap((belongs, i) =>
    Array.from({ length: K }, (_, k) =>
      rect(20 + k * 3.4, itemY(i), 3, 4, {
        fillcolor: translucent(attended, belongs === k ? 0.85 : 0.12),
      }))
  );
}

const interestY = (k: number) => 36 - k * 8;

function interests(): Shape[] {
  return Array.from(
    { length: K },
    (_, k) => circle(43, interestY(k), 2.6, { fillcolor: interestColours[k], line: { width: 1 } }),
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
    rect(15.8, 6.5, 18, 4.6, { fillcolor: remiColour }),
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
    head(4.7, 49.5, "history"),
    text(5.6, 45.3, "e<sub>1</sub> … e<sub>n</sub>"),
    text(13.2, 31.8, "embed"),
    text(13.2, 26.5, "H [d, n]"),
    head(24.8, 49.5, "routing"),
    text(24.8, 45.3, "A [n, K]"),
    head(43, 49.5, "interests"),
    text(43, 45.3, "V = H A"),
    ...Array.from({ length: K }, (_, k) => text(43, interestY(k), `<b>${k + 1}</b>`, white)),
    text(24.8, 8.8, "<b>RR</b>: keep A spread", white),
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
    arrow(8, 29.2, 18.8, 29.2),
    arrow(30.8, 29.2, 39.5, 29.2),
    arrow(24.8, 11.3, 24.8, 15.4, remiColour),
    arrow(46.4, 32.5, 52.4, 36.3),
    arrow(60.1, 45.5, 60.1, 40.6),
    arrow(67.6, 37.5, 71.4, 37.5),
    arrow(77.4, 37.5, 82.4, 37.5),
    arrow(91.5, 34.2, 91.5, 35.6, remiColour),
    arrow(46.4, 24, 56.6, 17.5),
    arrow(73.2, 14.8, 80, 14.8),
  ];
}
