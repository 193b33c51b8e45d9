/** What the reference's stop-gradient in capsule routing keeps from the parameters. */
import { BadInput } from "../base/bad_input.ts";
import { requireWhole } from "../base/given_numbers.ts";
import { mean } from "../base/statistics.ts";
import { Random } from "../base/random.ts";
import { BatchSampler, FIRST_TARGET, trainableUsers } from "../data/batch_sampler.ts";
import type { Dataset } from "../data/interactions.ts";
import { initialParameters } from "../model/initial_parameters.ts";
import { modelOf } from "../model/registry.ts";
import { AutogradEngine } from "../train/autograd_engine.ts";
import { engineConfig, resolveConfig, type TrainConfig } from "../train/config.ts";
import { cosine } from "./homogenised_interests.ts";

/** Gradients of one parameter, or of the embeddings, with and without the stop. */
export interface StoppedGradient {
  readonly parameter: string;
  /** lengths of the gradients */
  readonly stopped: number;
  readonly lifted: number;
  /** of the two; 1 if the stop changes the length alone */
  readonly cosine: number;
  /** length of RR's own gradient, lambda times the penalty's, with the stop lifted */
  readonly ofPenalty: number;
}

/**
 * Gradients of capsule networks at their start, means over some batches: with the reference's
 * stop-gradient, which takes the routing for a constant, and without.
 *
 * @param model "mind" or "comirec-dr"
 * @param options of the model, beside the stop
 * @throws {BadInput} for no batches, a lambda that is not above 0, or too few users for a batch of
 *   the usual size
 */
export async function stoppedGradients(
  dataset: Dataset,
  model: "mind" | "comirec-dr",
  options: Readonly<Record<string, unknown>> = {},
  { batches = 4, lambda = 100, seed = 1 } = {},
): Promise<StoppedGradient[]> {
  requireWhole(batches, "stoppedGradients, batches");
  if (!(lambda > 0 && lambda < Infinity)) {
    const remedy = "Give a number above 0: RR has a gradient then.";
    throw new BadInput("not above 0", "stoppedGradients, lambda", lambda, remedy);
  }
  requireUsers(dataset, resolveConfig({ model }).B);
  const of = async (stopGradient: boolean, rr: number) => {
    const objective = rr > 0 ? { rr: { lambda: rr } } : {};
    const config = resolveConfig(
      { model, options: { ...options, stopGradient }, objective, seed } satisfies TrainConfig,
    );
    const setup = engineConfig(config, dataset);
    const start = initialParameters(modelOf(model), setup.sizes, seed, config.options);
    const engine = await AutogradEngine.create(setup, start, "wasm");
    const sampler = new BatchSampler(dataset.train, setup.sizes, new Random(seed, "batches"));
    const found: Readonly<Record<string, Float32Array>>[] = [];
    for (let i = 0; i < batches; i++) {
      const { rows: [history], dense } = await engine.gradients(sampler.next());
      found.push({ ...dense, "the history's embeddings": history! });
    }
    engine.dispose();
    return found;
  };
  const stopped = await of(true, 0), lifted = await of(false, 0), both = await of(false, lambda);
  return Object.keys(stopped[0]!).map((parameter) => {
    const each = (of: (batch: number) => number) => mean(stopped.map((_, i) => of(i)));
    return {
      parameter,
      stopped: each((i) => lengthOf(stopped[i]![parameter]!)),
      lifted: each((i) => lengthOf(lifted[i]![parameter]!)),
      cosine: each((i) => cosine(stopped[i]![parameter]!, lifted[i]![parameter]!)),
      ofPenalty: each((i) =>
        lengthOf(both[i]![parameter]!.map((value, j) => value - lifted[i]![parameter]![j]!))
      ),
    };
  });
}

/** @throws {BadInput} for fewer users to train on than a batch has */
function requireUsers({ name, train }: Dataset, B: number): void {
  const users = trainableUsers(train).length;
  if (users >= B) return;
  throw new BadInput(
    `fewer training users with more than ${FIRST_TARGET} items than the ${B} of a batch`,
    `stoppedGradients on ${name}`,
    users,
    "Give a data set with more users: the size of the batches is the usual one.",
  );
}

/** Of any number of values. */
function lengthOf(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
