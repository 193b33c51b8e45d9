import assert from "node:assert/strict";
import { tfjsBackends, whyNot } from "../engine/tfjs/backends.ts";
import { fixture, fixturesOf, type TrainingFixture } from "./fixtures.ts";
import { inFolder } from "./in_folder.ts";
import { autogradParity, waysToCompute } from "./parity.ts";
import { casesOf } from "./parity_cases.ts";
import { worstOf } from "./parity_summary.ts";

for (const name of fixturesOf("training")) {
  const values = fixture<TrainingFixture>(name);
  const cases = casesOf(values);
  if (cases.length === 0) {
    Deno.test.ignore(`parity with the official code: ${name} (no model ${values.model})`, () => {});
  }
  for (const parity of cases) {
    for (const backend of tfjsBackends) {
      const which = [name, parity.variant].filter(Boolean).join(", ");
      const title = `parity with the official code: ${which}, on ${backend}`;
      const reason = await whyNot(backend);
      if (reason !== null) {
        Deno.test.ignore(`${title} (${reason})`, () => {});
        continue;
      }
      for (const way of waysToCompute) {
        Deno.test(`${title}, ${way}`, async () => {
          const wrong = (await autogradParity(parity, way, backend))
            .filter(({ largestError, tolerance }) => !(largestError <= tolerance));
          assert.deepEqual(wrong, []);
        });
      }
    }
  }
}

Deno.test("fixtures that compare nothing are an error, not parity", () =>
  inFolder(async (folder) => {
    assert.throws(() => fixturesOf("training", folder), /no fixtures in it\. .*REMI_FIXTURES/);
    assert.throws(() => fixturesOf("training", `${folder}/none`), /cannot be read: no such file/);
    for (const empty of ["{}", "[]", '{"model":"x","config":{},"steps":[]}', "null"]) {
      await Deno.writeTextFile(`${folder}/empty.json`, empty);
      assert.throws(() => fixturesOf("training", folder), /empty\.json.*: no fixture/);
    }
  }));

Deno.test("a fixture that is not there is an error that names those that are", () => {
  assert.throws(() => fixture("nonsense"), /no such fixture: "nonsense"\. It has \w+/);
});

Deno.test("the worst quantity is found before and after one that has to be met exactly", () => {
  const of = (quantity: string, largestError: number, tolerance: number) => ({
    quantity,
    largestError,
    tolerance,
  });
  const [far, exact, near] = [of("far", 1e-6, 1e-5), of("exact", 0, 0), of("near", 1e-9, 1e-5)];
  for (const order of [[far, exact, near], [near, exact, far], [exact, far, near]]) {
    assert.equal(worstOf(order).quantity, "far");
  }
  assert.equal(worstOf([far, of("missed", 1, 0), near]).quantity, "missed");
});
