/**
 * How long a training step of the fused engine takes, by phase. Run it on an idle machine:
 *
 *     deno run -A lib/engine/fused/step_bench.ts
 *
 * It starts from an invented state in the middle of a training, in which every row of the table was
 * touched at some step before: then the catch-up has its usual work from the first step on.
 */
import { Random } from "../../base/random.ts";
import type { Batch } from "../../data/batch.ts";
import type { EngineConfig } from "../config.ts";
import { FusedEngine, type FusedOptions } from "./engine.ts";

/** What is measured: histories of real length as on RetailRocket, or all of them full. */
export interface StepCase {
  /** 5.7 real positions of 20 on average, or 20 */
  readonly histories: "short" | "full";
  /** size of the catalogue */
  readonly itemCount: number;
  /** how the engine computes */
  readonly options: FusedOptions;
}

/** Times of one case, in milliseconds. */
export interface StepTimes extends StepCase {
  /** of whole steps; on a busy machine mostly what other processes took */
  readonly median: number;
  /** of whole steps */
  readonly least: number;
  /** medians of the phases */
  readonly phases: Readonly<Record<string, number>>;
  /** the phases' medians added up: robust against interruptions */
  readonly sum: number;
  /** arithmetic of the matrix products, 10^9 operations a step */
  readonly gflop: number;
  /** the same by phase */
  readonly gflopByPhase: Readonly<Record<string, number>>;
}

const WARM_UP = 30;

/** The cases that are measured unless asked otherwise; the first is what the others relate to. */
export const stepCases: readonly StepCase[] = [
  { histories: "short", itemCount: 30_000, options: {} },
  { histories: "short", itemCount: 368_000, options: {} },
  { histories: "short", itemCount: 1_000_000, options: {} },
  { histories: "short", itemCount: 30_000, options: { relaxedSimd: true } },
  { histories: "short", itemCount: 30_000, options: { threads: 2 } },
  { histories: "full", itemCount: 30_000, options: {} },
  { histories: "full", itemCount: 30_000, options: { relaxedSimd: true } },
  { histories: "full", itemCount: 30_000, options: { threads: 2 } },
];

