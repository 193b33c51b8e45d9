import assert from "node:assert/strict";
import { checkAnswer } from "./answer.ts";

/** What a check prints. */
async function said(check: () => Promise<void>): Promise<string[]> {
  const lines: string[] = [];
  const log = console.log;
  console.log = (text: string) => void lines.push(text);
  try {
    await check();
  } finally {
    console.log = log;
  }
  return lines;
}

Deno.test("a right answer is confirmed", async () => {
  assert.deepEqual(
    await said(() => checkAnswer("two thirds", 0.67, () => 2 / 3, 0.01)),
    ["Right: two thirds is 0.6667; the answer was 0.67."],
  );
});

Deno.test("a wrong answer stops the cell without giving the right one away", async () => {
  await assert.rejects(
    () => checkAnswer("two thirds", 0.6, () => 2 / 3, 0.01),
    (error: Error) => /two thirds: not yet: 0\.6/.test(error.message) && !/66/.test(error.message),
  );
  await assert.rejects(() => checkAnswer("two thirds", NaN, () => 2 / 3, 0.01), /not yet/);
});

Deno.test("an empty answer is asked for, and costs no computation", async () => {
  const compute = () => {
    throw new Error("computed");
  };
  const [line] = await said(() => checkAnswer("two thirds", null, compute, 0.01));
  assert.match(line!, /^Your turn, two thirds: .* in place of null/);
});
