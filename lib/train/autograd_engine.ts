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
  type ParameterLengths,
} from "../engine/checks.ts";
import type { EngineConfig } from "../engine/engine_config.ts";
import {
  copyOfState,
  type Engine,
  type EngineState,
  type Parameters,
  type StateInPlace,
  type StepLosses,
  type UserInterests,
} from "../engine/engine.ts";
import { makeCurrent, type TfjsBackend, useTfjsBackend } from "../engine/tfjs/backends.ts";
import { parameterLengths } from "../model/model.ts";
import { objective, type ObjectiveValue } from "../objective/objective.ts";
import { batchIds, touched, withoutPadding } from "./batch_ids.ts";
import { type Core, definitionCore, kernelCore, type NewCore } from "./core.ts";
import { DenseParameters } from "./dense_parameters.ts";
import { forwardOf, taken } from "./taken.ts";
import { type Definition, definitionOf, forwardPass, objectiveOf } from "./forward_pass.ts";

/** Users whose interests are computed at a time when nothing is trained. */
const CHUNK = 512;

/** A batch's objective with the gradients of everything it depends on. */
export interface Gradients {
  readonly losses: StepLosses;
  /** [B L, d], [B, d], [S, d] in the order of the batch's ids */
  readonly rows: readonly Float32Array[];
  /** by parameter name */
  readonly dense: Readonly<Record<string, Float32Array>>;
  /** [B, d] the selected interest of every user */
  readonly readout: Float32Array;
  /** [B] its index */
  readonly selected: Int32Array;
}

/** The autograd engine. */
export class AutogradEngine implements Engine {
  readonly #dense: DenseParameters;
  readonly #lengths: ParameterLengths;
  readonly #wholeCatalogue: Int32Array | null;
  #step = 0;

