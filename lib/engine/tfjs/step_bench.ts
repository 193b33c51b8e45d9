/**
 * How long a training step of the readable definition (lib/train/autograd_engine.ts) takes on each
 * tfjs backend that loads, and on the wasm backend with its stock kernels: ComiRec-SA with REMI's
 * objective, 30,000 items. The backends take turns of a few steps, so that a busy machine slows all
 * of them alike:
 *
 *     deno run -A lib/engine/tfjs/step_bench.ts [rounds]
 */
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import { Random } from "../../base/random.ts";
import { initialParameters } from "../../model/initial_parameters.ts";
import { modelOf } from "../../model/registry.ts";
import { AutogradEngine } from "../../train/autograd_engine.ts";
import type { Batch } from "../../data/batch.ts";
import type { EngineConfig } from "../config.ts";
import { makeCurrent, type TfjsBackend, tfjsBackends, whyNot } from "./backends.ts";
import { testAdam, uniformBatch } from "./training_cases.ts";

/** One backend's times in milliseconds. */
export interface BackendTimes {
  readonly name: string;
  /** of a whole step, lazy Adam of the table included */
  readonly median: number;
  readonly least: number;
  /** the median of each kernel's calls in a step, the slowest first; names carry the shapes */
  readonly kernels: readonly { readonly kernel: string; readonly median: number }[];
}

const config: EngineConfig = {
  model: "comirec-sa",
  sizes: { B: 128, L: 20, K: 4, S: 1280, d: 64, itemCount: 30_000 },
  objective: { softmax: "sampled", ihn: { beta: 1 }, rr: { lambda: 100, scaling: "code" } },
  adam: testAdam,
};

/** A step in the middle of a training: the catch-up then has its usual work. */
const START = 1000;
const WARM_UP = 1;
/** Steps of a turn; the first is not counted, as the caches then hold another backend's data. */
const TURN = 4;
/** Plain JavaScript, and WebGPU without a GPU, take a second a step: they get one turn only. */
const SLOW: readonly TfjsBackend[] = ["cpu", "webgpu"];

/** The kernels that the wasm backend comes with, taken before ours replace some of them. */
const stock = tf.getKernelsForBackend("wasm");

class Contestant {
  readonly totals: number[] = [];
  /** by kernel and shapes, a number a step */
  readonly kernels = new Map<string, number[]>();
  readonly #kernels: readonly tf.KernelConfig[];

  constructor(
    readonly name: string,
    readonly backend: TfjsBackend,
    readonly engine: AutogradEngine,
    kernels: readonly tf.KernelConfig[],
  ) {
    this.#kernels = kernels;
  }

  async step(batch: Batch, keep: boolean): Promise<void> {
    makeCurrent(this.backend);
    const times = new Map<string, number>();
    this.#kernels.forEach((kernel) => register(timed(kernel, times)));
    const start = performance.now();
    await this.engine.step(batch);
    const total = performance.now() - start;
    if (!keep) return;
    this.totals.push(total);
    for (const [kernel, time] of times) {
      const known = this.kernels.get(kernel);
      if (known) known.push(time);
      else this.kernels.set(kernel, [time]);
    }
  }

  times(): BackendTimes {
    const kernels = [...this.kernels].map(([kernel, all]) => ({ kernel, median: median(all) }));
    return {
      name: this.name,
      median: median(this.totals),
      least: Math.min(...this.totals),
      kernels: kernels.toSorted((a, b) => b.median - a.median),
    };
  }
}

function register(kernel: tf.KernelConfig): void {
  tf.unregisterKernel(kernel.kernelName, kernel.backendName);
  tf.registerKernel(kernel);
}

function timed(kernel: tf.KernelConfig, times: Map<string, number>): tf.KernelConfig {
  return {
    ...kernel,
    kernelFunc(call) {
      const start = performance.now();
      const result = kernel.kernelFunc(call);
      const shapes = Object.values(call.inputs).map((input) => `[${input?.shape ?? ""}]`);
      const name = `${kernel.kernelName} ${shapes.join(" ")}`;
      times.set(name, (times.get(name) ?? 0) + performance.now() - start);
      return result;
    },
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

async function contestant(
  name: string,
  backend: TfjsBackend,
  kernels?: readonly tf.KernelConfig[],
): Promise<Contestant> {
  const start = initialParameters(modelOf(config.model), config.sizes, 1);
  const engine = await AutogradEngine.create(config, start, backend);
  engine.restore({ ...engine.state(), step: START });
  return new Contestant(name, backend, engine, kernels ?? tf.getKernelsForBackend(tf.getBackend()));
}

/** Measures all backends that load in `rounds` turns each; says which do not. */
export async function measureBackends(rounds: number): Promise<BackendTimes[]> {
  const contestants: Contestant[] = [];
  for (const backend of tfjsBackends) {
    const reason = await whyNot(backend);
    if (reason === null) contestants.push(await contestant(backend, backend));
    else console.log(`without ${backend}: ${reason}`);
  }
  contestants.push(await contestant("wasm, its stock kernels", "wasm", stock));
  const random = new Random(2);
  for (let round = -WARM_UP; round < rounds; round++) {
    const batches = Array.from({ length: TURN }, () => uniformBatch(config.sizes, random));
    for (const one of contestants) {
      if (SLOW.includes(one.backend) && round > 0) continue;
      for (const [i, batch] of batches.entries()) await one.step(batch, round >= 0 && i > 0);
    }
  }
  return contestants.map((one) => one.times());
}

if (import.meta.main) {
  const times = await measureBackends(Number(Deno.args[0] ?? 10));
  const kernelNames = times.find(({ name }) => name.startsWith("wasm,"))!.kernels
    .slice(0, 20).map(({ kernel }) => kernel);
  const cell = (value: number | undefined) => (value?.toFixed(2) ?? "").padStart(14);
  const row = (title: string, of: (t: BackendTimes) => number | undefined) =>
    console.log(title.padEnd(40) + times.map((t) => cell(of(t))).join(""));
  console.log("ms".padEnd(40) + times.map(({ name }) => name.slice(0, 13).padStart(14)).join(""));
  row("whole step, median", (t) => t.median);
  row("whole step, least", (t) => t.least);
  for (const kernel of kernelNames) {
    row(kernel, (t) => t.kernels.find((other) => other.kernel === kernel)?.median);
  }
}
