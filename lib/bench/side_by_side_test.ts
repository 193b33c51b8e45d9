import assert from "node:assert/strict";
import { synthetic } from "../data/synthetic.ts";
import { ratiosInWords, stepTable } from "../figures/costs/step_times.ts";
import { stepsSideBySide } from "./side_by_side.ts";

const clicks = synthetic({ users: 120, interests: 10, itemsPerInterest: 30 });
const sizes = { B: 8, L: 10, S: 20, d: 8 };

Deno.test("methods take turns, each is compared with the first", async () => {
  const rr = { lambda: 100 };
  const configs = [{}, { rr }].map((objective) => ({ ...sizes, objective }));
  const record = await stepsSideBySide(clicks, configs, { rounds: 2, steps: 1 });
  const { measurements, ratios } = record;
  assert.deepEqual(ratios.map(({ of, to }) => [of, to]), [["RR alone", "ComiRec-SA"]]);
  assert.match(ratiosInWords(record), /as ComiRec-SA \(2 rounds, too few for quartiles\)$/);
  assert.doesNotMatch(stepTable(record).toMarkdown(), /\d–\d/);
  const kept = measurements.filter(({ unit }) => unit.startsWith("MB"));
  assert.equal(kept.length, 2);
  assert.equal(kept[0]!.wall.median, kept[1]!.wall.median);
  assert.ok(kept[0]!.wall.median * 1e6 > 3 * 4 * (clicks.itemCount + 1) * 8);
  await assert.rejects(() => stepsSideBySide(clicks, [sizes, sizes]), /nothing to compare/);
  for (const none of [{ rounds: 0 }, { steps: 0 }]) {
    const [name] = Object.keys(none);
    const refusal = new RegExp(`stepsSideBySide, ${name}: not a whole number above 0`);
    await assert.rejects(() => stepsSideBySide(clicks, configs, none), refusal);
  }
});
