import assert from "node:assert/strict";
import { CatchUpTable, TERMS } from "./catch_up.ts";

const adam = { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/** c_0..c_4 by their definition. */
function direct(t0: number, g: number): number[] {
  const { learningRate, beta1, beta2 } = adam;
  const c = new Array<number>(TERMS).fill(0);
  for (let k = 1; k <= g; k++) {
    const before = 1 / (1 - beta2 ** t0);
    const after = beta2 ** k / (1 - beta2 ** (t0 + k));
    const u = 1 - Math.sqrt(after / before);
    for (let j = 0; j < TERMS; j++) {
      c[j]! += learningRate / (1 - beta1 ** (t0 + k)) * beta1 ** k * u ** j;
    }
  }
  return c;
}

Deno.test("the coefficients are the sums that define them", () => {
  const table = new CatchUpTable(adam);
  for (const [t0, g] of [[200, 1], [200, 7], [350, 120], [300, 400], [60_000, 5000]] as const) {
    const got = table.coefficients(t0, g);
    direct(t0, Math.min(g, table.longestGap)).forEach((want, j) => {
      assert.ok(Math.abs(got[j]! - want) <= 1e-12 * want, `c_${j}(${t0}, ${g})`);
    });
  }
});

Deno.test("the reference's optimizer has the limits that its definition states", () => {
  const { longestGap, replayBelow } = new CatchUpTable(adam);
  assert.deepEqual({ longestGap, replayBelow }, { longestGap: 160, replayBelow: 200 });
});

Deno.test("an optimizer whose rows would never come to rest is refused", () => {
  for (const beta2 of [0, 0.5, 0.81]) {
    assert.throws(
      () => new CatchUpTable({ ...adam, beta2 }),
      /adam: lazy Adam needs a beta1 below/,
    );
  }
});

Deno.test("a table that starts in the middle has the bits of one that went step by step", () => {
  const stepwise = new CatchUpTable(adam);
  for (let t = 1; t <= 700; t++) stepwise.coefficients(t - 1 || 1, 1);
  const { longestGap } = stepwise;
  for (const g of [1, 2, 50, longestGap - 1, longestGap]) {
    const fresh = new CatchUpTable(adam).coefficients(700 - g, g);
    assert.deepEqual([...stepwise.coefficients(700 - g, g)], [...fresh]);
  }
  const earlier = [...new CatchUpTable(adam).coefficients(400, 30)];
  assert.deepEqual([...stepwise.coefficients(400, 30)], earlier, "going back to a saved state");
});
