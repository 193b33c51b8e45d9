import assert from "node:assert/strict";
import { trainToy } from "../analyze/toy/train_toy.ts";
import { toyRun } from "./toy_run.ts";

Deno.test("the page's toy is the notebooks' toy, step by step", async () => {
  const settings = { lambda: 3, beta: 1, seed: 3 };
  const [pictures, { frames }] = await Promise.all([toyRun(settings), trainToy(settings)]);
  assert.equal(pictures.length, frames.length);
  for (const step of [0, 1, 20, 100]) {
    const { A, V, E } = pictures[step]!;
    const frame = frames[step]!;
    const there = [frame.A, frame.V, frame.E].flat(2);
    [A, V, E].flat(2).forEach((value, i) => {
      assert.ok(Math.abs(value - there[i]!) < 5e-3, `step ${step}: ${value}, ${there[i]}`);
    });
  }
});

Deno.test("the page's sentence on the toy is true", async () => {
  const last = async (lambda: number) =>
    (await toyRun({ lambda, beta: 0, seed: 3 })).at(-1)!.A.map((row) => Math.max(...row));
  assert.ok((await last(0)).every((most) => most > 0.9));
  assert.ok((await last(10)).every((most) => most < 0.4));
});
