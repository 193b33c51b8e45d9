/**
 * The readable definition, run: any model and any objective in tfjs ops with autograd, on any tfjs
 * backend. It is the generic path and the oracle of the tests.
 *
 * The graph sees gathered rows only; gradients of rows come out of it and go to the table's lazy
 * Adam.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { Batch, Histories } from "../data/batch.ts";
import {
  checkBatch,
  checkHistories,
  checkParameters,
  checkState,
  type ParameterLengths,
} from "../engine/checks.ts";
import type { EngineConfig } from "../engine/engine_config.ts";
import type {
  Engine,
  EngineState,
  Parameters,
  StepLosses,
  UserInterests,
} from "../engine/engine.ts";
import { makeCurrent, type TfjsBackend, useTfjsBackend } from "../engine/tfjs/backends.ts";
import { type Model, type ModelOutput, parameterLengths } from "../model/model.ts";
import { modelOf } from "../model/registry.ts";
import { objective, type ObjectiveValue } from "../objective/objective.ts";
import { adamStep, type Moments, zeroMoments } from "./adam.ts";
import { EmbeddingTable } from "./embedding_table.ts";

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
  readonly #model: Model;
  #table: EmbeddingTable;
  readonly #dense: Record<string, { values: Float32Array; moments: Moments }> = {};
  readonly #lengths: ParameterLengths;
  readonly #wholeCatalogue: Int32Array;
  #step = 0;

  private constructor(
    readonly config: EngineConfig,
    parameters: Parameters,
    readonly backend: TfjsBackend,
  ) {
    const { softmax } = config.objective;
    const { itemCount } = config.sizes;
    this.#model = modelOf(config.model);
    this.#lengths = parameterLengths(this.#model, config.sizes);
    checkParameters(parameters, this.#lengths);
    this.#table = this.#newTable(parameters);
    this.#newDense(parameters);
    this.#wholeCatalogue = Int32Array.from(
      { length: softmax === "full" ? itemCount : 0 },
      (_, i) => i + 1,
    );
  }

  /**
   * An engine on the named tfjs backend, starting from the given parameters, which are copied.
   *
   * @throws {BadInput} if the backend does not load or the parameters do not fit the model
   */
  static async create(
    config: EngineConfig,
    parameters: Parameters,
    backend: TfjsBackend,
  ): Promise<AutogradEngine> {
    await useTfjsBackend(backend);
    return new AutogradEngine(config, parameters, backend);
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
    const negatives = this.#negativesOf(batch);
    let value: ObjectiveValue | undefined;
    const lossOf = (...inputs: tf.Tensor[]): tf.Scalar => {
      const [history, target, negative, ...dense] = inputs;
      value = objective(
        this.#forward(batch, history as tf.Tensor3D, dense),
        target as tf.Tensor2D,
        negative as tf.Tensor2D,
        this.config.objective,
      );
      forwardOf(value).forEach(tf.keep);
      return value.loss;
    };
    const gradients = tf.tidy(() => {
      const inputs = [
        this.#historyRows(batch),
        tf.tensor2d(this.#rows(batch.target), [B, d]),
        tf.tensor2d(this.#rows(negatives), [negatives.length, d]),
        ...this.#denseTensors(),
      ];
      return tf.grads(lossOf)(inputs);
    });
    const [loss, softmaxLoss, penalty, readout, selected] = await taken(forwardOf(value!));
    const [history, target, negative, ...dense] = await taken(gradients);
    return {
      losses: { loss: loss![0]!, softmaxLoss: softmaxLoss![0]!, routingPenalty: penalty![0]! },
      rows: [history!, target!, negative!],
      dense: Object.fromEntries(Object.keys(this.#dense).map((name, i) => [name, dense[i]!])),
      readout: readout!,
      selected: Int32Array.from(selected!),
    };
  }

  /**
   * One Adam step.
   *
   * @throws {BadInput} for a wrong batch (lib/engine/checks.ts); nothing has changed then
   */
  async step(batch: Batch): Promise<StepLosses> {
    const { losses, rows, dense } = await this.gradients(batch);
    this.#step += 1;
    this.#table.update(this.#idsOf(batch), rows, this.#step);
    for (const [name, { values, moments }] of Object.entries(this.#dense)) {
      adamStep(values, moments, dense[name]!, this.#step, this.config.adam);
    }
    return losses;
  }

  /**
   * Interests [U, K, d] and routing [U, K, L], in chunks of users.
   *
   * @throws {BadInput} for a wrong history (lib/engine/checks.ts)
   */
  async interests({ history, length }: Histories): Promise<UserInterests> {
    const { K, L, d } = this.config.sizes;
    checkHistories({ history, length }, this.config.sizes);
    const U = length.length;
    const interests = new Float32Array(U * K * d); // [U, K, d]
    let routing: Float32Array | null = null; // [U, K, L]
    for (let from = 0; from < U; from += CHUNK) {
      makeCurrent(this.backend);
      const to = Math.min(U, from + CHUNK);
      const part = {
        history: history.subarray(from * L, to * L),
        length: length.subarray(from, to),
      };
      const output = tf.tidy(() => {
        const { interests, routing } = this.#forward(
          part,
          this.#historyRows(part),
          this.#denseTensors(),
        );
        return routing ? [interests, routing] : [interests];
      });
      const [ofInterests, ofRouting] = await taken(output);
      interests.set(ofInterests!, from * K * d);
      if (!ofRouting) continue;
      routing ??= new Float32Array(U * K * L);
      routing.set(ofRouting, from * K * L);
    }
    return { interests, routing };
  }

  /** Copies of the current parameters. */
  parameters(): Parameters {
    this.#table.flush(this.#step);
    const dense = Object.entries(this.#dense).map(([name, { values }]) => [name, values.slice()]);
    return { table: this.#table.values.slice(), dense: Object.fromEntries(dense) };
  }

  /**
   * New parameter values, fresh moments.
   *
   * @throws {BadInput} if names, sizes or values do not fit; nothing has changed then
   */
  load(parameters: Parameters): void {
    checkParameters(parameters, this.#lengths);
    this.#table = this.#newTable(parameters);
    this.#newDense(parameters);
    this.#step = 0;
  }

  /** A copy of everything the next step depends on. */
  state(): EngineState {
    return {
      step: this.#step,
      arrays: Object.fromEntries(this.#arrays().map(([name, array]) => [name, array.slice()])),
    };
  }

  /**
   * Puts a state back.
   *
   * @throws {BadInput} if names, sizes or values do not fit; nothing has changed then
   */
  restore(state: EngineState): void {
    checkState(state, this.#lengths, this.config.sizes);
    for (const [name, array] of this.#arrays()) array.set(state.arrays[name]!);
    this.#step = state.step;
  }

  /** Nothing outlives a step here: all tensors are tidied. */
  dispose(): void {}

  #newTable({ table }: Parameters): EmbeddingTable {
    return new EmbeddingTable(table.slice(), this.config.sizes.d, this.config.adam);
  }

  #newDense({ dense }: Parameters): void {
    for (const name of Object.keys(this.#model.parameters(this.config.sizes))) {
      const values = dense[name]!.slice();
      this.#dense[name] = { values, moments: zeroMoments(values.length) };
    }
  }

  #arrays(): [string, Float32Array | Uint32Array][] {
    const table: [string, Float32Array | Uint32Array][] = [
      ["table", this.#table.values],
      ["table.m", this.#table.moments.m],
      ["table.v", this.#table.moments.v],
      ["table.last", this.#table.last],
    ];
    const dense = Object.entries(this.#dense).flatMap(([name, { values, moments }]) =>
      [[name, values], [`${name}.m`, moments.m], [`${name}.v`, moments.v]] as [
        string,
        Float32Array,
      ][]
    );
    return [...table, ...dense];
  }

  #negativesOf(batch: Batch): Int32Array {
    return this.config.objective.softmax === "full" ? this.#wholeCatalogue : batch.negatives;
  }

  #idsOf(batch: Batch): Int32Array {
    const negatives = this.#negativesOf(batch);
    const { history, target } = batch;
    const ids = new Int32Array(history.length + target.length + negatives.length);
    ids.set(history);
    ids.set(target, history.length);
    ids.set(negatives, history.length + target.length);
    return ids;
  }

  #denseTensors(): tf.Tensor[] {
    const shapes = this.#model.parameters(this.config.sizes);
    return Object.entries(this.#dense).map(([name, { values }]) =>
      tf.tensor(values, [...shapes[name]!.shape], "float32")
    );
  }

  #rows(ids: Int32Array): Float32Array {
    return this.#table.gather(ids, this.#step);
  }

  #historyRows({ history, length }: Histories): tf.Tensor3D {
    const { L, d } = this.config.sizes;
    return tf.tensor3d(this.#rows(history), [length.length, L, d]);
  }

  #forward({ history, length }: Histories, rows: tf.Tensor3D, dense: tf.Tensor[]): ModelOutput {
    const { L } = this.config.sizes;
    const named = Object.fromEntries(Object.keys(this.#dense).map((name, i) => [name, dense[i]!]));
    const real = Float32Array.from(history, (_, i) => i % L < length[Math.floor(i / L)]! ? 1 : 0);
    const mask = tf.tensor2d(real, [length.length, L]);
    return this.#model.forward({ history: rows, mask }, named, this.config.sizes);
  }
}

/** The tensors of a forward pass that are read, in the order they are read in. */
function forwardOf({ loss, softmaxLoss, penalty, readout }: ObjectiveValue): tf.Tensor[] {
  return [loss, softmaxLoss, penalty, readout.vector, readout.selected];
}

/** The numbers of tensors, which are disposed; some backends cannot read at once. */
async function taken(tensors: tf.Tensor[]): Promise<Float32Array[]> {
  const values = await Promise.all(tensors.map((tensor) => tensor.data<"float32">()));
  tf.dispose(tensors);
  return values;
}
