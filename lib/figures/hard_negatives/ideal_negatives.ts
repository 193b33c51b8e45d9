/** The distribution that IHN aims at: where its mass lies, and on whose items. */
import { BadInput } from "../../base/bad_input.ts";
import type { IdealNegativesData } from "../../analyze/hardness.ts";
import { type IdealNegatives, MARKED_PARTS } from "../../analyze/ideal_negatives.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { grouped, ink, percent, sequentialScale, translucent } from "../../show/theme.ts";
import { axis, logAxis } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { line } from "../grammar/marks.ts";
import { on, panels } from "../grammar/panels.ts";

const [curve, faint] = [sequentialScale[6]![1], "#c4c4c4"];
const [own, target] = ["#cc6677", "#117733"];

/** The axis of mass, with room above 100 % for the marks' numbers. */
const massAxis = axis("mass of q (%)", { range: [0, 114], tickvals: [0, 20, 40, 60, 80, 100] });

/**
 * Left, the mass of q_β on the hardest part of the catalogue, for every β in grey and for the
 * slider's β in colour, marked at 0.1, 1 and 10 % as far as these are an item or more. Right, the
 * mass on the target itself and, with a planted truth, on the items of the user's own interests,
 * against β.
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
  const marked = MARKED_PARTS.filter((part) => part >= parts[0]!); // the first is one item
  const marks = marked.map((part) => parts.indexOf(part));
  if (marks.includes(-1)) {
    throw new BadInput(`lacks one of ${marked.join(", ")}`, "parts", parts.join(", "), "Add it.");
  }
  const percentAt = parts.indexOf(0.01);
  const [hardest, hold] = percentAt < 0
    ? [`item of ${grouped(1 / parts[0]!)}`, "holds"]
    : ["1 % of the catalogue", "hold"];
  const first = levels[0]!;
  const other = active === levels.length - 1 ? first : levels.at(-1)!;
  const ofPercent = ({ massOfHardest, beta }: IdealNegatives) =>
    `${percent(massOfHardest[Math.max(0, percentAt)]!)} % (β = ${beta})`;
  const places = levels.map((level) => placeOf(level.beta));
  const names = levels.map((level) => String(level.beta));
  const behind = [
    ...levels.map((level) =>
      line(parts, level.massOfHardest.map(inPercent), { colour: faint }, {
        width: 1,
        hover: `β = ${level.beta}: %{y:.1f} %`,
      })
    ),
    ...ownersOf(levels, places, ownShare),
  ];
  const moving = (i: number) => highlighted(levels[i]!, parts, marks, places[i]!);
  return draw({
    finding: `The hardest ${hardest.replace(" of the catalogue", "")} ${hold} ${
      ofPercent(levels[active]!).replace(" (", " of q (")
    }, ${ofPercent(other)}`,
    about: [about],
    more: `Of the mass of q the hardest ${hardest} ${hold} ${ofPercent(first)}.` +
      (ownShare === null
        ? ""
        : ` The user's own items hold ${percent(levels[active]!.own!)} % with β = ${beta}.`),
    runs,
    height: 610,
    data: [...behind, ...moving(active)],
    frames: {
      names,
      prefix: "β = ",
      active,
      at: (i) => ({ data: moving(i), traces: [0, 1, 2].map((trace) => behind.length + trace) }),
    },
    layout: {
      hovermode: "closest",
      margin: { r: 20, b: 200 }, // for slider and legend, one below the other
      ...panels([
        {
          x: logAxis("hardest part of the catalogue", parts, {
            own: {
              domain: [0, 0.52],
              tickvals: [...marked, 1],
              ticktext: [...marked.map((part) => `${100 * part} %`), "all"],
            },
          }),
          y: massAxis,
        },
        {
          x: axis("β", {
            domain: [0.63, 1],
            tickmode: "array",
            tickvals: places,
            ticktext: names,
            tickangle: 0,
          }),
          y: massAxis,
        },
      ]),
    },
  });
}

/** Evenly spaced enough for 0, 0.1, … 20 to be told apart: log(β + 0.1). */
function placeOf(beta: number): number {
  return Math.log10(beta + 0.1);
}

function inPercent(share: number): number {
  return 100 * share;
}

/** The right panel: what the target and the user's own items have. */
function ownersOf(
  levels: readonly IdealNegatives[],
  places: readonly number[],
  ownShare: number | null,
): Trace[] {
  const against = (name: string, y: number[], colour: string, symbol: string) =>
    line(places, y, { name, colour, symbol }, {
      hover: "%{y:.1f} %",
      width: 2,
      marks: 7,
      own: on(1),
    });
  const ofTarget = against(
    "on the target",
    levels.map((of) => inPercent(of.target)),
    target,
    "triangle-up",
  );
  if (ownShare === null) return [ofTarget];
  return [
    against("on the user's own interests", levels.map((of) => inPercent(of.own!)), own, "square"),
    ofTarget,
    line([places[0], places.at(-1)], [inPercent(ownShare), inPercent(ownShare)], {
      colour: own,
      dash: "dot",
    }, { width: 1.5, own: on(1) }),
  ];
}

/** What moves with the slider: curve, its marks, and the place on the right. */
function highlighted(
  { beta, massOfHardest, effectiveItems }: IdealNegatives,
  parts: readonly number[],
  marks: readonly number[],
  place: number,
): Trace[] {
  const name = `β = ${beta}: ${grouped(effectiveItems)} effective items`;
  return [
    line(parts, massOfHardest.map(inPercent), { name, colour: curve }, {
      width: 3,
      hover: "%{y:.1f} %",
    }),
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
    line([place, place], [0, 100], { colour: translucent(curve, 0.35) }, { width: 8, own: on(1) }),
  ];
}
