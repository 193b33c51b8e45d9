import assert from "node:assert/strict";
import { projections } from "./bench_paper_scale.ts";

const counts = { users: 603_668, items: 367_982, behaviours: 8_898_041 };

/**
 * Core-hours by plan, if these are the milliseconds of a step and of two validations on a machine
 * whose other work makes them so many times as long by the clock.
 */
async function hours(step: number, evaluation: number, sample: number, busy: number) {
  const both = (ms: number) => ({ wall: busy * ms, processor: ms });
  const measured = { step: both(step), evaluation: both(evaluation), sample: both(sample) };
  const found = await projections({ counts, ...measured }, 5000);
  const of = (users: string) =>
    new Map(
      found.filter(({ name }) => name.endsWith(`validated on ${users}`))
        .map(({ name, wall }) => [name.split(",")[0]!, wall.median]),
    );
  return { all: of("all users"), few: of("5,000 users") };
}

Deno.test("a plan costs its steps and its validations, each by its own measured time", async () => {
  const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-6 * b, `${a}, ${b}`);
  const steps = await hours(8, 0, 0, 7);
  const { all, few } = await hours(16, 6000, 600, 2);
  assert.ok(all.size >= 8);
  for (const [plan, both] of all) {
    near(steps.few.get(plan)!, steps.all.get(plan)!);
    const validations = both - 2 * steps.all.get(plan)!;
    assert.ok(validations > 0, plan);
    near(few.get(plan)! - 2 * steps.few.get(plan)!, validations / 10);
  }
});
