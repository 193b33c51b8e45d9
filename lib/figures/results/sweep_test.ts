import assert from "node:assert/strict";
import type { Run } from "../../train/run.ts";
import { exampleRun, exampleSweep, titleOf } from "../../testing/example_runs.ts";
import { sweep } from "./sweep.ts";

const recall = { over: "beta", show: ["Recall@50"] } as const;

Deno.test("the title names every value that the seeds do not tell from the best", () => {
  const title = titleOf(sweep(exampleSweep, recall));
  assert.match(
    title,
    /^Test Recall@50 is highest at β = 0, 0\.1 and 1, .* lowest at 10, 20\.0 %/,
  );
});

Deno.test("the title claims nothing that the seeds do not support", () => {
  const alike = exampleSweep.filter(({ config }) =>
    JSON.stringify(config).includes("10}") === false
  );
  assert.match(
    titleOf(sweep(alike, recall)),
    /is 29\.7 % to 29\.8 %, and the seeds do not tell β = 0, 0\.1 and 1 apart/,
  );
  const one = exampleSweep.filter(({ seed }) => seed === 1);
  assert.match(titleOf(sweep(one, recall)), /goes from 19\.7 % to .*, too few seeds to judge/);
});

Deno.test("a value with one seed is told and not judged", () => {
  const few = exampleSweep.filter(({ seed, config }) =>
    seed === 1 || !JSON.stringify(config).includes("10}")
  );
  const title = titleOf(sweep(few, recall));
  assert.match(title, /do not tell β = 0, 0\.1 and 1 apart; one seed: 19\.7 % at 10/);
});

Deno.test("points are means with whiskers over seeds, 0 stands beside the logarithms", () => {
  const made = sweep(exampleSweep, recall);
  const [line, without, with_] = made.data;
  assert.deepEqual(line!.x, [-2, -1, 0, 1]);
  assert.deepEqual([without!.name, with_!.name], ["RR alone", "REMI"]);
  const { array, arrayminus } = without!.error_y as Record<string, number[]>;
  assert.ok(Math.abs(array![0]! - 0.3) < 1e-9 && Math.abs(arrayminus![0]! - 0.3) < 1e-9);
});

Deno.test("what differs in something else is another line", () => {
  const alone = exampleSweep.map((run): Run => ({
    ...run,
    config: { ...run.config, objective: { softmax: "sampled" as const } },
  })).filter((_, i) => i % 4 === 0);
  const made = sweep([...exampleSweep, ...alone], recall);
  assert.equal(made.data.filter(({ mode }) => mode === "lines").length, 2);
  assert.match(
    titleOf(made),
    /^Test Recall@50: RR alone to REMI is .*; ComiRec-SA is 2/,
  );
});

Deno.test("measures are shown where they were measured, and refused where they were not", () => {
  const show = { over: "beta", show: ["effective-negatives-selected"] } as const;
  assert.throws(() => sweep(exampleSweep, show), /not measured in any run/);
  const measured = { ...exampleRun(0.3, 1, {}), measures: { "effective-negatives-selected": 99 } };
  assert.match(
    titleOf(sweep([measured], show)),
    /^Effective negatives \(selected interest\) is 99\.0/,
  );
});

Deno.test("a seed that one value has twice is refused, with both runs' keys", () => {
  const [first] = exampleSweep;
  const longer = { ...first!, key: "longer", config: { ...first!.config, maxSteps: 1_000_000 } };
  assert.throws(
    () => sweep([...exampleSweep, longer], recall),
    new RegExp(`${first!.key} and longer, seed: a seed appears twice .*: 1\\. Leave one`),
  );
});

Deno.test("several data sets and no runs are refused", () => {
  const elsewhere = { ...exampleSweep[0]!, data: { name: "other", hash: "other" } };
  assert.throws(() => sweep([...exampleSweep, elsewhere], recall), /one data set/);
  assert.throws(() => sweep([], recall), /one data set/);
});
