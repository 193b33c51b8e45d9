import assert from "node:assert/strict";
import { decode } from "fast-png";
import type { Figure } from "../figure.ts";
import { exampleFigures } from "../../testing/example_pictures.ts";
import { lean } from "./lean.ts";
import { toPng } from "./picture.ts";
import { loadPlotly } from "./plotly.ts";
import { stillOf } from "./still.ts";

Deno.test("a lean picture is smaller and looks the same", async () => {
  for (const [name, figure] of Object.entries(exampleFigures)) {
    const svg = await drawn(figure);
    const quoteless = svg.replace(/url\('(#[^']+)'\)/g, "url($1)");
    const [before, after] = [await pixels(quoteless), await pixels(await lean(svg))];
    const off = before.reduce((sum, value, i) => sum + Math.abs(value - after[i]!), 0);
    assert.ok(off / before.length < 0.1, `${name}: ${off / before.length} of 255 on average`);
    assert.ok((await lean(svg)).length < 0.8 * svg.length, name);
  }
});

Deno.test("words keep their digits and quotes", async () => {
  const text = `<text x="1.23456" style="opacity: 1; fill: red;">0.123456 "opacity": 1</text>`;
  assert.equal(
    await lean(svgOf(text)),
    svgOf(`<text x="1.2" fill="red">0.123456 &quot;opacity&quot;: 1</text>`),
  );
});

Deno.test("texts that are not displayed are dropped, and no others", async () => {
  const shown = (word: string) =>
    `<g class="textpoint" transform="translate(0,3)"><text x="1">${word}</text></g>`;
  const hidden = shown("b").replace("transform", `display="none" transform`);
  const svg = await lean(svgOf(`<g class="t">${shown("a")}${hidden}${shown("c")}</g>`));
  assert.deepEqual(svg.match(/>[a-c]</g), [">a<", ">c<"]);
});

Deno.test("what siblings share is said once", async () => {
  const point = (x: number) =>
    `<path class="point" transform="translate(${x},5)" d="M0,0L9,${x}" style="stroke: red;"/>`;
  const svg = await lean(svgOf(`<g class="points">${[1, 2, 3].map(point).join("")}</g>`));
  assert.equal(svg.match(/stroke="red"/g)?.length, 1);
});

Deno.test("the font of all texts is said once, one that differs where it is", async () => {
  const text = (font: string) => `<text x="1" y="2" style="font-family: ${font};">a</text>`;
  const fonts = async (...names: string[]) =>
    (await lean(svgOf(names.map(text).join("")))).match(/<\w+[^>]*font-family="[^"]*"/g)
      ?.map((tag) => tag.replace(/ .*font-family=/, " "));
  assert.deepEqual(await fonts("Arial", "Arial"), ['<svg "Arial"']);
  assert.deepEqual(await fonts("Arial", "Times"), ['<text "Arial"', '<text "Times"']);
});

Deno.test("names of the legend are not clipped to a box measured in another font", async () => {
  const svg = await drawn(exampleFigures["line and band"]!);
  assert.match(svg, /<g class="scrollbox"[^>]*clip-path=/);
  const clips = (text: string) => text.match(/ clip-path=/g)!.length;
  const kept = svg.replace(/<g class="scrollbox"[^>]*>/, "<g>");
  assert.ok(clips(kept) < clips(svg));
  assert.equal(clips(await lean(svg)), clips(kept));
});

function svgOf(content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg">${content}</svg>`;
}

async function drawn(figure: Figure): Promise<string> {
  const size = { width: 600, height: 400 };
  const plotly = await loadPlotly();
  return plotly.toImage(stillOf(figure), { format: "svg", ...size, imageDataOnly: true });
}

async function pixels(svg: string): Promise<Uint8Array> {
  return decode(await toPng(svg)).data as Uint8Array;
}
