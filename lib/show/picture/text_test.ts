import assert from "node:assert/strict";
import { JSDOM } from "jsdom";
import { openFaces } from "./fonts.ts";
import { textBox } from "./text.ts";
import { assertClose } from "../../testing/assert_close.ts";

/** What float64 rounds away. */
const rounding = { absolute: 1e-9 };

const faces = await openFaces();

function boxOf(svg: string) {
  const { document } = new JSDOM(`<svg style="font-size:20px">${svg}</svg>`).window;
  return textBox(document.querySelector("text")!, faces);
}

// Arimo and Arial: a digit is 1139/2048 em wide; ascent 0.905, descent 0.212, rounded at 20 px.
const digit = 20 * 1139 / 2048;

Deno.test("text takes its digits' widths, around its anchor", () => {
  const start = boxOf(`<text x="100" y="50">123</text>`)!;
  assertClose(start.x0, 100, rounding);
  assertClose(start.x1, 100 + 3 * digit, rounding);
  assert.deepEqual([start.y0, start.y1], [50 - 18, 50 + 4]);
  const middle = boxOf(`<text x="100" text-anchor="middle">123</text>`)!;
  assertClose(middle.x0, 100 - 1.5 * digit, rounding);
  const end = boxOf(`<text x="100" style="text-anchor: end">123</text>`)!;
  assertClose(end.x1, 100, rounding);
});

Deno.test("lines stack, and a first span's dy overrules that of its text", () => {
  const two = boxOf(
    `<text y="10" dy="3em">
      <tspan y="10" dy="0em">1</tspan><tspan x="0" y="10" dy="1em">2</tspan></text>`.replace(
      /\n */,
      "",
    ),
  )!;
  assert.deepEqual([two.y0, two.y1], [10 - 18, 30 + 4]);
  assert.equal(boxOf(`<text y="10" dy="1em">1</text>`)!.y1, 30 + 4);
});

Deno.test("pairs are kerned, across spaces too", () => {
  const width = (text: string) => boxOf(`<text>${text}</text>`)!.x1;
  assert.ok(width("AV") < width("A") + width("V"));
  assert.ok(width("x A") < width("x") + width(" ") + width("A"));
});

Deno.test("bold is wider, nothing has no box", () => {
  const plain = boxOf(`<text>width</text>`)!;
  const bold = boxOf(`<text style="font-weight: bold">width</text>`)!;
  assert.ok(bold.x1 > plain.x1);
  assert.equal(boxOf(`<text></text>`), null);
});
