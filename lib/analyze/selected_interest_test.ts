import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { easyNegativesClaims } from "../figures/easy_negatives/claims_table.ts";
import { outrankedTable } from "../figures/easy_negatives/outranked.ts";
import { figure } from "../figures/mod.ts";
import { exampleInterests, exampleMargins } from "../testing/example_negatives.ts";
import type { Run } from "../train/run.ts";
import type { TrainedModel } from "../train/trained_model.ts";
import { gradientShares } from "./gradient_shares.ts";
import { hardnessOf } from "./hardness.ts";
import { negativesOf } from "./hidden_negatives.ts";
import { likedNegatives } from "./liked_negatives.ts";
import { measureOf, trainsNearest } from "./selected_interest.ts";

const selections = ["bam", "per-item"] as const;

function selecting<T extends Pick<Run, "config">>(of: T, selection: typeof selections[number]): T {
  return { ...of, config: { ...of.config, objective: { ...of.config.objective, selection } } };
}

const [one, two, four] = [1, 2, 4].map((K) =>
  exampleInterests.find(({ config }) => config.K === K)!
) as [Run, Run, Run];

Deno.test("the nearest is trained unless a selection among several says otherwise", () => {
  assert.ok(trainsNearest(four));
  for (const selection of selections) {
    assert.ok(!trainsNearest(selecting(four, selection)));
    assert.ok(trainsNearest(selecting(one, selection)));
  }
});

Deno.test("what was recorded of another interest is not what the measure's name says", () => {
  const measures = {
    "effective-negatives-selected": 1,
    "effective-negatives-other": 2,
    "effective-negatives-single": 3,
    "hard-for-user-easy-for-selected": 4,
    "effective-items": 5,
  };
  const of = (run: Run) =>
    (Object.keys(measures) as (keyof typeof measures)[]).map((name) => measureOf(run, name));
  assert.deepEqual(of({ ...two, measures }), [1, 2, 3, 4, 5]);
  for (const selection of selections) {
    const run = selecting({ ...two, measures }, selection);
    assert.deepEqual(of(run), [undefined, undefined, 3, undefined, 5]);
  }
});

for (const selection of selections) {
  const margins = selecting(exampleMargins[2]!, selection);
  const runs = exampleInterests.filter(({ config }) => config.K > 1)
    .map((run) => selecting(run, selection));
  const model = selecting(four, selection) as unknown as TrainedModel;
  const about: Record<string, () => unknown> = {
    "figure.margins": () => figure.margins(margins),
    "figure.outranked": () => figure.outranked([exampleMargins[0]!, margins]),
    "outrankedTable": () => outrankedTable([margins]),
    "figure.hardAndEasy": () => figure.hardAndEasy(runs),
    "figure.effectiveNegatives": () => figure.effectiveNegatives(runs),
    "figure.measures": () => figure.measures(runs, ["effective-negatives-selected"]),
    "figure.sweep": () =>
      figure.sweep(runs, { over: "K", show: ["hard-for-user-easy-for-selected"] }),
    "gradientShares": () => gradientShares(model),
    "likedNegatives": () => likedNegatives(model),
    "negativesOf": () => negativesOf(model, { user: 0 }),
    "hardnessOf": () => hardnessOf(model),
  };
  for (const [name, call] of Object.entries(about)) {
    Deno.test(`${name} says that ${selection} trains another interest than the nearest`, () =>
      assert.rejects(
        async () => await call(),
        (error) => {
          assert.ok(error instanceof BadInput);
          assert.match(error.message, /about the selected interest, but its training /);
          assert.match(error.message, new RegExp(`"${selection}"`));
          return true;
        },
      ));
  }
}

Deno.test("trainings of the nearest are shown without the others, and claims are theirs", () => {
  const others = exampleInterests.map((run) => selecting({ ...run, key: `${run.key}bam` }, "bam"))
    .filter(({ config }) => config.K > 1);
  const made = figure.measures([
    ...others,
    ...exampleInterests.filter(({ config }) => config.K === 4),
  ], ["effective-negatives-selected"]);
  assert.equal(made.runs?.length, 2);
  const claims = easyNegativesClaims([{ interests: others, negatives: [] }]).toMarkdown();
  assert.ok(!claims.includes("| yes"), claims);
});
