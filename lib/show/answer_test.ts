import assert from "node:assert/strict";
import { type Answer, checkAnswer, saysNotYet } from "./answer.ts";

/** What a check prints. */
async function said(
  answer: unknown,
  right: number | readonly number[] = 2 / 3,
  within = 0.01,
): Promise<string> {
  const lines: string[] = [];
  const log = console.log;
  console.log = (text: string) => void lines.push(text);
  try {
    await checkAnswer("two thirds", answer as Answer, () => right, within);
  } finally {
    console.log = log;
  }
  assert.equal(lines.length, 1);
  return lines[0]!;
}

Deno.test("a right answer is confirmed", async () => {
  assert.equal(await said(0.67), "Right: two thirds is 0.6667; the answer was 0.67.");
  assert.equal(
    await said([1, 2.004], [1, 2]),
    "Right: two thirds is 1, 2; the answer was 1, 2.004.",
  );
  assert.match(await said(Float64Array.of(1, 2), [1, 2]), /^Right/);
});

Deno.test("a wrong answer is told the direction, and not the right one", async () => {
  const cases: readonly (readonly [unknown, RegExp])[] = [
    [0.6, /^Not yet, two thirds: 0\.6 is too small\. It has to be right within 0\.01\.$/],
    [0.7, /0\.7 is too large/],
    [Infinity, /Infinity is too large/],
    [-0.667, /its sign is not/],
    [66.7, /too large: is it in per cent\?/],
  ];
  for (const [answer, expected] of cases) {
    const text = await said(answer);
    assert.match(text, expected);
    assert.ok(saysNotYet(text) && !text.includes("0.6667"));
  }
});

Deno.test("an answer of another type is told what is expected", async () => {
  const cases: readonly (readonly [unknown, RegExp])[] = [
    [NaN, /a number is expected, and this is NaN/],
    ["0.67", /a number is expected, and this is a text: write 0\.67 without quotes/],
    ["two thirds", /this is a text: write a number/],
    [[0.67], /this is a list whose first is a number/],
    [undefined, /this is undefined/],
    [true, /this is a boolean/],
    [Promise.resolve(0.67), /this is a promise: write await before it/],
    [() => 0.67, /this is a function: call it/],
    [1n, /write 1 without n/],
  ];
  for (const [answer, expected] of cases) {
    const text = await said(answer);
    assert.match(text, expected);
    assert.ok(saysNotYet(text));
  }
});

Deno.test("a list is told its length, its order, and which number is wrong", async () => {
  const right = [3, 1, 2];
  assert.match(await said([3, 1], right), /a list of 3 numbers is expected, and this one has 2\.$/);
  assert.match(await said(3, right), /a list of 3 numbers is expected, and this is a number\.$/);
  assert.match(await said([2, 1, 3], right), /the order is reversed\.$/);
  assert.match(await said([1, 2, 3], right), /in another order\.$/);
  assert.match(await said([3, 1, 4], right), /number 3: 4 is too large/);
  assert.match(await said([3, "1", 2], right), /number 2 should be one, and this is a text/);
  assert.match(await said([], right), /this one has 0/);
});

Deno.test("an empty answer is asked for, and costs no computation", async () => {
  const log = console.log;
  const lines: string[] = [];
  console.log = (text: string) => void lines.push(text);
  const compute = () => {
    throw new Error("computed");
  };
  await checkAnswer("two thirds", null, compute, 0.01).finally(() => console.log = log);
  assert.match(lines[0]!, /^Your turn, two thirds: .* in place of null/);
});
