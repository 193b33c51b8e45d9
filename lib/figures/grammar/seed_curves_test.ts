import assert from "node:assert/strict";
import type { Run } from "../../train/run.ts";
import { methodOf } from "../../results/method.ts";
import { exampleCollapse } from "../../testing/example_collapses.ts";
import { exampleRun, exampleRuns, titleOf } from "../../testing/example_runs.ts";
import { figure } from "../mod.ts";
import { seedCurves, sharedSteps } from "./seed_curves.ts";

/** A run that was evaluated at these steps, with a loss of as much at each. */
function runAt(seed: number, steps: readonly number[]): Run {
  const run = exampleRun(0.3, seed, {});
  const [point] = run.curve;
  return { ...run, curve: steps.map((step) => ({ ...point!, step, loss: step })) };
}

const fine = runAt(1, [100, 200, 300, 400, 500]);
const coarse = runAt(2, [200, 400]);
const valueOf = ({ loss }: Run["curve"][number]) => loss;

Deno.test("seeds meet at equal steps, not at equal numbers of evaluations", () => {
  const { steps, spread } = sharedSteps([fine, coarse], valueOf);
  assert.deepEqual(steps, [200, 400]);
  assert.deepEqual(spread, [[200, 200], [400, 400]]);
  assert.deepEqual(sharedSteps([fine, runAt(2, [150])], valueOf), { steps: [], spread: [] });
});

Deno.test("the thin line of a longer seed begins where the mean ends", () => {
  const group = { style: methodOf({}), runs: [coarse, fine], cut: null };
  const [, mean, ...thin] = seedCurves(group, { valueOf, hover: "" });
  assert.deepEqual([mean!.x, mean!.y], [[200, 400], [200, 400]]);
  assert.deepEqual(thin.map(({ x }) => x), [[400, 500]]);
});

Deno.test("a training that was stopped before its first evaluation has no curve", () => {
  const [first, ...rest] = exampleRuns;
  const stopped = { ...first!, stop: "interrupted" as const, steps: 40, curve: [] };
  assert.match(titleOf(figure.learningCurves([stopped])), /^Valid recall@50 reaches/);
  const thin = figure.learningCurves([stopped, ...rest]).data.filter(({ line, legendgroup }) =>
    legendgroup === "ComiRec-SA" && (line as { width?: number } | undefined)?.width === 1
  );
  assert.equal(thin.length, 2); // the other seeds
  const [measured, ...others] = exampleCollapse;
  const made = figure.measures([{ ...measured!, curve: [] }, ...others], ["effective-items"]);
  assert.match(titleOf(made), /^Effective items, best step/);
});
