/**
 * Small figures of every kind the notebooks draw, for the tests of the static pictures. Their
 * numbers are made up.
 */
import type { Figure } from "../show/figure.ts";

const x = [0, 1, 2, 3, 4, 5, 6, 7];
const wave = (shift: number) => x.map((value) => Math.sin(value + shift));
const axis = (text: string) => ({ title: { text } });
const title = (text: string) => ({ text: `Made-up ${text}` });

/** Figures by what they show. */
export const exampleFigures: Readonly<Record<string, Figure>> = {
  "line and band": {
    alt: "a made-up line with a band",
    data: [
      { type: "scatter", x, y: wave(0.3), mode: "lines", line: { width: 0 }, showlegend: false },
      { type: "scatter", x, y: wave(-0.3), fill: "tonexty", mode: "lines", name: "band" },
      { type: "scatter", x, y: wave(0), mode: "lines+markers", name: "line with a long name" },
    ],
    layout: {
      title: title("line and band"),
      xaxis: axis("steps (thousands)"),
      yaxis: axis("recall@50 (%)"),
      annotations: [{ x: 2, y: 0.9, text: "an arrow points here", showarrow: true }],
    },
  },
  "heat map": {
    alt: "a made-up heat map",
    data: [{
      type: "heatmap",
      z: [wave(0), wave(1), wave(2), wave(3)],
      y: ["interest 1", "interest 2", "interest 3", "interest 4"],
      colorbar: { title: { text: "weight" } },
    }],
    layout: { title: title("heat map"), xaxis: axis("position"), yaxis: { automargin: true } },
  },
  "bars": {
    alt: "made-up bars",
    data: [
      {
        type: "bar",
        name: "first",
        x: ["a long label", "b", "c"],
        y: [3, 1, 2],
        text: ["3", "1", "2"],
      },
      { type: "bar", name: "second", x: ["a long label", "b", "c"], y: [1, 2, 3] },
    ],
    layout: { title: title("bars"), barmode: "group", yaxis: axis("recall@50 (%)") },
  },
  "subplots with legend and colour bar": {
    alt: "made-up subplots",
    data: [
      { type: "scatter", x, y: wave(0), name: "left" },
      { type: "heatmap", z: [wave(0), wave(1)], xaxis: "x2", yaxis: "y2", colorbar: { len: 0.5 } },
    ],
    layout: {
      title: title("subplots"),
      grid: { rows: 1, columns: 2, pattern: "independent" },
      showlegend: true,
      legend: { x: 1.1 },
      yaxis2: { automargin: true },
    },
  },
  "box and violin": {
    alt: "made-up distributions",
    data: [
      { type: "box", y: [1, 2, 3, 4, 9], name: "box", boxpoints: "all", jitter: 0.3 },
      { type: "violin", y: [1, 2, 2, 3, 5], name: "violin", box: { visible: true } },
    ],
    layout: { title: title("box and violin"), yaxis: axis("effective items") },
  },
};
