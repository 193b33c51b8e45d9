/** Where models start: the length of their interests before any step, and how peaked routing is. */
import { mean } from "../base/statistics.ts";
import { Random } from "../base/random.ts";
import { BatchSampler } from "../data/batch_sampler.ts";
import type { Dataset } from "../data/interactions.ts";
import { initialParameters } from "../model/initial_parameters.ts";
import { modelOf } from "../model/registry.ts";
import { methodOf } from "../results/method.ts";
import { engineConfig, resolveConfig, type TrainConfig } from "../train/config.ts";
import { createEngine } from "../train/create_engine.ts";
import { forData } from "../train/for_data.ts";

/** A model before its first step. */
export interface Start {
  /** its name says how its parameters are drawn, where that is not the reference's way */
  readonly method: string;
  /** of its parameters and its batch */
  readonly seed: number;
  /** mean length of an interest */
  readonly length: number;
  /** mean largest routing weight of an interest; null for models without routing */
  readonly largestWeight: number | null;
  /** the loss of its first batch */
  readonly loss: number;
}

/** The starts of some configurations, on their first batch of this data. */
export async function startsOf(
  dataset: Dataset,
  configs: readonly TrainConfig[],
): Promise<Start[]> {
  const starts: Start[] = [];
  for (const wanted of configs) {
    const config = forData(resolveConfig(wanted), dataset);
    const setup = engineConfig(config, dataset);
    const { sizes } = setup;
    const drawn = initialParameters(modelOf(config.model), sizes, config.seed, config.options);
    const { engine } = await createEngine(setup, drawn, config.backend);
    const batch = new BatchSampler(dataset.train, sizes, new Random(config.seed, "batches")).next();
    const { K, interests, routing } = await engine.interests(batch);
    const { loss } = await engine.step(batch);
    engine.dispose();
    const rows = <T>(values: Float32Array, size: number, of: (row: Float32Array) => T) =>
      Array.from({ length: sizes.B * K }, (_, i) => of(values.subarray(i * size, (i + 1) * size)));
    starts.push({
      method: methodOf(config).name,
      seed: config.seed,
      length: mean(rows(interests, sizes.d, (row) => Math.hypot(...row))),
      largestWeight: routing && mean(rows(routing, sizes.L, (row) => Math.max(...row))),
      loss,
    });
  }
  return starts;
}
