import assert from "node:assert/strict";
import { figure } from "../figures/mod.ts";
import { exampleFigures } from "../testing/example_pictures.ts";
import { exampleRouting } from "../testing/example_runs.ts";
import type { Figure } from "./figure.ts";
import { loadPlotly } from "./picture/plotly.ts";
import { stillOf } from "./picture/still.ts";
import { compactJson, plotlyJson } from "./plotly_json.ts";

const up = Array.from({ length: 20 }, (_, i) => i);

/** A slider moves y; x and the colour are the same in every frame. */
const moving: Figure = {
  alt: "made-up",
  data: [{ type: "scatter", x: up, y: up.map((v) => v / 3), line: { color: "red" } }],
  layout: { title: { text: "Made-up" } },
  frames: [0, 1].map((shift) => ({
    name: String(shift),
    data: [{ x: up, y: up.map((v) => (v + shift) / 3), line: { color: "red" } }],
  })),
};

Deno.test("numbers become JSON: typed arrays as lists, six digits, gaps as null", () => {
  const { data } = plotlyJson({
    alt: "made-up",
    data: [{ type: "scatter", x: Float32Array.of(0.1, 123456.789), y: [NaN, 1 / 3] }],
    layout: {},
  });
  assert.deepEqual(data, [{ type: "scatter", x: [0.1, 123457], y: [null, 0.333333] }]);
});

Deno.test("long lists are binary: whole numbers exact, others float32, gaps NaN, rows even", () => {
  const bytes = (spec: unknown) => Uint8Array.fromBase64((spec as { bdata: string }).bdata).buffer;
  const z = [[1, 2.5], up];
  const { data: [trace] } = compactJson({
    alt: "made-up",
    data: [{ x: up.with(3, 300), y: up.map((v) => v === 1 ? null : v / 3), z, customdata: up }],
    layout: {},
  }) as { data: [Record<string, { dtype: string; shape?: string }>] };
  assert.deepEqual([...new Uint16Array(bytes(trace.x))], up.with(3, 300));
  const thirds = up.map((v) => v === 1 ? NaN : Math.fround(Number((v / 3).toPrecision(6))));
  assert.deepEqual([...new Float32Array(bytes(trace.y))], thirds);
  const gaps = Array.from({ length: 18 }, () => NaN);
  assert.deepEqual([...new Float32Array(bytes(trace.z))], [1, 2.5, ...gaps, ...up]);
  assert.deepEqual([trace.x?.dtype, trace.y?.dtype, trace.z?.shape], ["u2", "f4", "2, 20"]);
  assert.deepEqual([...new Uint8Array(bytes(trace.customdata))], up);
});

Deno.test("moments in milliseconds are told apart, whole or not", () => {
  const moments = up.map((i) => 1.7e12 + 1000 * 2 ** i);
  for (const x of [moments, moments.map((time) => time + 0.25)]) {
    const figure = { alt: "made-up", data: [{ type: "bar", x }], layout: {} };
    const { data: [trace] } = compactJson(figure) as { data: { x: { bdata: string } }[] };
    const decoded = new Float64Array(Uint8Array.fromBase64(trace!.x.bdata).buffer);
    assert.deepEqual([...decoded].map(Math.floor), moments);
  }
});

Deno.test("evenly spaced steps of a line are their first and their distance", () => {
  const [x, y] = [up.map((i) => 200 + 200 * i), up.map((i) => i / 3)];
  const form = (type: string, x: number[]) =>
    Object.keys((compactJson({ alt: "", data: [{ type, x, y }], layout: {} }) as Figure).data[0]!);
  assert.deepEqual(form("scatter", x), ["type", "y", "x0", "dx"]);
  assert.deepEqual(form("scatter", x.with(-1, 1)), ["type", "y", "x"]);
  assert.deepEqual(form("bar", x), ["type", "y", "x"]);
});

Deno.test("frames hold what moves, and nothing that all of them share with the figure", () => {
  const { frames } = compactJson(moving) as { frames: { data: object[] }[] };
  assert.deepEqual(frames.map(({ data }) => data.map(Object.keys)), [[["y"]], [["y"]]]);
});

Deno.test("plotly draws the compact form like the plain one", async () => {
  const plotly = await loadPlotly();
  const drawn = (json: object): Promise<string> => {
    plotly.restartIds(); // its own check does not know the binary form
    const size = { width: 760, height: 450 };
    const still = stillOf({ alt: "", ...json } as Figure);
    return plotly.toImage(still, { format: "svg", ...size, imageDataOnly: true });
  };
  const figures = { ...exampleFigures, moving, routing: figure.routing(exampleRouting()) };
  for (const [name, one] of Object.entries(figures)) {
    assert.equal(await drawn(compactJson(one)), await drawn(plotlyJson(one)), name);
  }
});
