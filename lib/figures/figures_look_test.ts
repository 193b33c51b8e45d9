/** What every figure has in common, whatever it is about: how it reads, still and live. */
import assert from "node:assert/strict";
import { analysisMeasures } from "../analyze/measures.ts";
import { methodOf } from "../results/method.ts";
import type { Figure } from "../show/figure.ts";
import { captioned, live } from "../show/theme.ts";
import { unbroken } from "../show/words.ts";
import { everyFigure } from "../testing/every_figure.ts";

type Keys = Readonly<Record<string, unknown>>;

/** A figure's texts that a reader sees, by where they stand. */
function* textsOf(value: unknown, at = ""): Generator<readonly [string, string]> {
  if (typeof value === "string") yield [at, value];
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return;
  for (const [key, inner] of Object.entries(value)) yield* textsOf(inner, `${at}.${key}`);
}

function axesOf({ layout }: Figure): [string, Keys][] {
  return Object.entries(layout).filter(([key]) => /^[xy]axis/.test(key)) as [string, Keys][];
}

/** Methods as legends call them, in the house order. */
const houseNames = [{}, { ihn: { beta: 1 } }, { rr: { lambda: 1 } }, {
  ihn: { beta: 1 },
  rr: { lambda: 1 },
}].map((objective) => methodOf({ objective }).name);

const made = await Promise.all(
  Object.entries(everyFigure).map(async ([name, make]) => [name, await make()] as const),
);

/** Figures whose titles are longer than a class reads from the last row; they get shorter. */
const wordy = new Set([
  "collapsePlane",
  "effectiveNegatives",
  "contrasts",
  "estimateError",
  "gains",
  "gradientShares",
  "hardAndEasy",
  "hiddenNegatives",
  "lambdaPlane",
  "lambdaTraining",
  "learningCurves",
  "margins",
  "outranked",
  "penaltyByPeak",
  "penaltyShare",
  "retrieval",
  "routing",
  "sampledNegatives",
  "sweep",
]);

/** Words of a title; a value and its unit are one. */
function wordsOf(title: string): number {
  return unbroken(title).split(" ").length;
}

for (const [name, figure] of made) {
  const spoken = (figure.layout.meta as { finding: string }).finding;

  Deno.test(`figure.${name}: logarithmic axes name three values or more`, () => {
    for (const [axis, { type, range, tickvals, ticktext }] of axesOf(figure)) {
      if (type !== "log") continue;
      const [from, to] = range as [number, number];
      const inSight = (tickvals as number[]).map(Math.log10)
        .filter((tick) => from <= tick && tick <= to);
      assert.ok(inSight.length >= 3, `${axis}: ${tickvals} in ${range}`);
      if (ticktext) assert.equal((ticktext as string[]).length, (tickvals as number[]).length);
    }
  });

  Deno.test(`figure.${name}: values stay with their units, negative ones have one minus`, () => {
    const still = captioned(figure);
    const { finding, small } = still.layout.meta as { finding: string; small: string };
    for (const { layout } of [still, live(still)]) {
      const title = (layout.title as { text: string }).text
        .replaceAll("<br>", " ").replace(/<[^>]+>/g, "");
      for (const text of [finding, small]) assert.ok(title.includes(unbroken(text)), title);
    }
    for (const [at, text] of textsOf({ ...figure, layout: { ...figure.layout, template: {} } })) {
      if (/color|template|path|runs/i.test(at)) continue;
      assert.doesNotMatch(text, /(?:^|[\s(=])-\d/, at);
    }
  });

  Deno.test(`figure.${name}: a short title, and small print of at most a sixth`, () => {
    const { layout } = captioned(figure);
    const small = (layout.title as { text: string }).text.split("<br>")
      .filter((line) => line.includes("font-size:13px"));
    assert.ok(small.length <= 2 && 23.4 * small.length <= Number(layout.height) / 6, `${small}`);
    assert.ok(wordsOf(spoken) <= 12 || wordy.has(name), spoken);
  });

  Deno.test(`figure.${name}: live it is as wide as its place, with a title for a phone`, () => {
    const { layout } = live(captioned(figure));
    assert.ok(!("width" in layout) && layout.autosize === true);
    const lines = (layout.title as { text: string }).text.split("<br>");
    for (const line of lines) assert.ok(line.replace(/<[^>]+>/g, "").length <= 51, line);
    const top = (layout.margin as { t: number }).t;
    assert.ok(top >= 15 * lines.length && Number(layout.height) - top > 150);
  });

  Deno.test(`figure.${name}: the legend has the methods in the house order`, () => {
    const entries = figure.data.filter(({ name, showlegend }) => name && showlegend !== false)
      .toSorted((a, b) => Number(a.legendrank ?? 1000) - Number(b.legendrank ?? 1000))
      .map(({ name }) => houseNames.indexOf(String(name))).filter((rank) => rank >= 0);
    assert.deepEqual(entries, entries.toSorted((a, b) => a - b));
    assert.deepEqual(entries, [...new Set(entries)]);
    const { legend } = figure.layout as { legend?: Keys };
    for (const key of ["x", "y", "orientation"]) assert.ok(!(key in (legend ?? {})));
  });

  Deno.test(`figure.${name}: measures and steps are called by words`, () => {
    const machineNames = Object.keys(analysisMeasures).filter((key) => key.split("-").length > 2)
      .flatMap((key) => [key, key.replaceAll("-", " ")]);
    for (const [at, text] of textsOf(figure)) {
      for (const key of machineNames) assert.ok(!text.includes(key), `${at}: ${text}`);
    }
    const [slider] = figure.layout.sliders as { currentvalue: { prefix: string } }[] ?? [];
    if (slider?.currentvalue.prefix.includes("step")) assert.match(spoken, /\bsteps?\b/);
  });
}
