import assert from "node:assert/strict";
import type { Figure } from "./figure.ts";
import { captioned, houseLayout, sequentialScale, sourceOf } from "./theme.ts";

/** CIE lightness L* of #rrggbb. */
function lightness(colour: string): number {
  const [r, g, b] = linear(colour);
  const Y = 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  return Y > 216 / 24389 ? 116 * Math.cbrt(Y) - 16 : Y * 24389 / 27;
}

function linear(colour: string): number[] {
  return [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
}

Deno.test("the sequential scale darkens in equal steps", () => {
  const ls = sequentialScale.map(([, colour]) => lightness(colour));
  const steps = ls.slice(1).map((l, i) => ls[i]! - l);
  const average = (ls[0]! - ls.at(-1)!) / steps.length;
  steps.forEach((step) => assert.ok(Math.abs(step - average) < 1.2, `${steps}`));
});

Deno.test("the grey line counts runs, or says they are the reader's own; words name keys", () => {
  const figure: Figure = {
    alt: "made-up",
    data: [],
    layout: houseLayout({ finding: "Made-up finding", about: "made-up data" }, {}),
  };
  assert.equal(captioned(figure), figure);
  const own = captioned({ ...figure, runs: [] });
  assert.match(JSON.stringify(own.layout.title), /made-up data.*this notebook's run/);
  const few = captioned({ ...figure, runs: ["0123456789abcdef", "fedcba9876543210"] });
  assert.match(JSON.stringify(few.layout.title), /made-up data\u00a0· 2.recorded runs/);
  assert.equal(few.layout.height, figure.layout.height);
  assert.equal(sourceOf(["0123456789abcdef"]), "run 012345");
  assert.equal(sourceOf(["0123456789abcdef", "fedcba9876543210"]), "runs 012345, fedcba");
  const many = Array.from({ length: 14 }, (_, i) => `abcdef${String(i).padStart(10, "0")}`);
  assert.match(sourceOf(many), /^14 runs: (abcdef, ){11}abcdef and 2 more$/);
});

Deno.test("long findings are broken into lines, with the room they need", () => {
  const short = houseLayout({ finding: "Short", about: "made-up" }, {});
  const long = houseLayout({ finding: "word ".repeat(40).trim(), about: "made-up" }, {});
  const top = (layout: Record<string, unknown>) => (layout.margin as { t: number }).t;
  assert.ok(top(long) >= top(short) + 2 * 23);
  const { text } = houseLayout({ finding: "90 % ".repeat(20).trim(), about: "made-up" }, {})
    .title as { text: string };
  const lines = text.split("<br>").slice(0, -1).map((line) => line.replace(/<[^>]+>/g, ""));
  const ten = "90\u00a0% ".repeat(10).trim();
  assert.deepEqual(lines, [ten, ten]);
});
