import assert from "node:assert/strict";
import { BadInput } from "../../base/bad_input.ts";
import { collapseTable } from "./collapse_table.ts";
import { droppedTable } from "./dropped_items.ts";
import type { Trace } from "../../show/figure.ts";
import {
  exampleCollapse,
  exampleDropped,
  exampleSnapshots,
} from "../../testing/example_collapses.ts";
import { exampleRuns, titleOf } from "../../testing/example_runs.ts";
import { figure } from "../mod.ts";

Deno.test("measures: the title compares the best steps, with what uniform routing gives", () => {
  const shown = figure.measures(exampleCollapse, ["effective-items", "history-seen"]);
  assert.match(
    titleOf(shown),
    /^Effective items, best step: 2.15 \(ComiRec-SA\) to 10.0 \(RR alone\)/,
  );
  assert.match(shown.alt, /ComiRec-SA 2.15, RR alone 10.0; uniform routing 10.0/);
  assert.match(titleOf(shown), /mean and range of 2 seeds/);
  assert.equal(shown.data.at(-1)!.name, "uniform routing");
  const dotted = shown.data.filter(({ line, name }) =>
    (line as { dash?: string })?.dash === "dot" && !name
  );
  assert.deepEqual(dotted.map(({ yaxis, y }) => [yaxis, (y as number[])[0]]), [
    ["y", 10],
    ["y2", 100], // a share, in %
  ]);
});

Deno.test("measures: what differs by method is dotted in each method's colour", () => {
  const { data } = figure.measures(exampleCollapse, ["interest-cosine"]);
  const colours = data.flatMap(({ line, name }) => {
    const { dash, color } = (line ?? {}) as { dash?: string; color?: string };
    return dash === "dot" && !name ? [color] : [];
  });
  assert.equal(new Set(colours).size, 2);
});

Deno.test("measures that no run has are bad input", () => {
  assert.throws(() => figure.measures(exampleRuns, ["effective-items"]), BadInput);
  assert.throws(() => figure.measures(exampleCollapse, ["list-purity"]), /no run has these/);
  assert.throws(() => figure.collapsePlane([exampleRuns]), /no run has measures/);
});

Deno.test("captions of measures do not claim more users than the data may have", () => {
  for (
    const made of [
      figure.measures(exampleCollapse, ["effective-items"]),
      figure.collapsePlane([exampleCollapse]),
    ]
  ) {
    assert.match(titleOf(made), /means over up to 100 valid users/);
  }
});

Deno.test("the plane's title says which methods collapse into what, if the seeds agree", () => {
  assert.match(
    titleOf(figure.collapsePlane([exampleCollapse])),
    /^Few items an interest: ComiRec-SA; interests that are alike: RR alone; many .*: none/,
  );
  const torn = exampleCollapse.map((run) =>
    run.seed === 1 ? run : { ...run, measures: { ...run.measures, "interest-cosine": 0 } }
  );
  assert.match(
    titleOf(figure.collapsePlane([torn])),
    /^Few items an interest: ComiRec-SA; many items that differ: none; seeds differ: RR alone/,
  );
  const elsewhere = torn.map((run) => ({ ...run, data: { name: "other", hash: "made-up" } }));
  assert.match(
    titleOf(figure.collapsePlane([exampleCollapse, elsewhere])),
    /: ComiRec-SA on all 2 data sets; .* alike: RR alone on 1 of 2; .* differ: RR alone on 1 of 2/,
  );
});

/** What the traces show once a frame is applied. */
function framed(name: string): Trace[] {
  const { data, frames } = figure.routingOverTraining(exampleSnapshots);
  const frame = frames!.find((frame) => frame.name === name) as { data: Trace[] };
  return data.map((trace, i) => ({ ...trace, ...frame.data[i] }));
}

