/** Made-up collapses for the tests of the figures; no number has to do with any model. */
import type { Measures, Run } from "../train/run.ts";
import type { RunSnapshots } from "../results/snapshots.ts";
import type { DroppedItems } from "../figures/routing/dropped_items.ts";
import { exampleRun } from "./example_runs.ts";

const RR = { rr: { lambda: 100 } };

/** Two methods with measures: one-hot routing at first, and flat routing with equal interests. */
export const exampleCollapse: readonly Run[] = [1, 2].flatMap((seed) => [
  measured(exampleRun(0.2, seed, {}), 1 + 0.1 * seed, 0.1),
  measured(exampleRun(0.3, seed, RR), 9, 0.9),
]);

function measured(run: Run, items: number, cosine: number): Run {
  const at = (rise: number): Measures => ({
    "effective-items": items + rise,
    "effective-items-uniform": 10,
    "largest-weight": 1 / items,
    "largest-weight-uniform": 0.1,
    "history-seen": items / 10,
    "interest-cosine": cosine + rise / 20,
    "interest-cosine-strangers": 0.01 * items,
    "retrieved-overlap": cosine / 2,
    "planted-covered": 0.5,
  });
  const curve = run.curve.map((point, i) => ({ ...point, measures: at(i / 30) }));
  return { ...run, curve, measures: at(1) };
}

/** Snapshots of two made-up methods at a few steps; the first collapses more and more. */
export const exampleSnapshots: readonly RunSnapshots[] = [{}, RR].map((objective, method) => {
  const { key, config, data, seed } = exampleRun(0.3, 1, objective);
  const users = (step: number) =>
    [9, 14].map((n, user) => ({
      user: 70 + user,
      history: Array.from({ length: n }, (_, l) => 100 * user + l + 1),
      target: 50,
      selected: user,
      routing: [0, 1, 2].map((k) => peaked(n, 3 * k, method === 0 ? step / 400 : 0.3)),
    }));
  const margins = { edges: [0], selected: [1, 1], other: [1, 1], single: [1, 1], userMax: [1, 1] };
  const steps = method === 0 ? [200, 400, 800, 1600] : [200, 400, 600];
  return {
    key,
    config,
    data,
    seed,
    recorded: true,
    bestStep: method === 0 ? 1600 : 600,
    curve: "",
    snapshots: steps.map((step) => ({ step, users: users(step), margins })),
  };
});

function peaked(n: number, at: number, sharpness: number): number[] {
  const weights = Array.from({ length: n }, (_, l) => l === at % n ? Math.exp(sharpness) : 1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** Made-up users of whom only the items attended to most matter. */
export const exampleDropped: readonly DroppedItems[] = [{
  run: { ...exampleCollapse[0]!, config: { ...exampleCollapse[0]!.config, K: 4 } },
  users: [8, 10, 5].map((n, u) =>
    Array.from({ length: n }, (_, l) => ({
      item: l + 1,
      attention: 1 / (1 + l),
      change: l < 3 ? 0.5 + 0.02 * u : 0.04,
    }))
  ),
}];
