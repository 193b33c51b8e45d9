import assert from "node:assert/strict";
import type { Run } from "../results/run.ts";
import { resolveConfig } from "../train/config.ts";
import { longerTable } from "./longer_table.ts";

function run(bestStep: number, recall: number, hr: number): Run {
  return {
    key: "made-up",
    seed: 1,
    config: resolveConfig({ objective: { rr: { lambda: 100 } } }),
    data: { name: "made-up" },
    bestStep,
    steps: 2 * bestStep,
    test: { 50: { recall, hr } },
  } as unknown as Run;
}

Deno.test("what a longer training changes, in points", () => {
  const trainings = [{ short: run(3000, 0.25, 0.5), longer: run(9000, 0.262, 0.495) }];
  const [, header, , row] = longerTable(trainings).toMarkdown().split("\n").filter(Boolean);
  assert.match(header!, /best step \| R@50 \| best step, longer \| steps, longer \| R@50 gain/);
  assert.match(row!, /RR alone \| 1 \| 3,000 \| 25.0 \| 9,000 \| 18,000 \| \+1.2 \| −0.5 \|/);
});
