import assert from "node:assert/strict";
import { type Answer, checkAnswer, checkFunction, saysNotYet } from "./answer.ts";

/** The one line that a check prints. */
async function lineOf(check: () => Promise<void>): Promise<string> {
  const lines: string[] = [];
  const log = console.log;
  console.log = (text: string) => void lines.push(text);
  try {
    await check();
  } finally {
    console.log = log;
  }
  assert.equal(lines.length, 1);
  return lines[0]!;
}

/** What is said of an answer. */
function said(
  answer: unknown,
  right: number | readonly number[] = 2 / 3,
  within = 0.01,
): Promise<string> {
  return lineOf(() => checkAnswer("two thirds", answer as Answer, () => right, within));
}

/** What is said of a function that should sum. */
function saidOf(yours: unknown): Promise<string> {
  const sum = (row: number[]) => row.reduce((all, x) => all + x, 0);
  const inputs: [number[]][] = [[[1, 2]], [[0.5]], [[3, -3, 1 / 3]]];
  return lineOf(() => checkFunction("the sum", yours as typeof sum | null, sum, inputs, 0.01));
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

Deno.test("a function is right if it is for every input", async () => {
  const right = (row: number[]) => row[0]! + (row[1] ?? 0) + (row[2] ?? 0);
  assert.equal(
    await saidOf(right),
    "Right: the sum. [1, 2] gives 3; [0.5] gives 0.5; [3, -3, 0.3333] gives 0.3333.",
  );
  assert.match(await saidOf((row: number[]) => row.sort().reduce((a, b) => a + b)), /^Right/);
  assert.match(await saidOf(null), /^Your turn, the sum: put your function in place of null/);
});

Deno.test("a wrong function is told the input and the direction, and no stack", async () => {
  const cases: readonly (readonly [unknown, RegExp])[] = [
    [(row: number[]) => row[0], /for \[1, 2\] it gives 1: 1 is too small/],
    [(row: number[]) => row[0]! + row[1]!, /for \[0\.5\] it gives NaN: .*this is NaN/],
    [() => {}, /it gives nothing: does it return its result\?$/],
    [(row: number[]) => row, /it gives 1, 2: .*this is a list/],
    [() => "3", /it gives a string: .*this is a text: write 3 without quotes/],
    [async () => await 3, /it gives a promise: .*this is a promise/],
    [(row: { at: number }[]) => row[2]!.at, /ends with an error: .*\(reading 'at'\)$/],
    [3, /a function is expected, and this is a number\.$/],
  ];
  for (const [yours, expected] of cases) {
    const text = await saidOf(yours);
    assert.match(text, expected);
    assert.ok(saysNotYet(text) && !text.includes("    at "));
  }
});
