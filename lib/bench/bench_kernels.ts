/**
 * Kernels against the most that the machine does (machine_peak.ts): the phases of a fused step,
 * and tfjs' matrix products and tanh with our kernels and with the stock ones.
 */
import * as tf from "@tensorflow/tfjs-core";
import { Random } from "../base/random.ts";
import { BatchSampler } from "../data/batch_sampler.ts";
import { FusedEngine } from "../engine/fused/fused_engine.ts";
import { behaviours, type HistoryLengths } from "./behaviours.ts";
import { timedRepeatedly } from "./clock.ts";
import { Contest, type Contestant, isRatio } from "./contest.ts";
import { enterTraining, quickParameters, remi } from "./mid_training.ts";
import { peakOf } from "./machine_peak.ts";
import type { Effort, Found, Measurement, Ratio } from "./record.ts";
import { summarized, type Summary } from "./summary.ts";
import { useKernels, wasmKernels } from "./bench_wasm_kernels.ts";

/** What a record of this says about itself. */
export const aboutKernels = "Phases of a fused step of REMI (one thread, plain SIMD) as a share " +
  "of what WebAssembly reaches here: multiply-add without memory, or a pass over a large array";

const STEPS = 30;

/** Measures phases, then tfjs' kernels. */
export async function measureKernels(effort: Effort): Promise<Found> {
  const parts = [
    await phases("short", effort),
    ...effort === "full" ? [await phases("full", effort)] : [],
    await tfjsKernels(effort),
  ];
  return {
    measurements: parts.flatMap(({ measurements }) => measurements),
    ratios: parts.flatMap(({ ratios }) => ratios),
    without: parts.flatMap(({ without }) => without),
  };
}

/** Work of a phase in a step: 10^9 operations of its matrix products, or 10^9 bytes. */
interface Work {
  readonly gflop?: number;
  readonly gigabytes?: number;
}

/** The work of each phase, for `rows` real positions and `unique` rows of the table. */
function workOf(rows: number, unique: number): Readonly<Record<string, Work>> {
  const { B, S, K, d } = remi(1).sizes;
  const hidden = 4 * d;
  const row = 4 * d; // bytes of an embedding, of a gradient, of a moment
  return {
    "catch-up": { gigabytes: 2 * 3 * unique * row / 1e9 },
    "attention": { gflop: 2 * rows * hidden * (d + K) / 1e9 },
    "loss": { gflop: 2 * 2 * B * S * d / 1e9 },
    "dX": { gflop: 2 * rows * d * hidden / 1e9 },
    "dW": { gflop: 2 * rows * hidden * (d + K) / 1e9 },
    "dN": { gflop: 2 * B * S * d / 1e9 },
    "Adam": { gigabytes: (2 * 3 * unique + rows + B + S) * row / 1e9 },
  };
}

/** What a phase took, and the machine's best of the same moment, round by round. */
interface PhaseTimes {
  readonly ms: number[];
  readonly rates: number[];
  readonly shares: number[];
}

/** The phases of a step on 368,000 items: a table that no cache holds. */
async function phases(lengths: HistoryLengths, effort: Effort): Promise<Found> {
  const config = remi(368_000);
  const engine = await FusedEngine.create(config, quickParameters(config));
  const peak = await peakOf("simd");
  try {
    enterTraining(engine);
    const train = behaviours(lengths, config.sizes.itemCount);
    const sampler = new BatchSampler(train, config.sizes, new Random(1, "benchmark batches"));
    const found = new Map<string, PhaseTimes>();
    const peaks: { gflops: number[]; gigabytes: number[] } = { gflops: [], gigabytes: [] };
    for (let round = -1; round < (effort === "quick" ? 3 : 15); round++) {
      const gflops = peak.gflops(), gigabytes = peak.gigabytes();
      const { least, work } = stepsByPhase(engine, sampler);
      if (round < 0) continue;
      peaks.gflops.push(gflops);
      peaks.gigabytes.push(gigabytes);
      for (const [name, ms] of least) {
        const phase = found.get(name) ?? { ms: [], rates: [], shares: [] };
        found.set(name, phase);
        phase.ms.push(ms);
        const amount = work[name]?.gflop ?? work[name]?.gigabytes;
        if (amount === undefined) continue;
        const rate = 1000 * amount / ms;
        phase.rates.push(rate);
        phase.shares.push(rate / (work[name]!.gflop ? gflops : gigabytes));
      }
    }
    return foundPhases(lengths, found, peaks);
  } finally {
    engine.dispose();
  }
}

