/** A model's dense parameters with their Adam moments. */
import * as tf from "@tensorflow/tfjs-core";
import { tensorOf } from "../engine/tfjs/numbers.ts";
import type { DenseMemory, Moments } from "../engine/core/dense_memory.ts";
import type { Parameters } from "../engine/engine.ts";
import type { Parameter } from "../model/model.ts";

/** Parameters by name, in the model's order. */
export class DenseParameters {
  readonly #all = new Map<string, { shape: number[]; values: Float32Array; moments: Moments }>();

  /** All of them 0, in arrays of that memory. */
  constructor(
    parameters: Readonly<Record<string, Parameter>>,
    private readonly memory: DenseMemory,
  ) {
    for (const [name, { shape }] of Object.entries(parameters)) {
      const zeros = () => memory.zeros(tf.util.sizeFromShape([...shape]));
      this.#all.set(name, {
        shape: [...shape],
        values: zeros(),
        moments: { m: zeros(), v: zeros() },
      });
    }
  }

  /** Replaces the values; all moments become zero. */
  load(dense: Parameters["dense"]): void {
    for (const [name, { values, moments: { m, v } }] of this.#all) {
      values.set(dense[name]!);
      m.fill(0);
      v.fill(0);
    }
  }

  /** Their values as tensors, in order. */
  tensors(): tf.Tensor[] {
    return [...this.#all.values()].map(({ shape, values }) => tensorOf(values, shape));
  }

  /** What belongs to them, in order, by their names. */
  named<T>(inOrder: readonly T[]): Record<string, T> {
    return Object.fromEntries([...this.#all.keys()].map((name, i) => [name, inOrder[i]!]));
  }

  /** One Adam step t. */
  update(gradients: Readonly<Record<string, Float32Array>>, t: number): void {
    for (const [name, { values, moments }] of this.#all) {
      this.memory.step(values, moments, gradients[name]!, t);
    }
  }

  /** Copies of their values. */
  copies(): Record<string, Float32Array> {
    return this.named([...this.#all.values()].map(({ values }) => values.slice()));
  }

  /** Values and moments, by the names an engine's state gives them. */
  arrays(): [string, Float32Array][] {
    return [...this.#all].flatMap(([name, { values, moments: { m, v } }]) =>
      [[name, values], [`${name}.m`, m], [`${name}.v`, v]] as [string, Float32Array][]
    );
  }
}
