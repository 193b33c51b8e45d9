/**
 * Made-up data for the tests of the figures: every number comes from a formula that has nothing to
 * do with any model or data set.
 */
import { Random } from "../base/random.ts";
import type { BenchRecord } from "../bench/record.ts";
import { summarized } from "../bench/summary.ts";
import type { Dataset, Interactions } from "../data/interactions.ts";
import type { Metrics } from "../evaluate/evaluation.ts";
import { resolveConfig, type TrainConfig } from "../train/config.ts";
import type { Run } from "../train/run.ts";
import type { TrainingProgress } from "../train/progress.ts";
import type { Figure } from "../show/figure.ts";
import type {
  InterestMapData,
  MapItem,
  RetrievalData,
  RoutingData,
} from "../analyze/user_story.ts";

const random = () => new Random(7);

/** The words above a figure, without their markup and whatever keeps them on one line. */
export function titleOf({ layout }: Figure): string {
  return (layout.title as { text: string }).text
    .replace(/<br>|\u00a0/g, " ").replace(/<[^>]+>/g, "");
}

function metricsOf(recall: number): Metrics {
  const at = (share: number) => ({
    recall: share,
    hr: 1.5 * share,
    ndcg: share / 2,
    ndcgReference: share,
  });
  return { 20: at(recall * 0.6), 50: at(recall) };
}

/** A run whose curve rises to `top`; "made-up" is written all over it. */
export function exampleRun(
  top: number,
  seed: number,
  objective: TrainConfig["objective"],
  stop: Run["stop"] = "early-stopping",
): Run {
  const curve = Array.from({ length: 30 }, (_, i) => ({
    step: (i + 1) * 200,
    loss: 7 - i / 10,
    softmaxLoss: 7 - i / 10,
    routingPenalty: 0,
    valid: metricsOf(top * (1 - Math.exp(-(i + 1) / 8)) + 0.004 * Math.sin(i * seed)),
  }));
  const name = JSON.stringify(objective).length * 31 + seed;
  return {
    key: (name * 7919 * 65537).toString(16).padStart(10, "0").slice(0, 10) + "madeup",
    recorded: true,
    config: resolveConfig({ objective, seed }),
    data: { name: "made-up data", hash: "made-up" },
    seed,
    stop,
    steps: 6000,
    bestStep: 6000,
    valid: metricsOf(top),
    test: metricsOf(top * 0.97 + 0.003 * seed),
    curve,
    wallSeconds: 1,
    backend: "made-up",
    code: "made-up",
    deno: "made-up",
    machine: "made-up",
    finished: "2000-01-01T00:00:00Z",
  };
}

/** A run as it can be recorded, without a curve: what matters to a test, and the rest made up. */
export function recordable(parts: Partial<Run>): Run {
  const { recorded: _, ...run } = exampleRun(0.2, 1, {});
  const seed = parts.seed ?? parts.config?.seed ?? run.seed;
  const { maxSteps = 6000 } = parts.config ?? {};
  const steps = parts.steps ?? Math.min(run.steps, maxSteps);
  const config = { ...run.config, ...parts.config, seed };
  return { ...run, curve: [], bestStep: steps, ...parts, seed, steps, config };
}

/** Three seeds of each variant of ComiRec-SA; ComiRec-SA's own are capped. */
export const exampleRuns: readonly Run[] = [1, 2, 3].flatMap((seed) => [
  exampleRun(0.2 + 0.004 * seed, seed, {}, "max-steps"),
  exampleRun(0.25 - 0.005 * seed, seed, { ihn: { beta: 1 } }),
  exampleRun(0.3 + 0.003 * seed, seed, { rr: { lambda: 100, scaling: "code" } }),
  exampleRun(0.35, seed, { ihn: { beta: 1 }, rr: { lambda: 100, scaling: "code" } }),
]);

/** Three seeds of each of four β beside RR: the last is worse, the others are alike. */
export const exampleSweep: readonly Run[] = [1, 2, 3].flatMap((seed) =>
  [0, 0.1, 1, 10].map((beta) =>
    exampleRun(beta === 10 ? 0.2 : 0.3 + 0.001 * beta, seed, {
      ...(beta > 0 ? { ihn: { beta } } : {}),
      rr: { lambda: 100, scaling: "code" },
    })
  )
);