Deno.test("routing over training: a frame a step, then each method at its best", () => {
  const { data, frames } = figure.routingOverTraining(exampleSnapshots);
  assert.deepEqual(frames!.map(({ name }) => name), ["200", "400", "800", "best"]);
  const head = (trace: Trace) => (trace.text as string[])[0]!.replace(/<[^>]+>/g, "");
  const heads = (name: string) => [2, 5].map((i) => head(framed(name)[i]!));
  assert.deepEqual(heads("200"), ["■ ComiRec-SA, step 200", "■ RR alone, step 200"]);
  // the second training has ended at 600 and stays there
  assert.deepEqual(heads("800"), ["■ ComiRec-SA, step 800", "■ RR alone, step 600"]);
  assert.deepEqual(heads("best"), ["■ ComiRec-SA, step 1,600", "■ RR alone, step 600"]);
  assert.match(titleOf(figure.routingOverTraining(exampleSnapshots)), /2 valid .* 9 to 14 items/);
  assert.deepEqual(framed("best").map(({ z, text }) => z ?? text), data.map((t) => t.z ?? t.text));
});

Deno.test("routing over training: many steps are thinned out, the first and last are kept", () => {
  const [one] = exampleSnapshots;
  const snapshots = Array.from({ length: 40 }, (_, i) => ({
    ...one!.snapshots[0]!,
    step: 100 * (i + 1),
  }));
  const { frames } = figure.routingOverTraining([{ ...one!, snapshots, bestStep: 4000 }]);
  const names = frames!.map(({ name }) => name);
  assert.equal(names.length, 11);
  assert.deepEqual([names[0], names.at(-2), names.at(-1)], ["100", "3,900", "best"]);
});

Deno.test("routing over training: cells are weights in %, and hovering names the item", () => {
  const [heat] = figure.routingOverTraining(exampleSnapshots, {
    labelOf: (item) => `thing ${item}`,
  }).data;
  const [z, customdata] = [heat!.z as number[][], heat!.customdata as string[][]];
  assert.equal(z.length, 2 * (1 + 3)); // two users, a row above each one's three interests
  const row = exampleSnapshots[0]!.snapshots.at(-1)!.users[1]!.routing![2]!;
  assert.deepEqual(z[7], row.map((a) => Math.round(1000 * a) / 10));
  assert.equal(customdata[7]![4], "position 5, thing 105<br>interest 3:");
  assert.deepEqual(z.map((row) => row.length), [0, 9, 9, 9, 0, 14, 14, 14]);
});

Deno.test("routing over training: each method has as many rows as its own K", () => {
  const [three, other] = exampleSnapshots;
  const one = {
    ...other!,
    snapshots: other!.snapshots.map((snapshot) => ({
      ...snapshot,
      users: snapshot.users.map((user) => ({
        ...user,
        selected: 0,
        routing: user.routing!.slice(0, 1),
      })),
    })),
  };
  const { data, layout } = figure.routingOverTraining([three!, one], { user: 1 });
  const rows = [0, 3].map((
    i,
  ) => [(data[i]!.z as unknown[]).length, (data[i]!.y as number[]).at(-1)]);
  assert.deepEqual(rows, [[8, 7], [4, 3]]); // two users, a row above each one's interests
  const { range, ticktext } = layout.yaxis2 as { range: number[]; ticktext: string[] };
  assert.deepEqual([range, ticktext], [[3.6, 1.5], ["interest 1"]]);
  assert.deepEqual(data[4]!.y as number[], [1, 3]); // the words beside its rows
  const [first, second] = ["yaxis", "yaxis2"].map((axis) =>
    (layout[axis] as { domain: [number, number] }).domain
  );
  assert.ok(Math.abs((first![1] - first![0]) - 2 * (second![1] - second![0])) < 1e-12);
});

