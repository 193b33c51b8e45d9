/** Made-up costs for the tests of their figures. */
import type { BenchRecord, Measurement } from "../bench/record.ts";
import { summarized } from "../bench/summary.ts";
import { exampleBenchmark } from "./example_runs.ts";

function timesOf(name: string, ms: number, unit = "ms per step"): Measurement {
  const times = summarized([0.9 * ms, ms, 1.2 * ms]);
  return { name, unit, threads: 1, wall: times, processor: times };
}

/** Steps of two engines with three catalogues, and of one method; one of them keeps 12 MB. */
export function exampleSteps(): BenchRecord {
  const sizes = ["30k", "368k", "1M"];
  return {
    ...exampleBenchmark(),
    measurements: [
      ...sizes.map((size, i) => timesOf(`made-up fast, ${size} items`, 4 + i)),
      ...sizes.map((size, i) => timesOf(`made-up slow, ${size} items`, 40 * 2 ** i)),
      timesOf("made-up a", 4),
      timesOf("made-up a", 12, "MB of parameters and moments"),
    ],
  };
}

/** Two plans, of which one has no sampled validation. */
export function examplePlans(): BenchRecord {
  const hours = (name: string, value: number) => timesOf(name, value, "core-hours");
  return {
    ...exampleBenchmark(),
    kind: "paper-scale",
    measurements: [
      hours("plan made-up-main, 30 trainings, validated on all users", 400),
      hours("plan made-up-main, 30 trainings, validated on 5,000 users", 100),
      hours("plan made-up-rest, 3 trainings, validated on all users", 12.5),
      timesOf("a step of made-up", 4),
    ],
  };
}
