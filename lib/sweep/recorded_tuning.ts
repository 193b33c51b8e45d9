/** A tuning against the store: what it trains, what of it is recorded, and what failed. */
import { BadInput } from "../base/bad_input.ts";
import { resultsPath } from "../base/files.ts";
import { modelOf } from "../model/registry.ts";
import { latestOfKeys, readRuns, type StoredRun } from "../results/store.ts";
import { wrongCombination } from "../train/combinations.ts";
import { resolveConfig, type ResolvedConfig, type TrainConfig } from "../train/config.ts";
import { runKey } from "../train/run_key.ts";
import type { SweptData } from "./todo.ts";
import { type Stage, type Trial, tuningStages, type TuningStart, wholeTuning } from "./tuning.ts";

/** What a tuning may spend, and how. */
export interface Budget {
  /** so many trainings, with those recorded already */
  readonly trainings: number;
  /** seconds that trainings took in all, after which none begins */
  readonly seconds: number;
  /** trainings at the same time */
  readonly processes: number;
  /** nothing begins once it is aborted */
  readonly signal: AbortSignal;
}

/** What is tuned, and what is known. */
export class Tuning {
  /** why the model or its softmax does not take RR, or IHN, where that is so */
  readonly refusals: Readonly<Partial<Record<"lambda" | "beta", string>>>;
  readonly #start: TuningStart;
  readonly #failed = new Set<string>();
  #runs = new Map<string, StoredRun>();

  /**
   * @param base the configuration of every training, without what is tuned
   * @param folder of results
   * @throws {BadInput} if there is nothing to tune
   */
  constructor(
    readonly data: SweptData,
    readonly base: TrainConfig,
    readonly folder: string = resultsPath(),
  ) {
    const config = resolveConfig(base);
    const { seed, learningRate } = config;
    this.refusals = refusalsOf(config);
    const without = Object.keys(this.refusals) as ("lambda" | "beta")[];
    this.#start = { seed, learningRate, without };
  }

  /** How many trainings it has at most. */
  get whole(): number {
    return wholeTuning(this.#start.without);
  }

  /** The seed of the first trainings. */
  get seed(): number {
    return this.#start.seed;
  }

  /** Reads the store: a run counts under whatever name of its data it was recorded. */
  async readRecorded(): Promise<void> {
    const { runs } = await readRuns(this.folder);
    this.#runs = new Map(latestOfKeys(runs).map((run) => [run.key, run]));
  }

  /** The stages as far as what is recorded decides them; of a later one nothing is known yet. */
  get stages(): Stage[] {
    return tuningStages(this.valid, this.#start);
  }

  /** All trainings known so far, in their order. */
  get trials(): Trial[] {
    return this.stages.flatMap(({ trials }) => trials);
  }

  /** Its validation recall@50, 0 to 1; -Infinity if it failed, undefined before it was tried. */
  readonly valid = (trial: Trial): number | undefined => {
    const run = this.runOf(trial);
    if (run !== undefined) return run.valid[50]!.recall;
    return this.#failed.has(this.#keyOf(trial)) ? -Infinity : undefined;
  };

  /** The run that a training recorded, if it did. */
  runOf(trial: Trial): StoredRun | undefined {
    return this.#runs.get(this.#keyOf(trial));
  }

  /** The base with what a training tries; a strength of 0 leaves its section out. */
  config({ candidate: { lambda, beta, learningRate }, seed }: Trial): TrainConfig {
    const objective = {
      ...this.base.objective,
      ...(beta > 0 && { ihn: { beta } }),
      ...(lambda > 0 && { rr: { lambda } }),
    };
    return { ...this.base, objective, learningRate, seed };
  }

  /** The same with every default filled in. */
  resolved(trial: Trial): ResolvedConfig {
    return resolveConfig(this.config(trial));
  }

  /**
   * Trains what is missing, some at a time, until nothing is or the budget is used up. What was
   * tried and is not recorded then has failed, whatever its process said: none is tried twice.
   *
   * @param trainSome trains and records
   */
  async run(
    { trainings, seconds, processes, signal }: Budget,
    trainSome: (trials: readonly Trial[]) => Promise<void>,
  ): Promise<void> {
    await this.readRecorded();
    for (;;) {
      const known = this.trials.slice(0, trainings);
      const missing = known.filter((trial) => this.valid(trial) === undefined);
      if (missing.length === 0 || signal.aborted || this.#seconds(known) >= seconds) return;
      const tried = missing.slice(0, processes);
      await trainSome(tried);
      await this.readRecorded();
      if (signal.aborted) return;
      for (const trial of tried) {
        if (this.valid(trial) === undefined) this.#failed.add(this.#keyOf(trial));
      }
    }
  }

  #keyOf(trial: Trial): string {
    return runKey(this.resolved(trial), this.data.dataset);
  }

  /** Seconds that the recorded trainings among some took. */
  #seconds(trials: readonly Trial[]): number {
    return trials.reduce((sum, trial) => sum + (this.runOf(trial)?.wallSeconds ?? 0), 0);
  }
}

function refusalsOf(config: ResolvedConfig): Tuning["refusals"] {
  const { options = {}, objective, K } = config;
  const model = modelOf(config.model);
  const tuned = {
    lambda: { rr: { lambda: 1, scaling: "code" } },
    beta: { ihn: { beta: 1 } },
  } as const;
  const refused = Object.entries(tuned).flatMap(([name, part]) => {
    const wrong = wrongCombination(model, options, { K, objective: { ...objective, ...part } });
    return wrong ? [[name, wrong.why]] : [];
  });
  if (!model.counts) return Object.fromEntries(refused);
  const remedy = "Train it as it is, with deno task train.";
  throw new BadInput("there is nothing to tune", "config.model", config.model, remedy);
}
