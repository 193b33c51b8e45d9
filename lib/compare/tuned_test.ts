import assert from "node:assert/strict";
import { methodOf } from "../results/method.ts";
import { tunedMethods } from "./tuned.ts";

Deno.test("what is tuned stands by data set, and there in the house order", async () => {
  const methods = await tunedMethods();
  const data = methods.map(({ data }) => data);
  assert.deepEqual(data, [...new Set(data)].flatMap((name) => data.filter((one) => one === name)));
  const groups = Map.groupBy(methods, ({ data }) => data);
  assert.ok(groups.size > 1);
  for (const its of groups.values()) {
    const ranks = its.map(({ rates }) => methodOf(rates[0]!.config).rank);
    assert.deepEqual(ranks, ranks.toSorted((a, b) => a - b));
  }
});
