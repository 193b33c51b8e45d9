import assert from "node:assert/strict";
import { checkAnswer } from "./answer.ts";

Deno.test("a right answer is confirmed", async () => {
  const said: string[] = [];
  const log = console.log;
  console.log = (text: string) => void said.push(text);
  try {
    await checkAnswer("two thirds", 0.67, 2 / 3, 0.01);
  } finally {
    console.log = log;
  }
  assert.deepEqual(said, ["Right: two thirds is 0.6667; the answer was 0.67."]);
});

Deno.test("a wrong answer, or none, stops the cell without giving the right one away", async () => {
  await assert.rejects(
    () => checkAnswer("two thirds", 0.6, 2 / 3, 0.01),
    /two thirds: not yet: 0\.6/,
  );
  await assert.rejects(() => checkAnswer("two thirds", NaN, 2 / 3, 0.01), /not yet/);
});
