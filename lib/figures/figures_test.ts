import assert from "node:assert/strict";
import geometry from "svg-path-commander";
import type { Box } from "../show/picture/box.ts";
import { methodOf } from "../results/method.ts";
import { JSDOM } from "jsdom";
import { openFaces } from "../show/picture/fonts.ts";
import { measureWith } from "../show/picture/measure.ts";
import { toSvg } from "../show/picture/picture.ts";
import { captioned } from "../show/theme.ts";
import {
  exampleBenchmark,
  exampleMap,
  exampleRun,
  exampleRuns,
  titleOf,
} from "../testing/example_runs.ts";
import { figure } from "./mod.ts";
import { resultsTable } from "./results/results_table.ts";
import { everyFigure } from "../testing/every_figure.ts";

const measure = measureWith(await openFaces(), geometry);

Deno.test("every figure has a test", () => {
  assert.deepEqual(Object.keys(everyFigure).sort(), Object.keys(figure).sort());
});

for (const [name, make] of Object.entries(everyFigure)) {
  Deno.test(`figure.${name} is drawn, with nothing outside of the picture`, async () => {
    const made = await make();
    const svg = await toSvg(captioned(made));
    const { document } = new JSDOM(svg).window;
    const texts = [...document.querySelectorAll("text")];
    assert.ok(texts.length > 5);
    for (const text of texts) {
      const box = measure.boxInPicture(text);
      if (box) assertInside(box, sizeOf(document), text.textContent);
    }
    assert.ok(made.alt.length > 20);
    assert.deepEqual(await make(), made);
  });
}

/** The picture's own size: figures with frames get a line that says which one is shown. */
function sizeOf(document: Document): readonly [number, number] {
  const svg = document.querySelector("svg")!;
  return [Number(svg.getAttribute("width")), Number(svg.getAttribute("height"))];
}

function assertInside(box: Box, [width, height]: readonly [number, number], text: string): void {
  assert.ok(
    box.x0 >= 0 && box.y0 >= 0 && box.x1 <= width && box.y1 <= height,
    `${text} at ${JSON.stringify(box)} in ${width} x ${height}`,
  );
}

Deno.test("curves state each method's best, mark capped runs, and name every run", () => {
  const made = figure.learningCurves(exampleRuns);
  assert.match(titleOf(made), /reaches 35\.0 % with REMI, [\d.]+ % with ComiRec-SA/);
  assert.match(
    titleOf(made),
    /mean and range of 3 seeds.*capped before early stopping: ComiRec-SA/,
  );
  assert.equal(made.data.filter((trace) => String(trace.text) === "capped").length, 1);
  assert.equal(made.runs!.length, exampleRuns.length);
});

Deno.test("a training that was stopped is called so at its step, in figures and tables", () => {
  const runs = [exampleRun(0.3, 1, {}, "interrupted"), exampleRun(0.35, 1, { rr: { lambda: 9 } })];
  const said = "stopped by hand at step 6,000";
  const curves = figure.learningCurves(runs);
  assert.match(titleOf(curves), /stopped by hand at step 6,000 before early stopping: ComiRec-SA/);
  assert.equal(curves.data.filter((trace) => String(trace.text) === said).length, 1);
  const names = figure.metrics(runs).data.map((trace) => trace.name);
  assert.ok(names.includes(`ComiRec-SA (${said})`) && names.includes("RR alone"));
  const shown = resultsTable(runs).toCsv();
  assert.match(shown, /"ComiRec-SA \(stopped by hand at step 6,000\)"/);
  assert.doesNotMatch(shown, /capped/);
});

Deno.test("a seed that was trained longer than the others goes on alone, as a thin line", () => {
  const [short, long] = [exampleRun(0.3, 1, {}), exampleRun(0.3, 2, {})];
  const cut = { ...short!, curve: short!.curve.slice(0, 10) };
  const thin = figure.learningCurves([cut, long!]).data.filter((trace) =>
    (trace.line as { width?: number } | undefined)?.width === 1
  );
  assert.equal(thin.length, 1);
  assert.deepEqual(thin[0]!.x, long!.curve.slice(9).map((point) => point.step));
});

Deno.test("the reference's points keep the method's colour and say whose they are", () => {
  const made = figure.learningCurves(exampleRuns, {
    reference: [{
      method: methodOf({}),
      label: "made-up code",
      points: [{ step: 2000, recall: 0.1 }],
    }],
  });
  const trace = made.data.at(-1)!;
  assert.equal(trace.name, "ComiRec-SA, made-up code");
  assert.deepEqual(trace.y, [10]);
  const other = { method: methodOf({ model: "mind" }), label: "of none of the runs", points: [] };
  const without = figure.learningCurves(exampleRuns, { reference: [other] });
  assert.deepEqual(without, figure.learningCurves(exampleRuns));
});

