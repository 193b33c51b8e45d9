/** A trained model that goes on with another objective: is what one objective did undone by it? */
import { requireAscending } from "../base/given_numbers.ts";
import { chanceToStop } from "../base/interrupt.ts";
import { BatchSampler } from "../data/batch_sampler.ts";
import { Random } from "../base/random.ts";
import { Evaluator } from "../evaluate/evaluate.ts";
import type { Measures } from "../train/run.ts";
import { engineConfig, resolveConfig, type TrainConfig } from "../train/config.ts";
import { createEngine } from "../train/create_engine.ts";
import type { TrainedModel } from "../train/trained_model.ts";
import { analysisProbe } from "./probes.ts";

/** The model some steps after the switch. */
export interface AfterSwitch {
  /** since the switch; 0 is the model as it was */
  readonly step: number;
  /** of the valid users, in [0, 1] */
  readonly recall50: number;
  readonly measures: Measures;
}

/**
 * Goes on training a model's parameters with another objective and looks at it after some steps.
 * Adam starts with empty moments and the batches are new ones; the model given stays as it is, and
 * nothing is recorded.
 *
 * @param at steps to look at, ascending; the last one ends the training
 * @throws {BadInput} if the objective cannot be trained, or the steps are not ascending integers
 *   from 0 on
 */
export async function switchObjective(
  { dataset, config, parameters }: TrainedModel,
  objective: TrainConfig["objective"],
  at: readonly number[],
): Promise<AfterSwitch[]> {
  requireAscending(at, "switchObjective, steps to look at", 0, "[0, 100, 200]");
  const switched = resolveConfig({ ...config, objective });
  const setup = engineConfig(switched, dataset);
  const { engine } = await createEngine(setup, parameters, switched.backend);
  const random = new Random(switched.seed, "batches after the switch");
  const sampler = new BatchSampler(dataset.train, setup.sizes, random);
  const evaluator = await Evaluator.create(dataset, switched.L);
  const probe = analysisProbe(dataset, switched);
  const seen: AfterSwitch[] = [];
  try {
    let step = 0;
    for (const next of at) {
      for (; step < next; step++) {
        await chanceToStop("the training with another objective");
        await engine.step(sampler.next());
      }
      const valid = await evaluator.metrics(engine, engine.parameters(), "valid");
      const measures = await probe(engine);
      seen.push({ step, recall50: valid[50]!.recall, measures });
    }
  } finally {
    engine.dispose();
    evaluator.dispose();
  }
  return seen;
}
