/** What a training step takes, of several configurations in turns: for a look in a notebook. */
import type { Dataset } from "../data/interactions.ts";
import { initialParameters } from "../model/initial_parameters.ts";
import { modelOf } from "../model/registry.ts";
import { methodOf } from "../results/method.ts";
import { engineConfig, resolveConfig, type TrainConfig } from "../train/config.ts";
import { createEngine } from "../train/create_engine.ts";
import { forData } from "../train/for_data.ts";
import { BadInput } from "../base/bad_input.ts";
import { Contest, type Contestant, isRatio } from "./contest.ts";
import { trainingSteps } from "./mid_training.ts";
import { type BenchRecord, recordOf } from "./record.ts";

/** How long to look. */
export interface SideBySideOptions {
  /** turns of each; 9 */
  readonly rounds?: number;
  /** steps of a turn; 12 */
  readonly steps?: number;
}

/** A configuration's engine, to be asked for steps and for the bytes that it keeps. */
interface Opened {
  readonly contestant: Contestant;
  readonly bytes: number;
  readonly close: () => void;
}

/**
 * Milliseconds of a training step of each configuration, drawing its batch included, and how many
 * times that of the first it is. They take turns on the same batches, so that whatever else the
 * machine does slows all of them. Each starts as a training does.
 *
 * @param configs a method each
 * @returns a record like those of `deno task bench steps`, with MB of parameters and moments
 * @throws {BadInput} for fewer than two, two of one name, what cannot be trained, or no rounds
 */
export async function stepsSideBySide(
  dataset: Dataset,
  configs: readonly TrainConfig[],
  { rounds = 9, steps = 12 }: SideBySideOptions = {},
): Promise<BenchRecord> {
  const names = configs.map((config) => methodOf(config).name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (configs.length < 2 || twice !== undefined) {
    const remedy = "Name two methods or more, each once.";
    throw new BadInput("nothing to compare", "stepsSideBySide", twice ?? names, remedy);
  }
  for (const [name, value] of Object.entries({ rounds, steps })) {
    if (Number.isInteger(value) && value > 0) continue;
    throw new BadInput("not a whole number above 0", `stepsSideBySide, ${name}`, value, "Try 9.");
  }
  const opened: Opened[] = [];
  try {
    for (const [i, config] of configs.entries()) {
      opened.push(await open(names[i]!, dataset, config, steps));
    }
    const contest = new Contest("step");
    await contest.run(opened.map(({ contestant }) => contestant), rounds);
    const [first, ...others] = names;
    const ratios = others.map((name) => contest.ratio(`${name} / ${first}`, name, first!));
    const kept = opened.map(({ contestant, bytes }) => {
      const mb = bytes / 1e6;
      const wall = { least: mb, quartile1: mb, median: mb, quartile3: mb, most: mb, count: 1 };
      return { name: contestant.name, unit: "MB of parameters and moments", threads: 1, wall };
    });
    return await recordOf("steps", `Training steps on ${dataset.name}, batches included`, {
      measurements: [...contest.measurements(), ...kept],
      ratios: ratios.filter(isRatio),
      without: [],
    });
  } finally {
    opened.forEach(({ close }) => close());
  }
}

async function open(
  name: string,
  dataset: Dataset,
  wanted: TrainConfig,
  steps: number,
): Promise<Opened> {
  const config = forData(resolveConfig(wanted), dataset);
  const setup = engineConfig(config, dataset);
  const start = initialParameters(modelOf(config.model), setup.sizes, config.seed, config.options);
  const { engine } = await createEngine(setup, start, config.backend);
  const arrays = Object.entries(engine.stateInPlace().arrays);
  const numbers = arrays.reduce((sum, [, { length }]) => sum + length, 0);
  return {
    contestant: trainingSteps(name, 1, engine, setup, dataset.train, steps),
    bytes: 4 * numbers,
    close: () => engine.dispose(),
  };
}
