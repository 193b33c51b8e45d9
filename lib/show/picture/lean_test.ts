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
    const [before, after] = [await pixels(quoteless), await pixels(lean(svg))];
    const off = before.reduce((sum, value, i) => sum + Math.abs(value - after[i]!), 0);
    assert.ok(off / before.length < 0.02, `${name}: ${off / before.length} of 255 on average`);
    assert.ok(lean(svg).length < 0.95 * svg.length, name);
  }
});

Deno.test("words keep their digits", () => {
  const text = `<text x="1.23456" style="opacity: 1; fill: red;">0.123456 opacity: 1; </text>`;
  const expected = `<text x="1.23" style="fill: red;">0.123456 opacity: 1; </text>`;
  assert.equal(lean(text), expected);
});

Deno.test("texts that are not displayed are dropped, and no others", () => {
  const shown = `<g class="textpoint" transform="translate(0,3)"><text x="1">a</text></g>`;
  const hidden = shown.replace("transform", `display="none" transform`);
  assert.equal(
    lean(`<g class="t">${shown}${hidden}${shown}</g>`),
    `<g class="t">${shown}${shown}</g>`,
  );
});

Deno.test("clip paths that nothing refers to are dropped, and no others", () => {
  const clip = (id: string) => `<clipPath class="c" id="${id}"><rect width="3"/></clipPath>`;
  const drawn = `<g clip-path="url('#b')"><path d="M0,0"/></g>`;
  assert.equal(
    lean(`<defs>${clip("a")}${clip("b")}</defs>${drawn}`),
    `<defs>${clip("b")}</defs><g clip-path="url(#b)"><path d="M0,0"/></g>`,
  );
});

Deno.test("names of the legend are not clipped to a box measured in another font", async () => {
  const svg = await drawn(exampleFigures["line and band"]!);
  assert.match(svg, /<g class="scrollbox"[^>]*clip-path=/);
  assert.match(lean(svg), /<g class="scrollbox"/);
  assert.doesNotMatch(lean(svg), /<g class="scrollbox"[^>]*clip-path=/);
});

async function drawn(figure: Figure): Promise<string> {
  const size = { width: 600, height: 400 };
  const plotly = await loadPlotly();
  return plotly.toImage(stillOf(figure), { format: "svg", ...size, imageDataOnly: true });
}

async function pixels(svg: string): Promise<Uint8Array> {
  return decode(await toPng(svg)).data as Uint8Array;
}
