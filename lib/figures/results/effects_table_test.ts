import assert from "node:assert/strict";
import { jupyterDisplay } from "../../show/bundle.ts";
import { effectsOf } from "../../compare/effects.ts";
import { agreement } from "../../compare/verdict.ts";
import { effectsInWords, effectsTable } from "./effects_table.ts";
import { exampleRun, exampleRuns, titleOf } from "../../testing/example_runs.ts";
import { effects } from "./effects.ts";

Deno.test("effects are differences of equal seeds", () => {
  const found = effectsOf(exampleRuns);
  assert.deepEqual(found.map(({ added, to }) => `${added} to ${to}`), [
    "RR to ComiRec-SA",
    "RR to IHN alone",
    "IHN to ComiRec-SA",
    "IHN to RR alone",
  ]);
  // recall is 0.97 top + 0.003 seed; RR alone's top is 0.3 + 0.003 seed, ComiRec-SA's 0.2 + 0.004
  found[0]!.recall.forEach((gain, i) => {
    assert.ok(Math.abs(gain - 97 * (0.1 - 0.001 * (i + 1))) < 1e-9);
  });
  found[0]!.hr.forEach((gain, i) => {
    assert.ok(Math.abs(gain - 1.5 * found[0]!.recall[i]!) < 1e-9);
  });
});

Deno.test("a seed without its partner is left out, as is an effect without any", () => {
  const runs = [
    exampleRun(0.2, 1, {}),
    exampleRun(0.2, 2, {}),
    exampleRun(0.3, 2, {
      rr: {
        lambda: 100,
        scaling: "code",
      },
    }),
  ];
  assert.deepEqual(effectsOf(runs).map(({ added, seeds }) => [added, seeds]), [["RR", [2]]]);
  assert.deepEqual(effectsOf(runs.slice(0, 2)), []);
});

Deno.test("seeds agree when all go one way, from two on", () => {
  assert.equal(agreement([1, 2, 0.1]), "up");
  assert.equal(agreement([-1, -2]), "down");
  assert.equal(agreement([1, -0.1, 3]), "undecided");
  assert.equal(agreement([1]), "undecided");
});

Deno.test("the table and the sentence say what the seeds support", async () => {
  assert.match(effectsTable([exampleRuns]).toMarkdown(), /RR +\| ComiRec-SA +\| +3 \| +\+9\.5/);
  const said = (await effectsInWords([exampleRuns])[jupyterDisplay]())["text/plain"];
  assert.match(
    said,
    /^RR gains more recall@50 than IHN on 1 of 1 data sets\. IHN added to RR: all/,
  );
  assert.match(said, /all seeds up on 1 of 1 data sets, all down on 0, undecided on 0\./);
  assert.match(said, /RR adds \+9\.5 points of recall@50 to ComiRec-SA \(all of 3 seeds up\)/);
  const mixed = [1, 2].flatMap((seed) => [
    exampleRun(0.3, seed, {}),
    exampleRun(seed === 1 ? 0.31 : 0.29, seed, { ihn: { beta: 1 } }),
  ]);
  const undecided = (await effectsInWords([mixed])[jupyterDisplay]())["text/plain"];
  assert.match(undecided, /IHN adds 0\.0 points .* \(2 seeds, which disagree\)/);
});

Deno.test("the figure's title gives both fixes' range of mean gains and what the seeds say", () => {
  const title = titleOf(effects([exampleRuns]));
  assert.match(
    title,
    /^RR adds \+9\.5 to \+10\.7 points of recall@50, all seeds up in 2 of 2 comparisons; IHN adds/,
  );
  assert.throws(() => effects([[exampleRun(0.3, 1, {})]]), /no two runs that differ in one fix/);
});
