/**
 * The training loop: batches, steps, evaluations, early stopping, checkpoints. What is measured at
 * an evaluation besides the metrics comes in as probes, who watches as a listener.
 */
import { BadInput } from "../base/bad_input.ts";
import {
  breathe,
  endIfTerminated,
  interruptRequested,
  savingWhenStopped,
  working,
} from "../base/interrupt.ts";
import { Random } from "../base/random.ts";
import { BatchSampler } from "../data/batch_sampler.ts";
import { type Dataset, requireItems } from "../data/interactions.ts";
import type { Engine } from "../engine/engine.ts";
import { Evaluator } from "../evaluate/evaluate.ts";
import { initialParameters } from "../model/initial_parameters.ts";
import { modelOf } from "../model/registry.ts";
import { codeVersion, denoVersion, machineName } from "./provenance.ts";
import type { Measures, Run, StopReason } from "./run.ts";
import { checkpointPath, modelPath, readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import { engineConfig, resolveConfig, type ResolvedConfig, type TrainConfig } from "./config.ts";
import { createEngine } from "./create_engine.ts";
import { Diverged } from "./diverged.ts";
import { Pace } from "./pace.ts";
import type { ProgressListener } from "./progress.ts";
import { runKey } from "./run_key.ts";
import { TrainedModel } from "./trained_model.ts";
import { requireTrainable } from "./training_memory.ts";
import { type CheckpointMeta, TrainingState } from "./training_state.ts";

/** Seconds between two checkpoints, unless said otherwise. */
const CHECKPOINT_SECONDS = 20;

/** Milliseconds of steps between two chances for signals and listeners. */
const BREATH = 100;

/**
 * Measures something about the model at every evaluation, after so many steps; it must not draw
 * from the training's generator.
 */
export type Probe = (engine: Engine, step: number) => Promise<Measures>;

/** What a training is given besides its configuration. */
export interface TrainOptions {
  readonly onProgress?: ProgressListener;
  readonly probes?: readonly Probe[];
  /** start anew even if an interrupted training of the same key could go on */
  readonly restart?: boolean;
  /** where checkpoints and the trained parameters go; results/checkpoints unless said otherwise */
  readonly folder?: string;
  /** least seconds between two checkpoints, which are written at evaluations only; default 20 */
  readonly checkpointSeconds?: number;
}

/**
 * Trains a model and returns it at its best step, with the record of the run.
 *
 * A training that was stopped or killed goes on at its last checkpoint when it is called again with
 * the same configuration and data, and ends with the same bits as one that was never stopped.
 *
 * @throws {BadInput} on a configuration or data that cannot be trained
 * @throws {Diverged} when a loss is not finite; the last good checkpoint stays
 */
export async function train(
  dataset: Dataset,
  config: TrainConfig = {},
  options: TrainOptions = {},
): Promise<TrainedModel> {
  const resolved = resolveConfig(config);
  const begun = Training.begin(dataset, resolved, options);
  return await working(begun.then((training) => training.run()));
}

class Training {
  readonly key: string;
  readonly state: TrainingState;
  readonly sampler: BatchSampler;
  readonly checkpoint: string;
  pace = new Pace(0, 0);
  #saved = 0;
  readonly #checkpointSeconds: number;

  private constructor(
    readonly dataset: Dataset,
    readonly config: ResolvedConfig,
    readonly options: TrainOptions,
    readonly engine: Engine,
    readonly engineInWords: string,
    readonly evaluator: Evaluator,
  ) {
    this.key = runKey(config, dataset);
    this.checkpoint = checkpointPath(this.key, options.folder);
    this.#checkpointSeconds = options.checkpointSeconds ?? CHECKPOINT_SECONDS;
    this.state = new TrainingState(config.evaluateEvery);
    const random = new Random(config.seed, "batches");
    this.sampler = new BatchSampler(dataset.train, engineConfig(config, dataset).sizes, random);
  }

  static async begin(
    dataset: Dataset,
    config: ResolvedConfig,
    options: TrainOptions,
  ): Promise<Training> {
    requireTrainable(dataset, config);
    requireItems("train", dataset.train, dataset.itemCount);
    const setup = engineConfig(config, dataset);
    const model = modelOf(config.model);
    const start = initialParameters(model, setup.sizes, config.seed, config.options);
    const { engine, inWords } = await createEngine(setup, start, config.backend);
    const evaluator = await Evaluator.create(dataset, config.L);
    const training = new Training(dataset, config, options, engine, inWords, evaluator);
    if (!options.restart) await training.#resume();
    return training;
  }

  async run(): Promise<TrainedModel> {
    const stop = await savingWhenStopped(() => this.#loopAndSave());
    await this.#tell(stop);
    const trained = await this.#finish(stop);
    this.evaluator.dispose();
    if (stop !== "interrupted") {
      await trained.save(modelPath(this.key, this.options.folder));
      await Deno.remove(this.checkpoint).catch(() => {}); // a short training has none
    }
    return trained;
  }

  /** Steps, and saves what an end of the process would lose before anything that takes time. */
  async #loopAndSave(): Promise<StopReason> {
    const ended = await this.#loop();
    await this.#saveIfDue();
    const stop = interruptRequested() ? "interrupted" : ended;
    if (stop !== "interrupted") return stop;
    await this.#save();
    endIfTerminated(
      `Terminated after ${this.state.step} steps. Everything is saved: the same command goes on ` +
        "from here.",
    );
    return stop;
  }

  /** Steps until something ends the training. */
  async #loop(): Promise<StopReason> {
    const { state, config } = this;
    let breathed = performance.now();
    while (true) {
      if (state.evaluationsWithoutGain >= config.patience) return "early-stopping";
      if (state.step >= config.maxSteps) return "max-steps";
      if (interruptRequested()) return "interrupted";
      const losses = await this.engine.step(this.sampler.next());
      if (!Number.isFinite(losses.loss)) {
        throw new Diverged(
          state.step + 1,
          losses,
          config,
          this.#saved > 0 ? this.checkpoint : null,
        );
      }
      state.record(losses);
      const last = state.step === config.maxSteps;
      if (state.step % config.evaluateEvery === 0 || last) {
        await this.#evaluate();
        await this.#saveIfDue();
        await this.#tell(null);
      }
      if (performance.now() - breathed > BREATH) {
        await this.#tell(null);
        await breathe();
        breathed = performance.now();
      }
    }
  }

  async #evaluate(): Promise<void> {
    const parameters = this.engine.parameters();
    const valid = await this.evaluator.metrics(this.engine, parameters, "valid");
    const measures: Record<string, number> = {};
    for (const probe of this.options.probes ?? []) {
      Object.assign(measures, await probe(this.engine, this.state.step));
    }
    this.state.evaluated(valid, parameters, this.options.probes ? measures : undefined);
  }

  async #tell(stopped: StopReason | null): Promise<void> {
    const { state, config, pace } = this;
    pace.mark(state.step);
    await this.options.onProgress?.({
      config,
      data: this.dataset.name,
      engine: this.engineInWords,
      step: state.step,
      maxSteps: config.maxSteps,
      stepsPerSecond: pace.stepsPerSecond,
      secondsLeft: pace.secondsUntil(config.maxSteps),
      losses: state.losses,
      curve: state.curve,
      bestStep: state.bestStep,
      stopped,
    });
  }

  async #saveIfDue(): Promise<void> {
    if (this.pace.elapsed - this.#saved >= this.#checkpointSeconds) await this.#save();
  }

  async #save(): Promise<void> {
    const { key, pace, sampler } = this;
    const about = { key, random: sampler.random.state(), seconds: pace.elapsed };
    await writeCheckpoint(this.checkpoint, this.state.checkpoint(this.engine, about));
    this.#saved = pace.elapsed;
  }

  async #resume(): Promise<void> {
    const checkpoint = await readCheckpoint<CheckpointMeta>(this.checkpoint);
    if (!checkpoint) return;
    const { backend, random, seconds, step } = checkpoint.meta;
    if (backend !== this.engine.backend) {
      throw new BadInput(
        `this training was begun by the backend ${backend} and goes on bit-identically only there`,
        "config.backend",
        this.engine.backend,
        `Set backend: "${backend}", or restart: true to begin anew.`,
      );
    }
    this.state.restore(checkpoint, this.engine);
    this.sampler.random.restore(random);
    this.pace = new Pace(step, seconds);
    this.#saved = seconds;
  }

  /** The model at its best step, measured on the test users. */
  async #finish(stop: StopReason): Promise<TrainedModel> {
    const { config, dataset, engine, evaluator, key, state } = this;
    const best = state.best ?? engine.parameters();
    engine.load(best);
    const valid = state.bestPoint?.valid ?? await evaluator.metrics(engine, best, "valid");
    const test = await evaluator.metrics(engine, best, "test");
    const run: Run = {
      key,
      config,
      data: { name: dataset.name, hash: dataset.hash },
      seed: config.seed,
      stop,
      steps: state.step,
      bestStep: state.bestStep,
      valid,
      test,
      curve: state.curve,
      ...(state.bestPoint?.measures && { measures: state.bestPoint.measures }),
      wallSeconds: Math.round(this.pace.elapsed * 10) / 10,
      backend: engine.backend,
      code: await codeVersion(),
      deno: denoVersion(),
      machine: machineName(),
      finished: new Date().toISOString(),
    };
    return new TrainedModel(dataset, config, run, best, engine);
  }
}
