/**
 * The training loop: batches, steps, evaluations, early stopping, checkpoints. What is measured at
 * an evaluation besides the metrics comes in as probes, who watches as a listener.
 */
import { counted } from "../base/counted.ts";
import {
  breathe,
  endIfTerminated,
  interruptRequested,
  savingWhenStopped,
} from "../base/interrupt.ts";
import { BadInput } from "../base/bad_input.ts";
import { Random } from "../base/random.ts";
import { BatchSampler } from "../data/batch_sampler.ts";
import type { Dataset } from "../data/interactions.ts";
import type { Engine } from "../engine/engine.ts";
import { Evaluator } from "../evaluate/evaluate.ts";
import { initialParameters } from "../model/initial_parameters.ts";
import { modelOf } from "../model/registry.ts";
import { codeVersion, denoVersion, machineName } from "./provenance.ts";
import type { Arithmetic, Run, StopReason } from "./run.ts";
import { checkpointPath, modelPath, readCheckpoint } from "./checkpoint.ts";
import { engineConfig, type ResolvedConfig, validationOf } from "./config.ts";
import { type ChosenEngine, createEngine } from "./create_engine.ts";
import { trainedOn } from "./for_data.ts";
import { Diverged } from "./diverged.ts";
import { fingerprint, isSameArithmetic } from "./fingerprint.ts";
import { Keeping } from "./keeping.ts";
import { Pace } from "./pace.ts";
import { runKey } from "./run_key.ts";
import { v8Flags } from "./unchecked.ts";
import type { TrainOptions } from "./train_options.ts";
import { TrainedModel } from "./trained_model.ts";
import {
  type CheckpointMeta,
  type Computed,
  TrainingState,
  wrongHeader,
} from "./training_state.ts";

/** Seconds between two checkpoints, unless said otherwise. */
const CHECKPOINT_SECONDS = 20;

/** Milliseconds of steps between two chances for signals and listeners. */
const BREATH = 100;

/** What a training is given, and why nobody finds its checkpoints again; null if one does. */
type TrainingOptions = TrainOptions & { readonly lost: string | null };

/** One training, from its start or its last checkpoint to its end. */
export class Training {
  readonly key: string;
  readonly state: TrainingState;
  readonly sampler: BatchSampler;
  readonly keeping: Keeping;
  pace = new Pace(0, 0);
  #begunBy: readonly Arithmetic[] = [];
  #v8Flags = v8Flags();

  private constructor(
    readonly dataset: Dataset,
    readonly config: ResolvedConfig,
    readonly options: TrainingOptions,
    readonly engine: Engine,
    readonly chosen: Omit<ChosenEngine, "engine">,
    readonly evaluator: Evaluator,
  ) {
    this.key = runKey(config, dataset);
    this.keeping = new Keeping(
      checkpointPath(this.key, options.folder),
      options.checkpointSeconds ?? CHECKPOINT_SECONDS,
      options.lost,
    );
    this.state = new TrainingState(config.evaluateEvery);
    const random = new Random(config.seed, "batches");
    this.sampler = new BatchSampler(dataset.train, engineConfig(config, dataset).sizes, random);
  }

  /**
   * An engine and everything a training remembers, at the last checkpoint if there is one.
   *
   * @throws {BadInput} if no engine computes it, or the checkpoint cannot be gone on from
   */
  static async begin(
    dataset: Dataset,
    config: ResolvedConfig,
    options: TrainingOptions,
  ): Promise<Training> {
    const setup = engineConfig(config, dataset);
    const { model, seed, options: its, L } = config;
    const start = initialParameters(modelOf(model), setup.sizes, seed, its);
    const { engine, ...chosen } = await createEngine(setup, start, config.backend);
    const evaluator = await Evaluator.create(dataset, L, { validation: validationOf(config) });
    const training = new Training(dataset, config, options, engine, chosen, evaluator);
    if (options.restart) await training.keeping.forget();
    else await training.#resume();
    return training;
  }

  /** Trains to the end, or until it is stopped by hand, and measures the best model. */
  async run(): Promise<TrainedModel> {
    const stop = await savingWhenStopped(() => this.#loopAndSave(), () => this.keeping.doing());
    await this.#tell(stop);
    const trained = await this.#finish(stop);
    this.evaluator.dispose();
    if (stop !== "interrupted") {
      await this.#record(trained);
      await this.keeping.replaceBy(() => trained.save(modelPath(this.key, this.options.folder)));
    }
    return trained;
  }

  /** Steps, and saves what an end of the process would lose before anything that takes time. */
  async #loopAndSave(): Promise<StopReason> {
    const ended = await this.#loop();
    const { state, keeping, options } = this;
    if (options.record && keeping.step !== state.step) await this.#save();
    else await this.#saveIfDue();
    const stop = interruptRequested() ? "interrupted" : ended;
    if (stop !== "interrupted") return stop;
    if (keeping.step !== state.step) await this.#save();
    endIfTerminated(
      `Terminated after ${counted(state.step, "step")}. ${
        keeping.unsaved(state.step) ?? "Everything is saved: the same command goes on from here."
      }`,
    );
    return stop;
  }

