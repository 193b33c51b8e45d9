/** A step as it is in the middle of a training, for either engine. */
import { Random } from "../base/random.ts";
import { BatchSampler } from "../data/batch_sampler.ts";
import type { Interactions } from "../data/interactions.ts";
import type { EngineConfig } from "../engine/engine_config.ts";
import type { Engine, Parameters } from "../engine/engine.ts";
import { parameterLengths } from "../model/model.ts";
import { modelOptions } from "../model/options.ts";
import { modelOf } from "../model/registry.ts";
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

/** A model as its defaults have it, with the plain softmax. */
export function plain(name: string, itemCount: number): EngineConfig {
  const { sizes, adam } = remi(itemCount);
  const { vectors, selection } = modelOf(name);
  return {
    model: name,
    sizes: { ...sizes, K: vectors === "one" ? 1 : sizes.K },
    objective: { softmax: "sampled", ...(selection && { selection }) },
    adam,
  };
}

/** Parameters of the sizes that matter; Kaiming's would take long to draw for a million items. */
export function quickParameters({ model, sizes, options }: EngineConfig): Parameters {
  const random = new Random(1, "benchmark parameters");
  const pattern = Float32Array.from({ length: 9973 }, () => 0.15 * random.normal());
  const values = (n: number): Float32Array =>
    new Float32Array(n).map((_, i) => pattern[i % pattern.length]!);
  const found = modelOf(model);
  const { table, ...dense } = parameterLengths(found, sizes, modelOptions(found, options));
  const drawn = Object.entries(dense).map(([name, n]) => [name, values(n)]);
  return { table: values(table!), dense: Object.fromEntries(drawn) };
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
