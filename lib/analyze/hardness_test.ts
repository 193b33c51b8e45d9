import assert from "node:assert/strict";
import type { CatalogueScores } from "./catalogue_scores.ts";
import type { TrainedModel } from "../train/trained_model.ts";
import { figure } from "../figures/mod.ts";
import { Hardness } from "./hardness.ts";
import { ownBetaTable, sameBetaTable } from "../figures/hard_negatives/hardness_tables.ts";
import { assertClose } from "../testing/assert_close.ts";

/** A model of which only what is asked is there: 1,000 items, S = 40. */
const trained = {
  dataset: { name: "made-up data", itemCount: 1000 },
  config: { S: 40, objective: { softmax: "sampled" } },
  run: { bestStep: 1200, config: { model: "comirec-sa", objective: { softmax: "sampled" } } },
} as unknown as TrainedModel;

const users: CatalogueScores[] = [3, 8].map((user) => ({
  user,
  target: 1000,
  positive: 4,
  scores: Float64Array.from({ length: 1000 }, (_, i) => i === 999 ? 4 : Math.sin(i + user)),
  own: null,
}));
const hardness = new Hardness(trained, users);

Deno.test("what the figures get says whose it is", () => {
  const ideal = hardness.ideal([0, 1], 1);
  assert.equal(ideal.about, "made-up data, 2 valid users, ComiRec-SA after 1,200 steps");
  assert.deepEqual(ideal.runs, []);
  assert.deepEqual(hardness.ideal([0, 5], 2).levels.map(({ beta }) => beta), [0, 2, 5]);
  assert.match(figure.idealNegatives(ideal).alt, /^The hardest 1 % hold/);
  assert.match(hardness.gradient(1).about, /valid user 8, all other items as negatives/);
});

Deno.test("the target is no negative of its own gradient", () => {
  assert.equal(hardness.gradient(0).scores.length, 999);
  assert.ok(Math.max(...hardness.gradient(0).scores) <= 1);
  assert.ok(hardness.effectiveNegatives(0) > 500);
  assert.ok(hardness.effectiveNegatives(10) < hardness.effectiveNegatives(1));
});

Deno.test("the spread of scores is that of the catalogue", () => {
  const scores = Float64Array.of(-1, 1, -1, 1);
  const even = new Hardness(trained, [{ ...users[0]!, target: 1, scores }]);
  assert.equal(even.scoreSpread(), 1);
});

Deno.test("estimates at the training's S, of one user and of some", () => {
  const { ofOne, ofSome } = hardness.estimates({
    betas: [0, 1],
    draws: [10, 40],
    repetitions: 20,
  });
  assert.equal(ofSome.studies.length, 2);
  assert.equal(ofSome.S, 40);
  assert.match(ofOne.about, /valid user 3/);
});

/** The same model with scores of half the size, trained with beta 1. */
const objective = { softmax: "sampled", ihn: { beta: 1 } } as const;
const halved = new Hardness(
  {
    ...trained,
    config: { ...trained.config, objective },
    run: { ...trained.run, config: { model: "comirec-sa", objective } },
  } as unknown as TrainedModel,
  users.map((user) => ({ ...user, positive: 2, scores: user.scores.map((x) => x / 2) })),
);

Deno.test("half the scores under beta 1 are as far spread as the whole under beta 0", () => {
  const rows = ownBetaTable([hardness, halved], 20).toMarkdown().split("\n").slice(4)
    .map((row) => row.split("|").map((cell) => cell.trim()));
  assert.deepEqual(rows.map((cells) => cells[1]), ["ComiRec-SA, β = 0", "IHN alone, β = 1"]);
  assert.equal(rows[0]![2], rows[1]![2]);
  assert.equal(rows[0]![5], "0.00"); // a plain mean has no bias
  assert.match(rows[1]![5]!, /^−0\.\d\d$/);
  assert.deepEqual(rows.map((cells) => cells[4]), ["–", "–"]); // no planted truth
});

Deno.test("under the same beta smaller scores leave more effective negatives", () => {
  const [plain, half] = sameBetaTable([hardness, halved], [1]).toMarkdown().split("\n").slice(4)
    .map((row) => Number(row.split("|")[3]));
  assert.ok(half! > plain!);
});

Deno.test("the gradient on a user's own items, worked by hand", () => {
  const user: CatalogueScores = {
    user: 0,
    target: 1,
    positive: 9,
    scores: Float64Array.of(9, 0, Math.log(3)), // e^x is 1 and 3 besides the target
    own: Uint8Array.of(1, 0, 1),
  };
  assertClose(new Hardness(trained, [user]).gradientOnOwn(0), 3 / 4, { absolute: 1e-12 });
  // weights -0.05 and 1.05
  assertClose(new Hardness(trained, [user]).gradientOnOwn(1), 1.05 / 1.1, { absolute: 1e-12 });
  assert.equal(hardness.gradientOnOwn(1), null);
});
