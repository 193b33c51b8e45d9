/** Made-up negatives for the tests of the figures; no number has to do with any model. */
import type { GradientShares } from "../analyze/gradient_shares.ts";
import type { Measures, Run } from "../train/run.ts";
import type { RunSnapshots } from "../results/snapshots.ts";
import { exampleRun } from "./example_runs.ts";
import type { GradientSharesData } from "../figures/easy_negatives/gradient_shares.ts";
import type { HiddenNegativesData } from "../analyze/hidden_negatives.ts";

/** Two seeds for each of K = 1, 2, 4, with measures at every evaluation. */
export const exampleInterests: readonly Run[] = [1, 2, 4].flatMap((K) =>
  [1, 2].map((seed) => withMeasures(withConfig(exampleRun(0.3, seed, {}), { K }), K))
);

function withConfig(run: Run, config: object): Run {
  const differing = Object.values(config).join("").padEnd(5, "x");
  return { ...run, key: differing + run.key.slice(5), config: { ...run.config, ...config } };
}

function withMeasures(run: Run, K: number): Run {
  const at = (i: number): Measures => ({
    "effective-negatives-selected": (1000 - 20 * i) / K + run.seed,
    ...(K > 1 && { "effective-negatives-other": 1000 - 10 * i }),
    "effective-negatives-single": 1200 - i,
    "hard-for-user-easy-for-selected": 0.1 * (K - 1) + 0.001 * (i + run.seed),
  });
  const curve = run.curve.map((point, i) => ({ ...point, measures: at(i) }));
  return { ...run, curve, measures: at(run.curve.length - 1) };
}

/** One seed for each of K = 1, 2, 4, at three steps; a little more than 1/K of it is seen. */
export const exampleMargins: readonly RunSnapshots[] = [1, 2, 4].map((K) => {
  const { key, config, data, seed } = withConfig(exampleRun(0.3, 1, {}), { K });
  const counts = (above: number) => [10, 90 - above, above, 0];
  const snapshots = [200, 400, 800].map((step) => {
    const ofUser = 40 - K * step / 100;
    const seen = K === 1 ? 1 : 1 / K + step / 10_000;
    return {
      step,
      users: [],
      margins: {
        edges: [-1, 0, 1],
        selected: counts(seen * ofUser),
        other: K === 1 ? [0, 0, 0, 0] : counts(60 - step / 100),
        single: counts(40 - step / 100),
        userMax: counts(ofUser),
      },
    };
  });
  return { key, config, data, seed, recorded: true, bestStep: 800, curve: "", snapshots };
});

const shares = [0.001, 0.01, 0.1, 1];

function sharesOf(K: number): GradientShares {
  const power = (exponent: number) => shares.map((share) => share ** exponent);
  return {
    users: 100,
    negatives: shares,
    selected: power(1 / (1 + K)),
    other: K === 1 ? null : power(0.6),
    single: power(0.7),
    hidden: { negatives: 0.1 * (K - 1), selected: 0.05 * (K - 1), user: 0.2 * (K - 1) },
  };
}

/** The steeper the larger K; K = 1 carries 10 % by the hardest 1 %. */
export const exampleShares: GradientSharesData = {
  byK: [1, 2, 4].map((K) => ({ K, shares: sharesOf(K) })),
  about: "made-up method on made-up data",
  runs: [],
};

/** Three negatives above the target, one of them seen by the selected interest, and some below. */
export const exampleHidden: HiddenNegativesData = {
  negatives: [
    { label: "made-up item 1", interest: 1, ofUser: 2, ofSelected: 2 },
    { label: "made-up item 2", interest: 0, ofUser: 1, ofSelected: -2 },
    { label: "made-up item 3", interest: 2, ofUser: 3, ofSelected: -1 },
    ...Array.from({ length: 30 }, (_, i) => ({
      label: `made-up item ${10 + i}`,
      interest: i % 3,
      ofUser: -i / 10 - 0.1,
      ofSelected: -i / 10 - (i % 3 === 1 ? 0.1 : 1),
    })),
  ],
  selected: 1,
  K: 3,
  about: "made-up data, user 7",
  runs: [],
};

/** Two seeds of two methods with S = 10 and 1,280, and a full softmax of the first. */
export const exampleSampled: readonly Run[] = [1, 2].flatMap((seed) => [
  ...[10, 1280].flatMap((S, i) => [
    withConfig(exampleRun(0.2 + 0.1 * i, seed, {}), { S, K: 4 }),
    withConfig(exampleRun(0.25, seed, { rr: { lambda: 100, scaling: "code" } }), { S, K: 4 }),
  ]),
  withConfig(exampleRun(0.4, seed, { softmax: "full" }), { S: 1280, K: 4 }),
]);
