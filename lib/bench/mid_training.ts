/** A step as it is in the middle of a training, for either engine. */
import { Random } from "../base/random.ts";
import { BatchSampler } from "../data/batch_sampler.ts";
import type { Interactions } from "../data/interactions.ts";
import type { EngineConfig } from "../engine/engine_config.ts";
import type { Engine, Parameters } from "../engine/engine.ts";
import { timedRepeatedly } from "./clock.ts";
import type { Contestant } from "./contest.ts";

/** Steps of a turn before those that are counted: the caches hold another contestant's data. */
const UNCOUNTED = 2;

/** REMI at the reference's settings. */
export function remi(itemCount: number): EngineConfig {
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

/** Parameters of the sizes that matter; Kaiming's would take long to draw for a million items. */
export function quickParameters({ sizes: { itemCount, d, K, L } }: EngineConfig): Parameters {
  const random = new Random(1, "benchmark parameters");
  const pattern = Float32Array.from({ length: 9973 }, () => 0.15 * random.normal());
  const values = (n: number): Float32Array =>
    new Float32Array(n).map((_, i) => pattern[i % pattern.length]!);
  const dense = { W1: values(d * 4 * d), W2: values(4 * d * K), P: values(L * d) };
  return { table: values((itemCount + 1) * d), dense };
}

/** Sets an engine to step 5,000, every row of its table touched at some step before. */
export function enterTraining(engine: Engine): void {
  const random = new Random(1, "benchmark state");
  const { arrays } = engine.state();
  const step = 5000;
  for (const [name, array] of Object.entries(arrays)) {
    if (name === "table.last") array.forEach((_, i) => array[i] = 1 + random.below(step));
    if (name.endsWith(".m")) array.set(arrays[name.slice(0, -2)]!);
    if (name.endsWith(".v")) array.set(arrays[name.slice(0, -2)]!.map((x) => x * x));
  }
  engine.restore({ step, arrays });
}

/** A turn of training steps, drawing the batches included. */
export function trainingSteps(
  name: string,
  threads: 1 | 2,
  engine: Engine,
  { sizes }: EngineConfig,
  train: Interactions,
  steps: number,
): Contestant {
  const sampler = new BatchSampler(train, sizes, new Random(1, "benchmark batches"));
  const step = () => engine.step(sampler.next());
  return {
    name,
    threads,
    async turn() {
      for (let i = 0; i < Math.min(UNCOUNTED, steps); i++) await step();
      return await timedRepeatedly(steps, step);
    },
  };
}
