import assert from "node:assert/strict";
import type { Run } from "../../train/run.ts";
import { resolveConfig } from "../../train/config.ts";
import { longerTable } from "./longer_table.ts";

function run(bestStep: number, recall: number, hr: number, objective: object): Run {
  return {
    key: "made-up",
    seed: 1,
    config: resolveConfig({ objective }),
    data: { name: "made-up" },
    bestStep,
    steps: 2 * bestStep,
    test: { 50: { recall, hr } },
  } as unknown as Run;
}

Deno.test("what a longer training changes, in points", () => {
  const rr = { rr: { lambda: 100 } };
  const trainings = [
    { short: run(3000, 0.25, 0.5, rr), longer: run(9000, 0.262, 0.495, rr) },
    { short: run(1000, 0.2, 0.4, {}), longer: run(1000, 0.2, 0.4, {}) },
  ];
  const [, header, , first, row] = longerTable(trainings).toMarkdown().split("\n").filter(Boolean);
  assert.match(header!, /best step \| R@50 \| best step, longer \| steps, longer \| R@50 gain/);
  assert.match(first!, /ComiRec-SA \| 1 \| 1,000 \| 20.0 \| 1,000 \| 2,000 \| 0.0 \| 0.0 \|/);
  assert.match(row!, /RR alone \| 1 \| 3,000 \| 25.0 \| 9,000 \| 18,000 \| \+1.2 \| −0.5 \|/);
});
