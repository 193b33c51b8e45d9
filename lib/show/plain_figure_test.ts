import assert from "node:assert/strict";
import { figure } from "../figures/mod.ts";
import { exampleRuns } from "../testing/example_runs.ts";
import { assertClose } from "../testing/assert_close.ts";
import { toPlotlySvg } from "./picture/picture.ts";
import { inShape, ratioFromText, withoutTitle } from "./plain_figure.ts";

const metrics = figure.metrics(exampleRuns);

Deno.test("without its title a figure has the same plot and no word of the finding", async () => {
  const [titled, plain] = [await toPlotlySvg(metrics), await toPlotlySvg(withoutTitle(metrics))];
  assert.match(titled, /class="g-gtitle"/);
  assert.doesNotMatch(plain, /class="g-gtitle"><text/);
  const plotsOf = (svg: string) =>
    Array.from(
      svg.matchAll(/class="plotclip"[^>]*><rect [^>]*height="([\d.]+)"/g),
      ([, height]) => height,
    );
  assert.ok(plotsOf(titled).length > 0);
  assertClose(Float64Array.from(plotsOf(plain)), Float64Array.from(plotsOf(titled)), {
    absolute: 2,
  }); // plotly rounds to pixels
});

Deno.test("another shape only adds room", () => {
  const { width = 760, height = 450 } = metrics.layout as { width?: number; height?: number };
  for (const text of ["16:9", "1:1", "4:3"]) {
    const ratio = ratioFromText(text);
    const sized = inShape(metrics, ratio).layout as { width: number; height: number };
    assert.ok(sized.width >= width && sized.height >= height - 1, text);
    assert.ok(Math.abs(sized.width / sized.height - ratio) < 0.01, text);
  }
});

Deno.test("a shape that is none is refused", () => {
  for (const text of ["16x9", "0:9", "9", "16:0", "-1:2", "50:1", "a:b"]) {
    assert.throws(() => ratioFromText(text), /--size: not a shape/);
  }
});
