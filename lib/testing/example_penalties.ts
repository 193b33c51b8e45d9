/** Made-up runs and analyses of RR for the tests of the figures. */
import type { AfterSwitch } from "../analyze/switch_objective.ts";
import type { Run } from "../train/run.ts";
import { type Comparison, type Contest, testContests } from "../compare/comparisons.ts";
import { exampleCollapse } from "./example_collapses.ts";
import { exampleRun, exampleRuns } from "./example_runs.ts";
import type { PaddingData } from "../figures/penalty/penalty_padding.ts";
import type { NamedRouting } from "../figures/penalty/routing_costs.ts";
import type { SwitchedObjective } from "../figures/penalty/switched_objective.ts";

/** Two seeds of each of three λ with IHN, ever flatter, and best at the last two. */
export const exampleLambdas: readonly Run[] = [1, 2].flatMap((seed) =>
  [0, 10, 100].map((lambda, i) => {
    const rr = lambda > 0 ? { rr: { lambda } } : {};
    const run = exampleRun(i === 0 ? 0.2 : 0.3 + 0.001 * i, seed, { ihn: { beta: 1 }, ...rr });
    const measures = {
      "effective-items": 1 + 4 * i,
      "effective-items-uniform": 10,
      "interest-cosine": 0.1 + 0.4 * i,
      "retrieved-overlap": 0.1 * i,
    };
    const curve = run.curve.map((point) => ({ ...point, routingPenalty: 0.001, measures }));
    return { ...run, curve, measures };
  })
);

/** RR alone makes half of the gain in recall and in HR. */
export const exampleContest: Contest = {
  data: "made-up data",
  from: { label: "nothing", runs: [runWith(0.2)] },
  to: { label: "everything", runs: [runWith(0.3)] },
  others: [{ label: "half", runs: [runWith(0.25)] }, { label: "less", runs: [runWith(0.1)] }],
};

/** The same, tested. */
export const exampleComparison: Comparison = (await testContests([exampleContest]))[0]!;

function runWith(recall: number): Run {
  const at = { recall, hr: 2 * recall, ndcg: recall, ndcgReference: recall };
  return { ...exampleRuns[0]!, test: { 20: at, 50: at } };
}

/** Two heads that are flat, and two that are one-hot. */
export const exampleCosts: readonly NamedRouting[] = [
  { name: "flat", rows: [[0.5, 0.5], [0.5, 0.5]] },
  { name: "apart", rows: [[1, 0], [0, 1]] },
];

/** A collapsed model that is halfway to flat routing 100 steps after the switch. */
export const exampleSwitch: SwitchedObjective = {
  before: exampleCollapse[0]!,
  after: [[0, 2], [100, 6.5], [400, 9]].map(([step, items]): AfterSwitch => ({
    step: step!,
    recall50: 0.3,
    measures: { "effective-items": items! },
  })),
  throughout: exampleCollapse[1]!,
};

/** A tenth of the histories has 4 real items of 8, the others have 8. */
export const examplePadding: PaddingData = {
  name: "made-up data",
  shares: [0, 0, 0, 0, 0.1, 0, 0, 0, 0.9],
  sizes: { B: 128, K: 4, d: 64 },
  lambda: 100,
};
