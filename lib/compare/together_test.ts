import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { exampleRun } from "../testing/example_runs.ts";
import { commonSteps, eachSeedOnce, inAll, oneDataSet } from "./together.ts";

const [one, two] = [exampleRun(0.3, 1, {}), exampleRun(0.3, 2, {})];

Deno.test("runs of one data set give its name; several, and none, are refused", () => {
  assert.equal(oneDataSet([one, two]), "made-up data");
  const elsewhere = { ...two, data: { name: "elsewhere", hash: "other" } };
  assert.throws(() => oneDataSet([one, elsewhere]), /one data set: "made-up data, elsewhere"/);
  assert.throws(() => oneDataSet([]), BadInput);
});

Deno.test("a seed that is there twice is refused with both keys, whatever else differs", () => {
  assert.deepEqual(eachSeedOnce([two, one]), [two, one]);
  const again = { ...one, key: "again", config: { ...one.config, maxSteps: 7 } };
  assert.throws(() => eachSeedOnce([one, two, again]), (error) => {
    assert.ok(error instanceof BadInput);
    assert.equal(error.where, `figure's runs, ${one.key} and again, seed`);
    assert.equal(error.value, 1);
    return true;
  });
});

Deno.test("common steps are found by their number, not by their place", () => {
  const training = (key: string, ...steps: number[]) => ({
    key,
    at: steps.map((step) => ({ step })),
  });
  const stepsOf = ({ at }: ReturnType<typeof training>) => at;
  const [fine, coarse] = [training("fine", 1, 2, 3, 4, 6), training("coarse", 2, 4, 6, 8)];
  assert.deepEqual(commonSteps([fine, coarse], stepsOf), [2, 4, 6]);
  const odd = training("odd", 5, 7);
  assert.throws(() => commonSteps([fine, coarse, odd], stepsOf), /"fine, coarse, odd"/);
  assert.throws(() => commonSteps([], stepsOf), /no training/);
  assert.deepEqual(inAll([]), []);
});