Deno.test("routing over training: the menu moves the axes to a user and nothing else", () => {
  const { layout } = figure.routingOverTraining(exampleSnapshots, { user: 1 });
  const [menu] = layout.updatemenus as {
    active: number;
    buttons: { args: [Record<string, unknown>] }[];
  }[];
  assert.equal(menu!.active, 1);
  const [first] = menu!.buttons[0]!.args;
  assert.deepEqual(Object.keys(first).sort(), [
    "xaxis.range",
    "xaxis.ticktext",
    "xaxis.tickvals",
    "yaxis.range",
    "yaxis.ticktext",
    "yaxis.tickvals",
    "yaxis2.range",
    "yaxis2.ticktext",
    "yaxis2.tickvals",
  ]);
  assert.deepEqual(first["yaxis.range"], [3.6, -0.5]);
  const { range } = layout.yaxis as { range: number[] };
  assert.deepEqual(range, [7.6, 3.5]);
});

Deno.test("routing over training: other users, no routing, or no snapshots are bad input", () => {
  const draw = figure.routingOverTraining;
  const [one, two] = exampleSnapshots;
  const swapped = two!.snapshots.map((snapshot) => ({
    ...snapshot,
    users: snapshot.users.toReversed(),
  }));
  assert.throws(() => draw([one!, { ...two!, snapshots: swapped }]), /snapshots of other users/);
  const bare = two!.snapshots.map((snapshot) => ({
    ...snapshot,
    users: snapshot.users.map((user) => ({ ...user, routing: null })),
  }));
  assert.throws(() => draw([{ ...two!, snapshots: bare }]), /a model without routing/);
  assert.throws(() => draw([]), /no snapshots/);
  assert.throws(() => draw(exampleSnapshots, { user: 2 }), /options.user: no such user: 2/);
});

Deno.test("routing in stages: first, middle and best step, with mean and range of seeds", () => {
  const shown = figure.routingStages(exampleSnapshots, { runs: exampleCollapse, user: 1 });
  assert.match(
    titleOf(shown),
    /^An interest expresses 1\.1, 1\.2, 2\.2 items \(ComiRec-SA\), 9\.0, 9\.0, 10\.0 \(RR alone\)/,
  );
  const texts = (shown.layout.annotations as { text: string }[]).map(({ text }) => text);
  const steps = texts.map((text) => text.match(/step ([\d,]+)/)![1]);
  assert.deepEqual(steps, ["200", "400", "1,600", "200", "400", "600"]);
  const last = /^<b>ComiRec-SA<\/b><br>step 1,600<br>user 2\.7, all 2\.2 \(2\.1 to 2\.2\)$/;
  assert.match(texts[2]!, last);
  assert.equal(shown.numbers!.length, 2 * 3 * 3);
  const none = { runs: [] };
  assert.throws(() => figure.routingStages(exampleSnapshots, none), /no run of it has measures/);
  const far = { runs: exampleCollapse, user: 2 };
  assert.throws(() => figure.routingStages(exampleSnapshots, far), /no such user: 2/);
});

Deno.test("dropped items: means over the users with eight items or more, by attention", () => {
  const shown = figure.droppedItems(exampleDropped);
  assert.match(titleOf(shown), /^Without its top item a list changes by 51.0 % \(ComiRec-SA\)/);
  assert.match(shown.alt, /Without the eighth item: ComiRec-SA 4.0 %/);
  assert.match(titleOf(shown), /made-up data, 2 valid users/);
  const changes = shown.data[1]!.y as number[];
  assert.deepEqual(changes.map(Math.round), [51, 51, 51, 4, 4, 4, 4, 4]);
  const short = exampleDropped.map(({ run, users }) => ({ run, users: users.slice(2) }));
  assert.throws(() => figure.droppedItems(short), /so long a history/);
});

Deno.test("the table of both collapses has a range from two seeds on", () => {
  const both = collapseTable(exampleCollapse).toMarkdown();
  assert.match(both, /ComiRec-SA +\| +2 \| +2.15 \(2.10 to 2.20\) \| +10.0 \(10.0 to 10.0\)/);
  assert.match(collapseTable(exampleCollapse.slice(0, 1)).toMarkdown(), /\| +1 \| +2.10 \|/);
});

