import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { assertClose } from "../testing/assert_close.ts";
import { lossOf } from "./loss_of.ts";
import { workedNegatives } from "./worked_negatives.ts";

Deno.test("the loss of a few scores is that of Algorithm 1 worked by hand", async () => {
  const scores = [3.05, 1.8, 1.6, -1.4, -1.7];
  for (const beta of [0, 0.1, 1, 10]) {
    const { loss } = workedNegatives(scores, 2.95, beta);
    assertClose(await lossOf(scores, 2.95, beta), loss, { absolute: 1e-6, relative: 1e-6 });
  }
});

Deno.test("no scores, and numbers that no loss has, are refused", async () => {
  const odd: [number[], number, number][] = [
    [[], 3, 0],
    [[1, NaN], 3, 0],
    [[1, 2], Infinity, 0],
    [[1, 2], 3, Infinity],
    [[1, 2], 3, 1e308],
    [[1e39, 1], 3, 1],
  ];
  for (const [scores, positive, beta] of odd) {
    await assert.rejects(lossOf(scores, positive, beta), BadInput, `${scores}`);
  }
});
