/**
 * Any model and any objective with tfjs autograd, on any tfjs backend. The graph sees gathered rows
 * only; gradients of rows come out of it and go to the table's lazy Adam.
 *
 * What no model changes is done by the kernels (core.ts): rows, softmax loss, Adam. With all of it
 * in tfjs and TypeScript it is the readable definition, the oracle of the tests.
 */
import * as tf from "@tensorflow/tfjs-core";
import { copyOf, stretches, type Values } from "../base/values.ts";
import { type Batch, type Histories, usersOf } from "../data/batch.ts";
import {
  checkBatch,
  checkHistories,
  checkParameters,
  checkState,
  type NoiseLengths,
  type ParameterLengths,
} from "../engine/checks.ts";
import type { EngineConfig } from "../engine/engine_config.ts";
import {
  copyOfState,
  type Engine,
  engineDisposed,
  type EngineState,
  type Parameters,
  type StateInPlace,
  type StepLosses,
  type UserInterests,
} from "../engine/engine.ts";
import { makeCurrent, type TfjsBackend, useTfjsBackend } from "../engine/tfjs/backends.ts";
import { withNumbers } from "../engine/tfjs/numbers.ts";
import { noiseLengths, parameterLengths } from "../model/model.ts";
import { RealPositions } from "../model/real_positions.ts";
import { objective } from "../objective/objective.ts";
import { backwardPass, gathered, type Passed } from "./backward_pass.ts";
import { inOneArray } from "./batch_ids.ts";
import { type Core, definitionCore, kernelCore, type NewCore } from "./core.ts";
import { DenseParameters } from "./dense_parameters.ts";
import { type Definition, definitionOf, forwardPass } from "./forward_pass.ts";
import { usersAtATime } from "./users_at_a_time.ts";

/** A batch's objective with the gradients of everything it depends on. */
export interface Gradients {
  readonly losses: StepLosses;
  /** [B L, d] with 0 on padding, [B, d], [S, d], in the order of the batch's ids */
  readonly rows: readonly Float32Array[];
  /** by parameter name */
  readonly dense: Readonly<Record<string, Float32Array>>;
  /** [B, d] the selected interest of every user */
  readonly readout: Float32Array;
  /** [B] its index */
  readonly selected: Int32Array;
}

/** What an engine holds until it is disposed of. */
interface Parts {
  readonly core: Core;
  readonly dense: DenseParameters;
}

/** The autograd engine. */
export class AutogradEngine implements Engine {
  #parts: Parts | null;
  readonly #lengths: ParameterLengths;
  readonly #noise: NoiseLengths;
  readonly #wholeCatalogue: Int32Array | null;
  #step = 0;

  private constructor(
    private readonly definition: Definition,
    core: Core,
    readonly backend: TfjsBackend,
    private readonly minimized: typeof objective,
  ) {
    const { config, model, options } = definition;
    this.#lengths = parameterLengths(model, config.sizes, options);
    const dense = new DenseParameters(model.parameters(config.sizes, options), core.dense);
    this.#parts = { core, dense };
    this.#noise = noiseLengths(model, config.sizes, options);
    this.#wholeCatalogue = config.objective.softmax === "full"
      ? Int32Array.from({ length: config.sizes.itemCount }, (_, i) => i + 1)
      : null;
  }

  /**
   * An engine on the named tfjs backend, starting from the given parameters, which are copied.
   *
   * @param minimized what it minimizes, if not the project's objective
   * @throws {BadInput} if the backend does not load, the parameters do not fit the model, or the
   *   kernels cannot compute the configuration here
   */
  static create(
    config: EngineConfig,
    parameters: Parameters,
    backend: TfjsBackend,
    minimized = objective,
  ): Promise<AutogradEngine> {
    return AutogradEngine.#with(kernelCore, config, parameters, backend, minimized);
  }

  /** The same without kernels: slower, held to the equations line by line. */
  static definition(
    config: EngineConfig,
    parameters: Parameters,
    backend: TfjsBackend,
    minimized = objective,
  ): Promise<AutogradEngine> {
    return AutogradEngine.#with(definitionCore, config, parameters, backend, minimized);
  }

