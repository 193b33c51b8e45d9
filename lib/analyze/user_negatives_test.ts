import assert from "node:assert/strict";
import { effectiveNumber, negativeGradient } from "./easy_negatives.ts";
import { Means } from "./means.ts";
import { measureNegatives } from "./user_negatives.ts";

const positives = Float64Array.of(0.2, 1.5, -1); // the second interest is selected
const scores = [
  Float64Array.of(0, 1, 2, 3),
  Float64Array.of(1, 0, -1, 4),
  Float64Array.of(2, 2, 2, 0),
];

for (const loss of [{ beta: 0, S: 4, nearest: true }, { beta: 1, S: 40, nearest: true }]) {
  const means = new Means();
  measureNegatives(positives, scores, loss, means);
  const got = means.rounded();
  const gradient = (x: Float64Array, positive: number) =>
    negativeGradient(x, positive, loss.beta, loss.S);
  const number = (x: Float64Array) => effectiveNumber(gradient(x, 0).weights);
  const same = (name: string, want: number) =>
    assert.ok(Math.abs(got[name]! - want) < 1e-5 * want, `${name}: ${got[name]} is not ${want}`);

  Deno.test(`the selected interest is the one nearest to the target, beta ${loss.beta}`, () => {
    same("effective-negatives-selected", number(scores[1]!));
    same("negative-gradient-selected", gradient(scores[1]!, 1.5).mass);
  });

  Deno.test(`the others are averaged, beta ${loss.beta}`, () => {
    same("effective-negatives-other", (number(scores[0]!) + number(scores[2]!)) / 2);
  });

  Deno.test(`the single vector is the mean of the interests, beta ${loss.beta}`, () => {
    same("effective-negatives-single", number(Float64Array.of(1, 1, 1, 7 / 3)));
  });
}