  async #record(trained: TrainedModel): Promise<void> {
    try {
      await this.options.record?.record(trained);
    } catch (error) {
      if (this.keeping.step === this.state.step) {
        const kept = "The training is finished, but not recorded. It is kept, and the same call";
        console.warn(`${kept} records it without a further step: ${this.keeping.path}`);
      }
      throw error;
    }
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
          this.keeping.step === null ? null : this.keeping.path,
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
    const { engine, evaluator, state, options: { probes } } = this;
    const table = engine.table();
    const valid = await evaluator.metrics(engine, { table }, "valid");
    const measures: Record<string, number> = {};
    for (const probe of probes ?? []) {
      const { retriever } = evaluator;
      Object.assign(measures, await probe(engine, state.step, { table, retriever }));
    }
    state.evaluated(valid, engine, probes ? measures : undefined);
  }

  async #tell(stopped: StopReason | null): Promise<void> {
    const { state, config, pace, evaluator } = this;
    pace.mark(state.step);
    await this.options.onProgress?.({
      config,
      data: this.dataset.name,
      validationUsers: config.validationUsers ? evaluator.cases("valid").count : null,
      engine: this.chosen.inWords,
      passedOver: this.chosen.passedOver,
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
    const { keeping, pace, state } = this;
    if (keeping.step !== state.step && keeping.isDue(pace.elapsed)) await this.#save();
  }

  async #save(): Promise<void> {
    const { key, pace, sampler } = this;
    const computed = await this.#computed();
    const about = { key, random: sampler.random.state(), seconds: pace.elapsed, ...computed };
    await this.keeping.save(this.state.checkpoint(this.engine, about));
  }

  async #resume(): Promise<void> {
    const checkpoint = await readCheckpoint<CheckpointMeta>(this.keeping.path, wrongHeader);
    if (!checkpoint) return;
    const { key, backend, random, seconds, step } = checkpoint.meta;
    if (key !== this.key) {
      const remedy = "Move it to where it belongs, or remove it.";
      throw new BadInput("the checkpoint of another training", this.keeping.path, key, remedy);
    }
    if (backend !== this.engine.backend) {
      throw new BadInput(
        `this training was begun by the backend ${backend} and goes on bit-identically only there`,
        "config.backend",
        this.engine.backend,
        `Set backend: "${backend}", or restart: true to begin anew.`,
      );
    }
    await this.#acceptCode(checkpoint.meta);
    this.#v8Flags ??= checkpoint.meta.v8Flags;
    this.state.restore(checkpoint, this.engine);
    this.sampler.random.restore(random);
    this.pace = new Pace(step, seconds);
    this.keeping.resumed(step, seconds);
  }

  async #acceptCode({ fingerprint, code, begunBy, step }: CheckpointMeta): Promise<void> {
    this.#begunBy = begunBy;
    const now = await this.#computed();
    if (isSameArithmetic(fingerprint, now.fingerprint)) return;
    if (!this.options.acceptCode) {
      throw new BadInput(
        `this training was begun by code that computes something else (${code}); its fingerprint`,
        this.keeping.path,
        `${fingerprint}, now ${now.fingerprint}`,
        "Begin anew with --restart, in code restart: true; or go on with --accept-code, " +
          "acceptCode: true: the run then says what computed its first steps.",
      );
    }
    this.#begunBy = [...begunBy, { fingerprint, code, steps: step }];
  }

  async #computed(): Promise<Computed> {
    return {
      fingerprint: await fingerprint(this.config, this.engine.backend),
      code: await codeVersion(),
      begunBy: this.#begunBy,
      ...(this.#v8Flags && { v8Flags: this.#v8Flags }),
    };
  }

  /** The model at its best step, measured on the test users. */
  async #finish(stop: StopReason): Promise<TrainedModel> {
    const { config, dataset, engine, evaluator, key, state } = this;
    const best = state.best ?? engine.parameters();
    engine.load(best);
    const valid = state.bestPoint?.valid ?? await evaluator.metrics(engine, best, "valid");
    const test = await evaluator.metrics(engine, best, "test");
    const { begunBy, ...computed } = await this.#computed();
    const run: Run = {
      key,
      config,
      data: trainedOn(config, dataset),
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
      ...computed,
      ...(begunBy.length > 0 && { begunBy }),
      deno: denoVersion(),
      machine: machineName(),
      finished: new Date().toISOString(),
    };
    const unsaved = stop === "interrupted" ? this.keeping.unsaved(state.step) : null;
    return new TrainedModel(dataset, config, run, best, engine, unsaved);
  }
}