function configuration(itemCount: number): EngineConfig {
  return {
    model: "comirec-sa",
    sizes: { B: 128, L: 20, K: 4, S: 1280, d: 64, itemCount },
    objective: {
      softmax: "sampled",
      ihn: { beta: 0.1 },
      rr: { lambda: 100, scaling: "code" },
    },
    adam: { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  };
}

/** Positive numbers below 0.3: they serve as values and as moments alike. */
function numbers(n: number, random: Random): Float32Array {
  const pattern = Float32Array.from({ length: 9973 }, () => 0.01 + 0.29 * random.uniform());
  return new Float32Array(n).map((_, i) => pattern[i % pattern.length]!);
}

async function engineInTraining(test: StepCase, random: Random): Promise<FusedEngine> {
  const { itemCount, options } = test;
  const config = configuration(itemCount);
  const { L, K, d } = config.sizes;
  const step = 5000;
  const table = numbers((itemCount + 1) * d, random);
  const dense = {
    W1: numbers(d * 4 * d, random).map((x) => x - 0.15),
    W2: numbers(4 * d * K, random).map((x) => x - 0.15),
    P: numbers(L * d, random).map((x) => x - 0.15),
  };
  const engine = await FusedEngine.create(config, { table, dense }, options);
  const last = new Uint32Array(itemCount + 1).map(() => 1 + random.below(step));
  const moments = Object.entries(dense).flatMap(([name, values]) => [
    [`${name}.m`, values],
    [`${name}.v`, values.map(Math.abs)],
  ]);
  const arrays = { table, "table.m": table, "table.v": table, "table.last": last, ...dense };
  engine.restore({ step, arrays: { ...arrays, ...Object.fromEntries(moments) } });
  return engine;
}

/** Short histories have 4 positions and on average 1.7 more, as RetailRocket's. */
function drawBatch(batch: Batch, test: StepCase, random: Random): void {
  const L = 20;
  for (let b = 0; b < batch.length.length; b++) {
    const more = Math.floor(-2.1 * Math.log(1 - random.uniform()));
    const n = test.histories === "full" ? L : Math.min(L, 4 + more);
    batch.length[b] = n;
    for (let l = 0; l < L; l++) batch.history[b * L + l] = l < n ? popular(test, random) : 0;
    batch.target[b] = popular(test, random);
  }
  for (let j = 0; j < batch.negatives.length; j++) {
    batch.negatives[j] = 1 + random.below(test.itemCount);
  }
}

function popular({ itemCount }: StepCase, random: Random): number {
  return 1 + Math.floor(itemCount * random.uniform() ** 2);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

/** Operations of the matrix products of a step, by phase, for `rows` real positions. */
function operations(rows: number): Record<string, number> {
  const { B, S, K, d } = configuration(1).sizes;
  const hidden = 4 * d;
  return {
    attention: 2 * rows * hidden * (d + K),
    loss: 2 * 2 * B * S * d,
    dX: 2 * rows * d * hidden,
    dW: 2 * rows * hidden * (d + K),
    dN: 2 * B * S * d,
  };
}

/** Measures one case over `steps` steps. */
export async function measureStep(test: StepCase, steps: number): Promise<StepTimes> {
  const random = new Random(1, "step bench");
  const engine = await engineInTraining(test, random);
  const { B, L, S } = configuration(1).sizes;
  const batch: Batch = {
    history: new Int32Array(B * L),
    length: new Int32Array(B),
    target: new Int32Array(B),
    negatives: new Int32Array(S),
  };
  const totals: number[] = [], rows: number[] = [];
  const phases: Record<string, number[]> = {};
  let current: Record<string, number> = {}, since = 0;
  engine.measure((phase) => {
    const now = performance.now();
    current[phase] = (current[phase] ?? 0) + now - since;
    since = now;
  });
  for (let i = 0; i < WARM_UP + steps; i++) {
    drawBatch(batch, test, random);
    current = {};
    const start = since = performance.now();
    engine.step(batch);
    const total = performance.now() - start;
    if (i < WARM_UP) continue;
    totals.push(total);
    rows.push(batch.length.reduce((a, b) => a + b));
    for (const [phase, ms] of Object.entries(current)) (phases[phase] ??= []).push(ms);
  }
  engine.dispose();
  const medians = Object.entries(phases).map(([name, ms]) => [name, median(ms)] as const);
  const done = operations(rows.reduce((a, b) => a + b) / rows.length);
  return {
    ...test,
    median: median(totals),
    least: Math.min(...totals),
    phases: Object.fromEntries(medians),
    sum: medians.reduce((sum, [, ms]) => sum + ms, 0),
    gflop: Object.values(done).reduce((a, b) => a + b) / 1e9,
    gflopByPhase: Object.fromEntries(Object.entries(done).map(([name, n]) => [name, n / 1e9])),
  };
}

function described({ histories, itemCount, options }: StepCase): string {
  const build = options.relaxedSimd ? "relaxed SIMD" : "plain SIMD";
  const threads = options.threads === 2 ? "2 threads" : "1 thread";
  return `${histories} histories, ${itemCount} items, ${build}, ${threads}`;
}

if (import.meta.main) {
  let first: StepTimes | undefined;
  for (const test of stepCases) {
    const times = await measureStep(test, test.histories === "full" ? 120 : 200);
    first ??= times;
    const { sum, least, gflop } = times;
    console.log(
      `${described(test)}: ${sum.toFixed(2)} ms (whole steps: median ` +
        `${times.median.toFixed(2)}, least ${least.toFixed(2)}), ` +
        `${(sum / first.sum).toFixed(2)} of the first case, ${gflop.toFixed(3)} GFLOP`,
    );
    // with two threads a phase is the main thread's share, so a rate would mislead
    const rated = test.options.threads !== 2;
    const phases = Object.entries(times.phases).map(([name, ms]) => {
      const gflop = times.gflopByPhase[name];
      const rate = gflop && rated ? ` (${(1000 * gflop / ms).toFixed(0)} GFLOP/s)` : "";
      return `${name} ${ms.toFixed(2)}${rate}`;
    });
    console.log(`    ${phases.join(", ")}`);
  }
}
