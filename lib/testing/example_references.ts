/** Made-up differences to a reference for the tests of their figures. */
import type { PaddingInSum } from "../analyze/padding_in_sum.ts";
import type { Start } from "../analyze/starts.ts";
import type { ParityFound } from "../figures/reference/parity_errors.ts";
import type { Run } from "../train/run.ts";
import { exampleRun, exampleRuns } from "./example_runs.ts";

/** Two fixtures, one of them computed in two ways, and one that is not met. */
export const exampleParity: readonly ParityFound[] = [
  ["made-up fixture", "kernels on wasm", 2e-7, 1e-5],
  ["made-up fixture", "fused", 3e-6, 1e-5],
  ["made-up failure", "kernels on wasm", 2e-3, 1e-5],
  ["made-up exactness", "retrieval", 0, 0],
].map(([fixture, by, largestError, tolerance]) => ({
  fixture: String(fixture),
  method: "made-up model",
  by: String(by),
  quantities: 12,
  worst: {
    quantity: "made-up loss",
    largestError: Number(largestError),
    tolerance: Number(tolerance),
  },
  good: Number(largestError) <= Number(tolerance),
}));

/** Models that start with interests of very different lengths. */
export const exampleStarts: readonly Start[] = [
  { method: "made-up short", seed: 1, length: 4e-5, largestWeight: 0.05, loss: 7.1 },
  { method: "made-up long", seed: 1, length: 0.9, largestWeight: 0.9, loss: 17 },
  { method: "made-up vector", seed: 1, length: 0.4, largestWeight: null, loss: 7.2 },
];

/** A model whose short histories are turned by their padding. */
export const examplePaddingInSum: { readonly run: Run; readonly lengths: PaddingInSum[] } = {
  run: exampleRun(0.2, 1, {}),
  lengths: [4, 8, 12, 16, 20].map((n) => ({
    n,
    users: 400 / n,
    cosine: n / 20,
    added: (20 - n) / n,
  })),
};

/** Runs of which one method is better by the usual NDCG and worse by the reference's. */
export const exampleTurned: readonly Run[] = exampleRuns.map((run) => {
  const at50 = { ...run.test[50]!, ndcgReference: run.config.objective.ihn ? 0.4 : 0.5 };
  return { ...run, test: { ...run.test, 50: at50 } };
});
