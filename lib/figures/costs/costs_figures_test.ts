import assert from "node:assert/strict";
import { type BenchRecord, type Measurement, newestRecord } from "../../bench/record.ts";
import { summarized } from "../../bench/summary.ts";
import { exampleSteps } from "../../testing/example_costs.ts";
import { exampleBenchmark, titleOf } from "../../testing/example_runs.ts";
import { testPublished } from "../../testing/test_published.ts";
import { figure } from "../mod.ts";

/** The record without processor times, or with these threads. */
function withAll(record: BenchRecord, changed: Partial<Measurement>): BenchRecord {
  const measurements = record.measurements.map((one) => ({ ...one, ...changed }));
  return { ...record, measurements };
}

/** One thread and two, of which the clock says that two are faster, and the processor slower. */
function threads(): BenchRecord {
  const of = (n: number, wall: number, processor: number, turns: number): Measurement => ({
    name: `made-up with ${n} of them`,
    unit: "ms per step",
    threads: n,
    wall: summarized(new Array(turns).fill(wall)),
    processor: summarized(new Array(turns).fill(processor)),
  });
  return { ...exampleBenchmark(), measurements: [of(1, 11, 10, 12), of(2, 6, 13, 24)] };
}

Deno.test("steps of several threads are timed by the clock, and all turns are counted", () => {
  const made = figure.stepTimes(threads());
  assert.match(titleOf(made), /^A step takes 6\.00 ms to 10\.0 ms, longest for made-up with 1 /);
  assert.match(
    titleOf(made),
    /median of 12–24 turns.*processor time, several threads by the clock/,
  );
  assert.ok(!JSON.stringify(made.layout.xaxis).includes("one thread"));
  const single = figure.stepTimes(exampleSteps());
  assert.match(titleOf(single), /median of 3 turns.* processor time ·/);
  assert.ok(JSON.stringify(single.layout.xaxis).includes("one thread"));
});

Deno.test("catalogues: what is not processor time of one thread is not called so", () => {
  const about = (record: BenchRecord) => titleOf(figure.catalogueCosts(record));
  assert.match(about(exampleSteps()), / processor time, one thread ·/);
  assert.match(about(withAll(exampleSteps(), { processor: undefined })), / by the clock, one thr/);
  assert.match(about(withAll(exampleSteps(), { threads: 2 })), / by the clock ·/);
});

Deno.test("a benchmark says the fewest and the most rounds of its ratios", () => {
  const { ratios, ...record } = exampleBenchmark();
  const [first, ...others] = ratios;
  assert.match(titleOf(figure.benchmark({ ...record, ratios })), /median ratio of 3 rounds,/);
  const once = { ...first!, times: summarized([4]) };
  const mixed = figure.benchmark({ ...record, ratios: [...others, once] });
  assert.match(titleOf(mixed), /median ratio of 1–3 rounds,/);
  assert.ok(!titleOf(figure.benchmark({ ...record, ratios: [] })).includes("rounds"));
});

await testPublished(
  "the training's record has a single measurement",
  ["results/bench"],
  async () =>
    assert.match(titleOf(figure.benchmark(await newestRecord("training"))), / of 1–10 rounds,/),
);