  static async #with(
    newCore: NewCore,
    config: EngineConfig,
    parameters: Parameters,
    backend: TfjsBackend,
    minimized: typeof objective,
  ): Promise<AutogradEngine> {
    await useTfjsBackend(backend);
    const definition = definitionOf(config);
    const core = await newCore(definition, backend);
    const engine = new AutogradEngine(definition, core, backend, minimized);
    engine.load(parameters);
    return engine;
  }

  /** What it was made from. */
  get config(): EngineConfig {
    return this.definition.config;
  }

  /**
   * Losses and gradients of a batch at the current parameters.
   *
   * @throws {BadInput} for a wrong batch (lib/engine/checks.ts)
   */
  async gradients(batch: Batch): Promise<Gradients> {
    const { L, d } = this.config.sizes;
    return await this.#passed(batch, ({ losses, slots, rows, dense, readout, selected }) => {
      const [, items, ...others] = rows;
      const history = new Float32Array(batch.length.length * L * d); // [B L, d]
      slots.forEach((slot, i) => history.set(items!.subarray(i * d, (i + 1) * d), slot * d));
      const copies = Object.entries(dense).map(([name, array]) => [name, array.slice()]);
      return {
        losses,
        rows: [history, ...others.map((part) => part.slice())],
        dense: Object.fromEntries(copies),
        readout: readout.slice(),
        selected: Int32Array.from(selected),
      };
    });
  }

  /** One Adam step, or a count. */
  async step(batch: Batch): Promise<StepLosses> {
    if (this.definition.model.counts) return this.#count(batch);
    return await this.#passed(batch, ({ losses, ids, rows, dense }) => {
      const { core, dense: parameters } = this.#open();
      this.#step += 1;
      core.rows.update(inOneArray(ids), rows, this.#step);
      parameters.update(dense, this.#step);
      return losses;
    });
  }

  /**
   * Interests [U, K, d] and routing [U, K, L], in chunks of users.
   *
   * @throws {BadInput} for a wrong history (lib/engine/checks.ts)
   */
  async interests(histories: Histories): Promise<UserInterests> {
    const { K, L, d } = this.config.sizes;
    this.#open();
    checkHistories(histories, this.config.sizes, this.#noise);
    const U = histories.length.length;
    const interests = new Float32Array(U * K * d); // [U, K, d]
    const { model } = this.definition;
    const routing = model.routing === "none" ? null : new Float32Array(U * K * L); // [U, K, L]
    const chunk = usersAtATime(model, this.config.sizes);
    for (let from = 0; from < U; from += chunk) {
      const { core, dense } = this.#open();
      makeCurrent(this.backend);
      const to = Math.min(U, from + chunk);
      const part = usersOf(histories, from, to);
      const output = tf.tidy(() => {
        const real = new RealPositions(part.length, L);
        const ids = [real.slots.map((slot) => part.history[slot]!), Int32Array.of(0)];
        const [items, padding] = gathered(core.rows, ids, this.#step, d);
        const rows = { items: items!, padding: padding!, real };
        const parameters = dense.named(dense.tensors());
        const { interests, routing } = forwardPass(this.definition, part, rows, parameters).output;
        return routing ? [interests, routing] : [interests];
      });
      await withNumbers(output, ([ofInterests, ofRouting]) => {
        interests.set(ofInterests!, from * K * d);
        if (ofRouting) routing!.set(ofRouting, from * K * L);
      });
    }
    this.#open(); // what was asked before it was disposed of is refused as well
    return { K, interests, routing };
  }

  /** Copies of the current parameters, in the arrays of earlier ones if given. */
  parameters(into?: Parameters): Parameters {
    const dense = this.#open().dense.copies();
    if (!into) return { table: copyOf(this.table()), dense };
    for (const [at, some] of stretches(this.table())) into.table.set(some, at);
    for (const [name, values] of Object.entries(dense)) into.dense[name]!.set(values);
    return into;
  }

  /** The current table from where it lies; valid until the next step. */
  table(): Values<Float32Array> {
    const { rows } = this.#open().core;
    rows.flush(this.#step);
    return rows.values();
  }

  /** New values, fresh moments. @throws {BadInput} for wrong ones; nothing has changed then */
  load(parameters: Parameters): void {
    const { core: { rows }, dense } = this.#open();
    checkParameters(parameters, this.#lengths);
    rows.load(parameters.table);
    if (this.definition.model.zeroPadding) rows.put(0, new Float32Array(this.config.sizes.d));
    dense.load(parameters.dense);
    this.#step = 0;
  }

  /** A copy of everything the next step depends on. */
  state(): EngineState {
    return copyOfState(this.stateInPlace());
  }

  /** The same without copying it; valid until the next step. */
  stateInPlace(): StateInPlace {
    const { core: { rows }, dense } = this.#open();
    const arrays = { ...rows.state(), ...Object.fromEntries(dense.arrays()) };
    return { step: this.#step, arrays };
  }

  /** Puts a state back. @throws {BadInput} for a wrong one; nothing has changed then */
  restore(state: StateInPlace): void {
    const { core: { rows }, dense } = this.#open();
    checkState(state, this.#lengths, this.config.sizes);
    rows.restore(state.arrays);
    for (const [name, array] of dense.arrays()) array.set(copyOf(state.arrays[name]!));
    this.#step = state.step;
  }

  /** Lets the memory go; no tensor outlives a step. The engine cannot be used afterwards. */
  dispose(): void {
    this.#parts = null;
  }

  #open(): Parts {
    if (this.#parts === null) throw engineDisposed();
    return this.#parts;
  }

  /** Adds 1 to the first number of every target's row, once however often it is one. */
  #count(batch: Batch): StepLosses {
    const { rows } = this.#open().core;
    checkBatch(batch, this.config, this.#noise);
    for (const item of new Set(batch.target)) {
      const counted = rows.gather(Int32Array.of(item), this.#step);
      counted[0]! += 1;
      rows.put(item, counted);
    }
    this.#step += 1;
    return { loss: 0, softmaxLoss: 0, routingPenalty: 0 };
  }

  /** Losses and gradients of a checked batch. */
  async #passed<T>(batch: Batch, use: (passed: Passed) => T): Promise<T> {
    const parts = this.#open();
    checkBatch(batch, this.config, this.#noise);
    makeCurrent(this.backend);
    const { definition, minimized } = this;
    const standing = { ...parts, definition, minimized, step: this.#step };
    const wholeCatalogue = this.#wholeCatalogue;
    return await backwardPass({ ...standing, wholeCatalogue }, batch, (passed) => {
      this.#open(); // what was asked before it was disposed of is refused as well
      return use(passed);
    });
  }
}
