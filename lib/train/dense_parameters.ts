/** A model's dense parameters with their Adam moments. */
import * as tf from "@tensorflow/tfjs-core";
import type { AdamConfig } from "../engine/engine_config.ts";
import type { Parameters } from "../engine/engine.ts";
import type { Parameter } from "../model/model.ts";
import { adamStep, type Moments, zeroMoments } from "./adam.ts";

/** Parameters by name, in the model's order. */
export class DenseParameters {
  readonly #all = new Map<string, { shape: number[]; values: Float32Array; moments: Moments }>();

  /** @param values of the parameters' sizes, which are copied */
  constructor(parameters: Readonly<Record<string, Parameter>>, values: Parameters["dense"]) {
    for (const [name, { shape }] of Object.entries(parameters)) {
      const size = shape.reduce((a, b) => a * b, 1);
      const start = values[name]!.slice();
      this.#all.set(name, { shape: [...shape], values: start, moments: zeroMoments(size) });
    }
  }

  /** Their values as tensors, in order. */
  tensors(): tf.Tensor[] {
    return [...this.#all.values()].map(({ shape, values }) => tf.tensor(values, shape, "float32"));
  }

  /** What belongs to them, in order, by their names. */
  named<T>(inOrder: readonly T[]): Record<string, T> {
    return Object.fromEntries([...this.#all.keys()].map((name, i) => [name, inOrder[i]!]));
  }

  /** One Adam step t. */
  update(gradients: Readonly<Record<string, Float32Array>>, t: number, adam: AdamConfig): void {
    for (const [name, { values, moments }] of this.#all) {
      adamStep(values, moments, gradients[name]!, t, adam);
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
