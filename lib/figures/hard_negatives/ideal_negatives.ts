/** The distribution that IHN aims at: where its mass lies, and on whose items. */
import { BadInput } from "../../base/bad_input.ts";
import { type IdealNegatives, MARKED_PARTS } from "../../analyze/ideal_negatives.ts";
import type { IdealNegativesData } from "../../analyze/hardness.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { sliders } from "../grammar/slider.ts";
import {
  grouped,
  houseLayout,
  ink,
  percent,
  sequentialScale,
  translucent,
} from "../../show/theme.ts";

const [curve, faint] = [sequentialScale[6]![1], "#c4c4c4"];
const [own, target] = ["#cc6677", "#117733"];

/** Room above 100 % for the marks' numbers, and above the axis for the legend. */
const massAxis = {
  title: { text: "mass of q (%)" },
  range: [0, 114],
  tickvals: [0, 20, 40, 60, 80, 100],
  domain: [0, 0.87],
};

/**
 * Left, the mass of q_β on the hardest part of the catalogue, for every β in grey and for the
 * slider's β in colour, marked at 0.1, 1 and 10 %. Right, the mass on the target itself and, with a
 * planted truth, on the items of the user's own interests, against β.
 *
 * @throws {BadInput} if the slider's β is none of the levels, or a marked part is not among parts
 */
export function idealNegativesFigure(
  { levels, parts, ownShare, beta, about, runs }: IdealNegativesData,
): Figure {
  const active = levels.findIndex((level) => level.beta === beta);
  if (active < 0) {
    throw new BadInput(
      "not among the levels",
      "beta",
      beta,
      `There are: ${levels.map((level) => level.beta).join(", ")}.`,
    );
  }
  const marks = MARKED_PARTS.map((part) => parts.indexOf(part));
  if (marks.includes(-1)) {
    throw new BadInput("lacks 0.001, 0.01 or 0.1", "parts", parts.join(", "), "Add them.");
  }
  const [first, last] = [levels[0]!, levels.at(-1)!];
  const ofPercent = ({ massOfHardest }: IdealNegatives) => percent(massOfHardest[marks[1]!]!);
  const finding = `The hardest 1 % of the catalogue hold ${ofPercent(levels[active]!)} % of the ` +
    `mass with β = ${beta}, ${ofPercent(last)} % with β = ${last.beta}`;
  const places = levels.map((level) => placeOf(level.beta));
  return {
    alt: `${finding}; ${ofPercent(first)} % with β = ${first.beta}. ${about}.` +
      (ownShare === null
        ? ""
        : ` The user's own items hold ${percent(levels[active]!.own!)} % with β = ${beta}.`),
    ...(runs ? { runs } : {}),
    data: [
      ...levels.map((level): Trace => ({
        type: "scatter",
        mode: "lines",
        x: parts,
        y: level.massOfHardest.map(inPercent),
        line: { color: faint, width: 1 },
        showlegend: false,
        hovertemplate: `β = ${level.beta}: %{y:.1f} %<extra></extra>`,
      })),
      ...ownersOf(levels, places, ownShare),
      ...highlighted(levels[active]!, parts, marks, places[active]!),
    ],
    frames: levels.map((level, i) => ({
      name: String(level.beta),
      data: highlighted(level, parts, marks, places[i]!),
      traces: [0, 1, 2].map((trace) => levels.length + (ownShare === null ? 1 : 3) + trace),
    })),
    layout: houseLayout({ finding, about, height: 520 }, {
      hovermode: "closest",
      legend: { orientation: "h", x: 0, y: 1, yanchor: "top" },
      margin: { r: 20 },
      xaxis: {
        title: { text: "hardest part of the catalogue" },
        type: "log",
        domain: [0, 0.52],
        tickmode: "array",
        tickvals: [...MARKED_PARTS, 1],
        ticktext: ["0.1 %", "1 %", "10 %", "all"],
      },
      yaxis: massAxis,
      xaxis2: {
        title: { text: "β" },
        domain: [0.63, 1],
        anchor: "y2",
        tickmode: "array",
        tickvals: places,
        ticktext: levels.map((level) => String(level.beta)),
        tickangle: 0,
      },
      yaxis2: { ...massAxis, anchor: "x2" },
      sliders: sliders(levels.map((level) => String(level.beta)), { prefix: "β = ", active }),
    }),
  };
}

/** Evenly spaced enough for 0, 0.1, … 20 to be told apart: log(β + 0.1). */
function placeOf(beta: number): number {
  return Math.log10(beta + 0.1);
}

function inPercent(share: number): number {
  return 100 * share;
}

function ownersOf(
  levels: readonly IdealNegatives[],
  places: readonly number[],
  ownShare: number | null,
): Trace[] {
  const axes = { xaxis: "x2", yaxis: "y2" };
  const line = (name: string, y: number[], colour: string, symbol: string): Trace => ({
    type: "scatter",
    mode: "lines+markers",
    name,
    x: places,
    y,
    line: { color: colour, width: 2 },
    marker: { symbol, size: 7, color: colour },
    hovertemplate: `${name}: %{y:.1f} %<extra></extra>`,
    ...axes,
  });
  const ofTarget = line(
    "on the target",
    levels.map((of) => inPercent(of.target)),
    target,
    "triangle-up",
  );
  if (ownShare === null) return [ofTarget];
  return [
    line("on the user's own interests", levels.map((of) => inPercent(of.own!)), own, "square"),
    ofTarget,
    {
      type: "scatter",
      mode: "lines",
      name: "own interests, β = 0",
      x: [places[0], places.at(-1)],
      y: [inPercent(ownShare), inPercent(ownShare)],
      line: { color: own, width: 1.5, dash: "dot" },
      hoverinfo: "skip",
      showlegend: false,
      ...axes,
    },
  ];
}

/** What moves with the slider: curve, its marks, and the place on the right. */
function highlighted(
  { beta, massOfHardest, effectiveItems }: IdealNegatives,
  parts: readonly number[],
  marks: readonly number[],
  place: number,
): Trace[] {
  return [
    {
      type: "scatter",
      mode: "lines",
      name: `β = ${beta}: ${grouped(effectiveItems)} effective items`,
      x: parts,
      y: massOfHardest.map(inPercent),
      line: { color: curve, width: 3 },
      hovertemplate: `β = ${beta}: %{y:.1f} %<extra></extra>`,
    },
    {
      type: "scatter",
      mode: "markers+text",
      x: marks.map((i) => parts[i]!),
      y: marks.map((i) => inPercent(massOfHardest[i]!)),
      text: marks.map((i) => `${percent(massOfHardest[i]!)} %`),
      textposition: "top left",
      textfont: { size: 13, color: ink.text },
      cliponaxis: false,
      marker: { size: 9, color: curve },
      showlegend: false,
      hoverinfo: "skip",
    },
    {
      type: "scatter",
      mode: "lines",
      x: [place, place],
      y: [0, 100],
      line: { color: translucent(curve, 0.35), width: 8 },
      showlegend: false,
      hoverinfo: "skip",
      xaxis: "x2",
      yaxis: "y2",
    },
  ];
}
