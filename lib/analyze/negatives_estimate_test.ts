import assert from "node:assert/strict";
import { Random } from "../base/random.ts";
import { estimateStudy } from "./negatives_estimate.ts";
import { assertClose } from "../testing/assert_close.ts";

/** What float64 rounds away. */
const rounding = { absolute: 1e-12 };

const study = (scores: number[], betas: number[], draws: number[], repetitions = 4000) =>
  estimateStudy(Float64Array.from(scores), { betas, draws, repetitions, random: new Random(1) });

Deno.test("equal scores are estimated exactly by any number of draws", () => {
  for (
    const { ideal, uniform, effectiveDraws, points } of study([2, 2, 2], [0, 1, 10], [1, 7], 50)
  ) {
    assertClose(ideal, Math.exp(2), rounding);
    assertClose(uniform, 1, rounding);
    assertClose(effectiveDraws, 1, rounding);
    for (const { mean, bias, sd, low, high, firstOrder } of points) {
      [mean - 1, bias, sd, low - 1, high - 1, firstOrder.bias, firstOrder.sd].forEach((zero) =>
        assertClose(zero, 0, { absolute: 1e-7 })
      );
    }
  }
});

/** exp(x) is 1 for three items of four and 9 for the fourth. */
const twoValues = [0, 0, 0, Math.log(9)];

Deno.test("beta 0 is a plain mean: no bias, and the variance of one draw over n", () => {
  const [{ ideal, uniform, points }] = study(twoValues, [0], [1, 16]) as [
    ReturnType<typeof study>[0],
  ];
  assertClose(ideal, 3, rounding);
  assertClose(uniform, 1, rounding);
  for (const { draws, mean, bias, biasError, sd, firstOrder } of points) {
    assertClose(bias, 0, { absolute: 1e-9 }); // the first order is all there is, and is taken off
    assertClose(biasError, 0, { absolute: 1e-9 });
    const exact = Math.sqrt(12 / draws) / 3; // variance of 1, 1, 1, 9 is 12
    assertClose(firstOrder.sd, exact, rounding);
    assertClose(firstOrder.bias, 0, rounding);
    assertClose(sd, exact, { absolute: 0.03 });
    assertClose(mean, 1, { absolute: 0.03 });
  }
});

Deno.test("one draw knows nothing of beta: its mean is the uniform one", () => {
  for (const { uniform, points } of study(twoValues, [0, 1, 10], [1])) {
    assertClose(points[0]!.mean, uniform, { absolute: 0.03 });
  }
});

Deno.test("two draws, worked by hand", () => {
  // beta 1: ideal (3 + 81) / (3 + 9) = 7. Pairs: none hard 9/16 -> 1, both 1/16 -> 9,
  // one of them 6/16 -> (1 + 81) / 10 = 8.2
  const [{ ideal, points }] = study(twoValues, [1], [2], 20_000) as [ReturnType<typeof study>[0]];
  assertClose(ideal, 7, rounding);
  const exact = (9 + 9 + 6 * 8.2) / 16 / 7;
  const { mean, bias, biasError } = points[0]!;
  assertClose(mean, exact, { absolute: 0.01 });
  assertClose(bias, exact - 1, { absolute: 4 * biasError });
  assert.ok(biasError < 0.003);
});

Deno.test("beta to infinity takes the greatest of the draws", () => {
  const [{ ideal, points }] = study(twoValues, [500], [1, 4], 20_000) as [
    ReturnType<typeof study>[0],
  ];
  assertClose(ideal, 9, { absolute: 1e-9 });
  const missed = (n: number) => 0.75 ** n;
  for (const { draws, mean } of points) {
    assertClose(mean, 1 - missed(draws) * 8 / 9, { absolute: 0.01 });
  }
});

Deno.test("many draws follow the first order", () => {
  const random = new Random(5);
  const scores = Array.from({ length: 200 }, () => random.normal());
  const [{ points, effectiveDraws }] = study(scores, [1], [400, 800]) as [
    ReturnType<typeof study>[0],
  ];
  assert.ok(effectiveDraws > 0.2 && effectiveDraws < 0.8);
  for (const { bias, biasError, sd, firstOrder } of points) {
    assert.ok(firstOrder.bias < 0);
    assertClose(bias / firstOrder.bias, 1, { absolute: 0.1 });
    assert.ok(biasError < sd / Math.sqrt(4000) / 5); // far less noise than the plain mean has
    assertClose(sd / firstOrder.sd, 1, { absolute: 0.05 });
  }
});

Deno.test("one item far above all others, and scores of thousands", () => {
  const [{ effectiveDraws, points }] = study([3000, -3000, -3000, -3000], [10], [64], 50) as [
    ReturnType<typeof study>[0],
  ];
  assertClose(effectiveDraws, 0.25, rounding);
  assertClose(points[0]!.mean, 1, { absolute: 1e-9 }); // it is among 64 draws of four items
});

Deno.test("equal seeds give equal bits; what cannot be studied is refused", () => {
  assert.deepEqual(study(twoValues, [1], [3], 9), study(twoValues, [1], [3], 9));
  assert.throws(() => study(twoValues, [1], [3, 2]), /not ascending/);
  assert.throws(() => study(twoValues, [1], []), /not ascending/);
  for (const repetitions of [1, 2.5, NaN]) {
    assert.throws(() => study(twoValues, [1], [3], repetitions), /one repetition has no spread/);
  }
});