/** A made-up user's routing: 4 interests, 9 items, padded to 12 positions. */
export function exampleRouting(): RoutingData {
  const [K, L, n] = [4, 12, 9];
  const routing = new Float32Array(K * L); // [K, L]
  for (let k = 0; k < K; k++) {
    const weights = Array.from({ length: n }, (_, l) => Math.exp(k * Math.cos(l + k)));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    weights.forEach((weight, l) => routing[k * L + l] = weight / total);
  }
  const labels = Array.from({ length: n }, (_, l) => `made-up item ${l + 101}`);
  return { routing, K, labels, about: "made-up data, user 7", runs: [] };
}

/** A made-up user in a space of 8 dimensions. */
export function exampleMap(): InterestMapData {
  const source = random();
  const center = (k: number) => Array.from({ length: 8 }, (_, j) => j === k ? 2 : 0);
  const near = (k: number, item: number): MapItem => ({
    item,
    label: `made-up item ${item}`,
    vector: center(k).map((value) => value + 0.35 * source.normal()),
  });
  return {
    history: Array.from({ length: 12 }, (_, i) => near(i % 4, i)),
    interests: [0, 1, 2, 3].map(center),
    retrieved: [0, 1, 2, 3].map((k) =>
      Array.from({ length: 20 }, (_, i) => near(k, 100 * (k + 1) + i))
    ),
    targets: [near(0, 101), near(1, 205), near(2, 999), near(3, 998)],
    about: "made-up data, user 7",
    runs: [],
  };
}

/** Made-up retrievals of 4 interests, some of them shared. */
export function exampleRetrieval(): RetrievalData {
  const source = random();
  return {
    byInterest: [0, 1, 2, 3].map((k) =>
      Array.from({ length: 20 }, (_, rank) => ({
        item: 100 * k + rank * (k + 1),
        label: `made-up item ${100 * k + rank * (k + 1)}`,
        score: 3 - 0.2 * k - 0.05 * rank - 0.02 * source.uniform(),
      }))
    ),
    targets: [0, 7, 104, 206, 5555],
    about: "made-up data, user 7",
    runs: [],
  };
}

/** A made-up data set of 600 users. */
export function exampleDataset(): Dataset {
  const source = random();
  const users = (count: number): Interactions => {
    const lengths = Array.from(
      { length: count },
      () => 5 + Math.floor(-8 * Math.log(1 - source.uniform())),
    );
    const offsets = new Uint32Array(count + 1);
    lengths.forEach((length, u) => offsets[u + 1] = offsets[u]! + length);
    const items = new Uint32Array(offsets[count]!);
    for (let i = 0; i < items.length; i++) items[i] = 1 + Math.floor(300 * source.uniform() ** 3);
    return { offsets, items };
  };
  return {
    name: "made-up data",
    itemCount: 300,
    train: users(480),
    valid: users(60),
    test: users(60),
    hash: "made-up",
  };
}

/** A made-up training after `evaluations` evaluations. */
export function exampleProgress(
  evaluations: number,
  stopped: TrainingProgress["stopped"] = null,
  validationUsers: number | null = null,
): TrainingProgress {
  const curve = exampleRuns[3]!.curve.slice(0, evaluations);
  const step = evaluations * 200;
  return {
    config: resolveConfig({}),
    data: "made-up data",
    validationUsers,
    engine: "a made-up engine",
    passedOver: [],
    step,
    maxSteps: 20_000,
    stepsPerSecond: 212.3,
    secondsLeft: 93,
    losses: Array.from({ length: evaluations * 4 }, (_, i) => ({
      step: (i + 1) * 50,
      loss: 2 + 5 * Math.exp(-i / 40) + 0.1 * Math.sin(i * 1.7),
    })),
    curve,
    bestStep: curve.at(-1)?.step ?? 0,
    stopped,
  };
}

/** A made-up benchmark with a target that is met, one that is missed, and none. */
export function exampleBenchmark(): BenchRecord {
  const ratio = (name: string, median: number) => ({
    name,
    of: "made-up a",
    to: "made-up b",
    by: "processor" as const,
    times: summarized([0.9 * median, median, 1.2 * median]),
  });
  return {
    kind: "steps",
    about: "made-up work",
    date: "2000-01-01T00:00:00Z",
    machine: "made-up machine",
    memory: 1,
    deno: "made-up",
    code: "made-up",
    load: 0.1,
    measurements: [{
      name: "made-up a",
      unit: "ms per step",
      threads: 1,
      wall: summarized([8, 4, 6]),
    }],
    ratios: [
      { ...ratio("made-up and met", 4), target: { atLeast: 3 } },
      { ...ratio("made-up and missed", 40), target: { atMost: 20 } },
      ratio("made-up", 0.5),
    ],
    without: ["made-up c: it is not there"],
  };
}
