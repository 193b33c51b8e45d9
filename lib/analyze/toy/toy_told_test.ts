/** What notebooks 03 to 05 say of the toy user in words, recomputed. */
import assert from "node:assert/strict";
import { cosine } from "../homogenised_interests.ts";
import { effectiveItems } from "../routing_collapse.ts";
import { workedNegatives } from "../worked_negatives.ts";
import { dotProduct, toy, weightedSums } from "./toy_user.ts";
import { trainToy } from "./train_toy.ts";

const V = weightedSums(toy.A, toy.history.map(({ vector }) => vector));
const scoresOf = (k: number) => toy.negatives.map(({ vector }) => dotProduct(V[k]!, vector));
const positive = (target: 0 | 1) => dotProduct(V[target]!, toy.targets[target].vector);

/** How far the interest that moves most moves without an item. */
async function moved(steps: number, left: number): Promise<number> {
  const { interestsOf } = await trainToy({ steps });
  const history = [1, 2, 3, 4];
  const [whole, without] = await Promise.all(
    [history, history.filter((item) => item !== left)].map(interestsOf),
  );
  const distances = whole!.V.map((v, k) => Math.hypot(...v.map((x, c) => x - without!.V[k]![c]!)));
  return Math.max(...distances);
}

Deno.test("03: early every item matters a little, later two a lot and two hardly", async () => {
  for (const item of [1, 2, 3, 4]) {
    const [early, late] = [await moved(1, item), await moved(100, item)];
    assert.ok(early > 0.4 && early < 0.8, `${early}`);
    if (item === 1 || item === 3) assert.ok(late > 2, `${late}`);
    else assert.ok(late < 0.2, `${late}`);
  }
});

Deno.test("03: by step 20 the first row is nearly all thriller", async () => {
  const { frames } = await trainToy();
  assert.ok(frames[20]!.A[0]![0]! > 0.8);
  const likes = toy.history.map(({ vector }) => dotProduct(vector, toy.targets[0].vector));
  assert.deepEqual(likes, [4.5, 3.5, -1, -1.5]);
});

Deno.test("04: one negative is hard, two middling, two as good as absent", () => {
  const shares = workedNegatives(scoresOf(0), positive(0), 0).negatives.map(({ share }) => share);
  assert.ok(shares[0]! > 0.5 && shares[1]! > 0.1 && shares[2]! > 0.1);
  assert.ok(shares[3]! < 0.01 && shares[4]! < 0.01);
});

Deno.test("04: with β = 1 the heist film counts three times, the hidden one about once", () => {
  const counts = (k: 0 | 1) =>
    workedNegatives(scoresOf(k), positive(k), 1).negatives.map(({ importance }) => importance);
  assert.deepEqual(counts(0).slice(0, 2).map(Math.round), [3, 1]);
  assert.ok(counts(0).slice(3).every((count) => count < 0.05));
  const ofTheWok = counts(1);
  assert.equal(ofTheWok.indexOf(Math.max(...ofTheWok)), 1); // the pasta machine
});

Deno.test("04: with β = 1 all but the hardest are pushed up, without IHN none", () => {
  const up = (beta: number) =>
    workedNegatives(scoresOf(0), positive(0), beta).negatives.map(({ gradient }) => gradient < 0);
  assert.deepEqual(up(0), [false, false, false, false, false]);
  assert.deepEqual(up(1), [false, true, true, true, true]);
});

Deno.test("05: with λ = 3 the weights set out for single items and come back", async () => {
  const { frames } = await trainToy({ lambda: 3 });
  const largest = (step: number) => Math.max(...frames[step]!.A[0]!);
  assert.ok(largest(0) < 0.3 && largest(15) > 0.55 && largest(100) < 0.4);
  const [row] = frames[100]!.A;
  const order = [0, 1, 2, 3].sort((a, b) => row![b]! - row![a]!);
  assert.deepEqual(order.slice(0, 2), [0, 1]); // the thriller, then the detective novel
});

Deno.test("05: more λ uses more items and makes the interests more alike", async () => {
  const ends = await Promise.all([0, 0.3, 1, 3, 10, 100].map(async (lambda) => {
    const { A, V } = (await trainToy({ lambda })).frames.at(-1)!;
    return [effectiveItems(A[0]!), effectiveItems(A[1]!), cosine(V[0]!, V[1]!)];
  }));
  for (const column of [0, 1, 2]) {
    const values = ends.map((end) => end[column]!);
    assert.deepEqual(values, values.toSorted((a, b) => a - b));
  }
});
