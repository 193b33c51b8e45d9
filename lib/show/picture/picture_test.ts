import assert from "node:assert/strict";
import { BadInput } from "../../base/bad_input.ts";
import type { Figure } from "../figure.ts";
import { projectPath, sha256 } from "../../base/files.ts";
import { toFileUrl } from "../../base/paths.ts";
import { exampleFigures } from "../../testing/example_pictures.ts";
import { toPng, toSvg } from "./picture.ts";
import { stillOf } from "./still.ts";

const line = exampleFigures["line and band"]!;
const heatMap = exampleFigures["heat map"]!;

Deno.test("equal figures give equal bytes, in any order and in another process", async () => {
  const first = await toSvg(line);
  const [heat, again] = await Promise.all([toSvg(heatMap), toSvg(structuredClone(line))]);
  assert.equal(again, first);

  const script = `
    import { toSvg } from ${JSON.stringify(new URL("./picture.ts", import.meta.url).href)};
    import { exampleFigures } from ${
    JSON.stringify(new URL("../../testing/example_pictures.ts", import.meta.url).href)
  };
    await Deno.stdout.write(new TextEncoder().encode(await toSvg(exampleFigures["heat map"])));`;
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(file, script);
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "-A",
        "--no-lock",
        "--config",
        projectPath("deno.json"),
        toFileUrl(file).href,
      ],
    }).output();
    assert.ok(stdout.length > 0, new TextDecoder().decode(stderr));
    assert.equal(sha256(stdout), sha256(heat));
  } finally {
    await Deno.remove(file);
  }
  const png = await toPng(heat);
  assert.equal(sha256(png), sha256(await toPng(heat)));
});

Deno.test("drawing leaves the figure as it was", async () => {
  const before = structuredClone(line);
  await toSvg(line);
  assert.deepEqual(line, before);
});

Deno.test("a picture has its layout's size, white ground, and the heat map's pixels", async () => {
  const svg = await toSvg({ ...heatMap, layout: { ...heatMap.layout, width: 500, height: 300 } });
  assert.match(svg, /^<svg[^>]* width="500" height="300"/);
  assert.match(svg, /<path fill="#fff" d="M0 0h500v300H0z"\/>/);
  assert.match(svg, /data:image\/png;base64,iVBOR/);
  const png = new DataView((await toPng(svg)).buffer);
  assert.deepEqual([png.getUint32(16), png.getUint32(20)], [1000, 600]);
});

Deno.test("typed arrays are drawn like lists", async () => {
  const [x, y] = [[1, 2, 3], [3, 1, 2]];
  const figureOf = (a: unknown, b: unknown): Figure => ({
    alt: "made-up",
    data: [{ type: "scatter", x: a, y: b }],
    layout: {},
  });
  assert.equal(
    await toSvg(figureOf(new Uint32Array(x), Float32Array.from(y))),
    await toSvg(figureOf(x, y)),
  );
});

const refused: readonly [string, Partial<Figure>, RegExp][] = [
  [
    "WebGL traces",
    { data: [{ type: "scattergl", name: "cloud" }] },
    /trace 0 \(cloud\).*scattergl/,
  ],
  ["maps", { data: [{ y: [1] }, { type: "scattergeo" }] }, /trace 1 .*scattergeo/],
  ["3-d traces", { data: [{ type: "surface" }] }, /surface/],
  ["unknown types", { data: [{ type: "spaghetti" }] }, /trace 0 .*key type/],
  ["unknown keys", { data: [{ y: [1], colour: "red" }] }, /trace 0 \(scatter\), key colour/],
  ["bad values", { data: [{ y: [1], name: "dots", mode: 7 }] }, /trace 0 \(dots\), key mode/],
  ["unknown keys of the layout", { layout: { titel: "no" } }, /layout, key titel/],
];

for (const [name, part, message] of refused) {
  Deno.test(`${name} are refused with the trace and the key`, async () => {
    const figure: Figure = { alt: "made-up", data: [], layout: {}, ...part };
    await assert.rejects(toSvg(figure), (error) => {
      assert.ok(error instanceof BadInput);
      assert.match(error.message, message);
      return true;
    });
    await toSvg(line); // and the next figure is drawn
  });
}

function animated(active: number | undefined): Figure {
  const step = (label: string) => ({ label, method: "animate", args: [[label], {}] });
  return {
    alt: "made-up frames",
    data: [{ type: "scatter", x: [1, 2], y: [1, 1], name: "first" }],
    layout: {
      title: { text: "Made-up frames" },
      sliders: [{
        ...(active === undefined ? {} : { active }),
        currentvalue: { prefix: "step " },
        steps: ["10", "20", "30"].map(step),
      }],
      updatemenus: [{ type: "buttons", buttons: [{ label: "Play", method: "animate" }] }],
      xaxis: { title: { text: "x" } },
    },
    frames: ["10", "20", "30"].map((name) => ({
      name,
      data: [{ y: [0, Number(name)] }],
      layout: { xaxis: { range: [0, Number(name)] } },
    })),
  };
}

Deno.test("of a figure with frames the slider's is drawn, and the picture says so", async () => {
  const svg = await toSvg(animated(1));
  assert.match(svg, /shown: step\s20/);
  assert.doesNotMatch(svg, /slider|Play/);
  assert.match(svg, />20</); // its axis
  const last = await toSvg(animated(undefined));
  assert.match(last, /shown: step\s30/);
  const { sliders: _, ...layout } = animated(undefined).layout;
  const unnamed = animated(undefined).frames!.map(({ name: _, ...frame }) => frame);
  const still = stillOf({ ...animated(undefined), layout, frames: unnamed });
  assert.deepEqual(still.data[0]!.y, [0, 30]);
  assert.match(JSON.stringify(still.layout.title), /shown: last frame/);
});