Deno.test("the table of dropped items has rows for what no interest sees, if any", () => {
  const markdown = droppedTable(exampleDropped).toMarkdown();
  // 1 / (1 + l) is above half of 1 / n for every l < n
  assert.match(markdown, /ComiRec-SA \| seen by an interest +\| +100.0 \| +22.8 \| +39.1/);
  assert.doesNotMatch(markdown, /not seen/);
  const [{ run, users }] = exampleDropped as [typeof exampleDropped[0]];
  const blind = users.map((items) =>
    items.map((item, l) => l === 1 ? item : { ...item, attention: 0 })
  );
  const shown = droppedTable([{ run, users: blind }]).toMarkdown();
  assert.match(shown, /seen by an interest +\| +13.0 \| +52.0/);
  assert.match(shown, /not seen, later than all that are +\| +73.9/);
  assert.match(shown, /not seen, before one that is +\| +13.0/);
});

Deno.test("favourite positions: shares of users, first and best step in the title", () => {
  const shown = figure.favouritePositions(exampleSnapshots);
  // both made-up users look at positions 1, 4 and 7
  assert.match(titleOf(shown), /^At step 200 interests favour one position: ComiRec-SA 100 %, RR/);
  assert.match(titleOf(shown), /made-up data, 2 valid users with 9 to 14 items/);
  assert.match(shown.alt, /At the best steps: ComiRec-SA 100 %, RR alone 100 %/);
  const [first] = shown.data;
  assert.deepEqual((first!.z as number[][]).map((row) => row.indexOf(100) + 1), [1, 4, 7]);
  assert.equal(shown.frames!.length, 4);
  const once = exampleSnapshots.map((run) => ({ ...run, snapshots: run.snapshots.slice(-1) }));
  assert.match(titleOf(figure.favouritePositions(once)), /^At the best step interests favour one/);
  const bare = exampleSnapshots.map((run) => ({
    ...run,
    snapshots: run.snapshots.map((snapshot) => ({
      ...snapshot,
      users: snapshot.users.map((user) => ({ ...user, routing: null })),
    })),
  }));
  assert.throws(() => figure.favouritePositions(bare), /a model without routing/);
});

Deno.test("routing in stages: only seeds of the snapshots' data and setting are averaged", () => {
  const draw = (...runs: typeof exampleCollapse[number][]) =>
    figure.routingStages(exampleSnapshots, { runs });
  const [first] = exampleCollapse;
  const other = { ...first!, key: "other", seed: 7 };
  const wide = { ...other, config: { ...other.config, K: 8 } };
  assert.throws(
    () => draw(...exampleCollapse, wide),
    /ComiRec-SA has runs unlike its .*"K: 4 and 8"/,
  );
  const elsewhere = { ...other, data: { name: "other data", hash: "other" } };
  assert.throws(() => draw(...exampleCollapse, elsewhere), /unlike its snapshots.*data/);
  const moved = exampleCollapse.map((run) => ({ ...run, data: elsewhere.data }));
  assert.throws(() => draw(...moved), /unlike its snapshots/);
  assert.throws(() => draw(...exampleCollapse, { ...first!, key: "again" }), /appears twice/);
  const late = { ...other, curve: other.curve.slice(3) };
  assert.throws(() => draw(...exampleCollapse, late), /no measures up to the step .*: 200/);
  assert.match(titleOf(draw(...exampleCollapse, other)), /2–3 seeds a method/);
  const { measures: _, ...unmeasured } = { ...first!, key: "unmeasured" };
  assert.deepEqual(draw(...exampleCollapse, unmeasured).runs, draw(...exampleCollapse).runs);
});

Deno.test("models without users, or none, have no table of dropped items", () => {
  assert.throws(() => droppedTable([]), /droppedTable: no users/);
  assert.throws(() => droppedTable([{ ...exampleDropped[0]!, users: [] }]), /no users/);
});