Deno.test("seeds of unequal length are averaged where all of them are", () => {
  const long = exampleRun(0.3, 1, {});
  const short = { ...exampleRun(0.3, 2, {}), curve: exampleRun(0.3, 2, {}).curve.slice(0, 10) };
  const mean = figure.learningCurves([long, short]).data.find((t) => t.name === "ComiRec-SA")!;
  assert.equal((mean.x as number[]).length, 10);
});

Deno.test("what must not be averaged or mixed is refused", () => {
  const one = exampleRun(0.3, 1, { ihn: { beta: 1 } });
  const other = exampleRun(0.3, 2, { ihn: { beta: 10 } });
  assert.throws(() => figure.metrics([one, other]), /IHN alone appears with two settings/);
  const longer = { ...one, key: "longer", config: { ...one.config, maxSteps: 1_000_000 } };
  assert.throws(
    () => figure.metrics([one, longer]),
    /a seed appears twice among runs that are averaged: 1\. Leave one of the two out/,
  );
  const elsewhere = { ...one, data: { name: "other made-up data", hash: "other" } };
  assert.throws(() => figure.metrics([one, elsewhere]), /not the runs of one data set/);
  assert.throws(() => figure.learningCurves([]), /no runs/);
});

Deno.test("bars state the means and hatch what was capped", () => {
  const made = figure.metrics(exampleRuns);
  assert.match(titleOf(made), /^Test recall@50: REMI 34\.5 %, ComiRec-SA/);
  const capped = made.data.filter((trace) => /capped/.test(String(trace.name)));
  assert.deepEqual(capped.map((trace) => trace.name), ["ComiRec-SA (capped)"]);
});

Deno.test("effective items are 1 for one-hot routing and n for uniform routing", () => {
  const labels = ["a", "b", "c", "d"];
  const routing = Float32Array.of(0, 1, 0, 0, 0, 0.25, 0.25, 0.25, 0.25, 0); // [2, 5]
  const made = figure.routing({ routing, K: 2, labels, about: "made-up" });
  assert.deepEqual(made.data[0]!.y, [
    "interest 1<br>1.0 items",
    "interest 2<br>4.0 items",
  ]);
  assert.match(titleOf(made), /attends to 2\.5 of 4 items/);
  assert.throws(() => figure.routing({ routing, K: 3, labels, about: "" }), /not \[K, L\]/);
});

Deno.test("the union keeps an item once, under the interest that scored it best", () => {
  const item = (id: number, score: number) => ({ item: id, label: `made-up ${id}`, score });
  const made = figure.retrieval({
    byInterest: [[item(1, 5), item(2, 4)], [item(2, 6), item(3, 1)]],
    targets: [1, 9],
    about: "made-up",
  });
  assert.match(titleOf(made), /union's top 2 hold 1 of 2 next items; 2 of 2 interests fill them/);
  const union = made.data.slice(0, 2).map((trace) =>
    (trace.text as string[]).filter((_, i) => (trace.y as number[])[i] === 2)
  );
  assert.deepEqual(union, [["made-up 1"], ["made-up 2"]]);
});

Deno.test("the map counts the targets that some interest retrieved", () => {
  assert.match(
    titleOf(figure.interests(exampleMap())),
    /^The interests' top 20 hold 2 of 4 next items, in 2 of 4 lists/,
  );
});

Deno.test("the data's figures count every user and behaviour once", () => {
  const users = (...lengths: number[]) => ({
    offsets: Uint32Array.from(
      [0, ...lengths].map((_, i, all) =>
        all.slice(0, i + 1).reduce((sum, length) => sum + length, 0)
      ),
    ),
    items: new Uint32Array(lengths.reduce((sum, length) => sum + length, 0)).fill(1),
  });
  const dataset = {
    name: "made-up",
    itemCount: 100,
    train: users(5, 6, 7),
    valid: users(5),
    test: users(9),
    hash: "made-up",
  };
  dataset.test.items.fill(2);
  assert.match(titleOf(figure.sequenceLengths(dataset)), /at most 6 .* n = 5 users, 32 behaviours/);
  assert.match(titleOf(figure.itemPopularity(dataset)), /1 % of the items take 71\.9 %/);
  const small = figure.itemPopularity({ ...dataset, itemCount: 20 });
  assert.match(titleOf(small), /^The most popular item of 20 takes 71\.9 % of the behaviours/);
  assert.match(JSON.stringify(small.layout.annotations), /"1 of 20 items"/);
});

Deno.test("a benchmark counts the targets that are met and marks those that are not", () => {
  const made = figure.benchmark(exampleBenchmark());
  assert.match(titleOf(made), /^1 of 2 targets are met/);
  const named = (name: string) => made.data.find((trace) => trace.name === name)!;
  assert.deepEqual(named("target missed").x, [40]);
  assert.deepEqual(named("measured").x, [4, 0.5]);
});