/** The least time of each phase over some steps, and the mean work of one. */
function stepsByPhase(engine: FusedEngine, sampler: BatchSampler) {
  const least = new Map<string, number>();
  let current = new Map<string, number>(), since = 0, rows = 0, unique = 0;
  engine.measure((phase) => {
    const now = performance.now();
    current.set(phase, (current.get(phase) ?? 0) + now - since);
    since = now;
  });
  for (let i = 0; i < STEPS; i++) {
    const batch = sampler.next();
    rows += batch.length.reduce((sum, length) => sum + length, 0) / STEPS;
    unique += new Set([...batch.history, ...batch.target, ...batch.negatives]).size / STEPS;
    current = new Map();
    since = performance.now();
    engine.step(batch);
    for (const [phase, ms] of current) least.set(phase, Math.min(least.get(phase) ?? Infinity, ms));
  }
  return { least, work: workOf(rows, unique) };
}

function foundPhases(
  lengths: HistoryLengths,
  phases: ReadonlyMap<string, PhaseTimes>,
  peaks: { readonly gflops: number[]; readonly gigabytes: number[] },
): Found {
  const measurements: Measurement[] = [], ratios: Ratio[] = [];
  const add = (name: string, unit: string, wall: Summary): void => {
    measurements.push({ name: `${name}, ${lengths} histories`, unit, threads: 1, wall });
  };
  const arithmetic = "multiply-add without memory", stream = "pass over a large array";
  add(arithmetic, "GFLOP/s", summarized(peaks.gflops));
  add(stream, "GB/s", summarized(peaks.gigabytes));
  for (const [name, { ms, rates, shares }] of phases) {
    add(name, "ms per step", summarized(ms));
    if (rates.length === 0) continue;
    const inBytes = workOf(1, 1)[name]!.gigabytes !== undefined;
    add(name, inBytes ? "GB/s" : "GFLOP/s", summarized(rates));
    ratios.push({
      name: `${name}, ${lengths} histories, of the peak`,
      of: `its ${inBytes ? "GB/s" : "GFLOP/s"}`,
      to: inBytes ? stream : arithmetic,
      by: "wall",
      times: summarized(shares),
    });
  }
  return { measurements, ratios, without: [] };
}

/** A step's matrix products, and tanh, by the kernels of tfjs' wasm backend and by ours. */
async function tfjsKernels(effort: Effort): Promise<Found> {
  const loaded = await wasmKernels();
  if (typeof loaded === "string") {
    return { measurements: [], ratios: [], without: [`wasm: ${loaded}`] };
  }
  const { stock, ours } = loaded;
  const contest = new Contest("call");
  const contestants: Contestant[] = [];
  const ratios: (Ratio | null)[] = [];
  const calls = operations();
  for (const [name, call] of calls) {
    for (const [whose, kernels] of [["our", ours], ["stock", stock]] as const) {
      contestants.push({
        name: `${whose} ${name}`,
        threads: 1,
        turn() {
          useKernels(kernels);
          call();
          return timedRepeatedly(3, call);
        },
      });
    }
  }
  await contest.run(contestants, effort === "quick" ? 2 : 8);
  useKernels(ours);
  for (const [name] of calls) {
    ratios.push(contest.ratio(`stock / our ${name}`, `stock ${name}`, `our ${name}`));
  }
  return { measurements: contest.measurements(), ratios: ratios.filter(isRatio), without: [] };
}

/** The operations of a step on padded histories. */
function operations(): [string, () => void][] {
  const { B, L, S, d } = remi(1).sizes;
  const hidden = 4 * d;
  const ones = (rows: number, columns: number) => tf.ones<tf.Rank.R2>([rows, columns]);
  const X = ones(B * L, d), W = ones(d, hidden), H = ones(B * L, hidden);
  const R = ones(B, d), N = ones(S, d), G = ones(B, S);
  const product = (a: tf.Tensor2D, b: tf.Tensor2D, ofA = false, ofB = false) => () => {
    tf.tidy(() => void tf.matMul(a, b, ofA, ofB));
  };
  return [
    ["product X W", product(X, W)],
    ["product X^T H", product(X, H, true)],
    ["product H W^T", product(H, W, false, true)],
    ["product R N^T", product(R, N, false, true)],
    ["product G^T R", product(G, R, true)],
    ["tanh H", () => tf.tidy(() => void tf.tanh(H))],
  ];
}