  private constructor(
    private readonly definition: Definition,
    private readonly core: Core,
    readonly backend: TfjsBackend,
    private readonly minimized: typeof objective,
  ) {
    const { config, model, options } = definition;
    this.#lengths = parameterLengths(model, config.sizes, options);
    this.#dense = new DenseParameters(model.parameters(config.sizes, options), core.dense);
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
    checkBatch(batch, this.config);
    makeCurrent(this.backend);
    const { d } = this.config.sizes;
    const B = batch.length.length;
    const ids = batchIds(batch, this.#wholeCatalogue);
    const [ofHistory, ofTarget, ofNegatives] = ids;
    let value: ObjectiveValue | undefined;
    const lossOf = (...inputs: tf.Tensor[]): tf.Scalar => {
      const [history, target, negative, ...dense] = inputs;
      const rows = {
        history: history as tf.Tensor3D,
        target: target as tf.Tensor2D,
        negatives: negative as tf.Tensor2D,
      };
      const parameters = this.#dense.named(dense);
      value = objectiveOf(
        this.definition,
        batch,
        rows,
        parameters,
        this.#step,
        this.minimized,
        this.core.softmaxLoss,
      );
      forwardOf(value).forEach(tf.keep);
      return value.loss;
    };
    const gradients = tf.tidy(() => {
      const inputs = [
        this.#historyRows(ofHistory),
        tf.tensor2d(this.#rows(ofTarget), [B, d]),
        tf.tensor2d(this.#rows(ofNegatives), [ofNegatives.length, d]),
        ...this.#dense.tensors(),
      ];
      return tf.grads(lossOf)(inputs);
    });
    const [loss, softmaxLoss, penalty, readout, selected, ...terms] = await taken(
      forwardOf(value!),
    );
    const [history, target, negative, ...dense] = await taken(gradients);
    const rows = [history!, target!, negative!];
    withoutPadding(ids, rows, d, this.definition.model.zeroPadding);
    const names = Object.keys(value!.terms);
    return {
      losses: {
        loss: loss![0]!,
        softmaxLoss: softmaxLoss![0]!,
        routingPenalty: penalty![0]!,
        ...(names.length > 0 && {
          terms: Object.fromEntries(names.map((name, i) => [name, terms[i]![0]!])),
        }),
      },
      rows,
      dense: this.#dense.named(dense),
      readout: readout!,
      selected: Int32Array.from(selected!),
    };
  }

  /** One Adam step, or a count. */
  async step(batch: Batch): Promise<StepLosses> {
    if (this.definition.model.counts) return this.#count(batch);
    const { losses, rows, dense } = await this.gradients(batch);
    this.#step += 1;
    const ids = batchIds(batch, this.#wholeCatalogue);
    const all = touched(ids, rows, this.config.sizes.d);
    this.core.rows.update(all.ids, all.gradients, this.#step);
    this.#dense.update(dense, this.#step);
    return losses;
  }

  /**
   * Interests [U, K, d] and routing [U, K, L], in chunks of users.
   *
   * @throws {BadInput} for a wrong history (lib/engine/checks.ts)
   */
  async interests(histories: Histories): Promise<UserInterests> {
    const { K, L, d } = this.config.sizes;
    checkHistories(histories, this.config.sizes);
    const U = histories.length.length;
    const interests = new Float32Array(U * K * d); // [U, K, d]
    let routing: Float32Array | null = null; // [U, K, L]
    for (let from = 0; from < U; from += CHUNK) {
      makeCurrent(this.backend);
      const to = Math.min(U, from + CHUNK);
      const part = usersOf(histories, from, to);
      const output = tf.tidy(() => {
        const rows = this.#historyRows(part.history);
        const parameters = this.#dense.named(this.#dense.tensors());
        const { interests, routing } = forwardPass(this.definition, part, rows, parameters).output;
        return routing ? [interests, routing] : [interests];
      });
      const [ofInterests, ofRouting] = await taken(output);
      interests.set(ofInterests!, from * K * d);
      if (!ofRouting) continue;
      routing ??= new Float32Array(U * K * L);
      routing.set(ofRouting, from * K * L);
    }
    return { K, interests, routing };
  }

  /** Copies of the current parameters, the table in that of earlier ones if given. */
  parameters(into?: Parameters): Parameters {
    const table = into?.table ?? new Float32Array(this.#lengths.table!);
    for (const [at, some] of stretches(this.table())) table.set(some, at);
    return { table, dense: this.#dense.copies() };
  }

  /** The current table from where it lies; valid until the next step. */
  table(): Values<Float32Array> {
    this.core.rows.flush(this.#step);
    return this.core.rows.values();
  }

  /** New values, fresh moments. @throws {BadInput} for wrong ones; nothing has changed then */
  load(parameters: Parameters): void {
    checkParameters(parameters, this.#lengths);
    const { table, dense } = parameters;
    this.core.rows.load(table);
    if (this.definition.model.zeroPadding) {
      this.core.rows.put(0, new Float32Array(this.config.sizes.d));
    }
    this.#dense.load(dense);
    this.#step = 0;
  }

  /** A copy of everything the next step depends on. */
  state(): EngineState {
    return copyOfState(this.stateInPlace());
  }

  /** The same without copying it; valid until the next step. */
  stateInPlace(): StateInPlace {
    const dense = Object.fromEntries(this.#dense.arrays());
    return { step: this.#step, arrays: { ...this.core.rows.state(), ...dense } };
  }

  /** Puts a state back. @throws {BadInput} for a wrong one; nothing has changed then */
  restore(state: StateInPlace): void {
    checkState(state, this.#lengths, this.config.sizes);
    this.core.rows.restore(state.arrays);
    for (const [name, array] of this.#dense.arrays()) array.set(copyOf(state.arrays[name]!));
    this.#step = state.step;
  }

  /** Nothing outlives a step here: all tensors are tidied. */
  dispose(): void {}

  /** Adds 1 to the first number of every target's row, once however often it is one. */
  #count(batch: Batch): StepLosses {
    checkBatch(batch, this.config);
    const { rows } = this.core;
    for (const item of new Set(batch.target)) {
      const counted = rows.gather(Int32Array.of(item), this.#step);
      counted[0]! += 1;
      rows.put(item, counted);
    }
    this.#step += 1;
    return { loss: 0, softmaxLoss: 0, routingPenalty: 0 };
  }

  #rows(ids: Int32Array): Float32Array {
    return this.core.rows.gather(ids, this.#step);
  }

  #historyRows(history: Int32Array): tf.Tensor3D {
    const { L, d } = this.config.sizes;
    return tf.tensor3d(this.#rows(history), [history.length / L, L, d]);
  }
}
