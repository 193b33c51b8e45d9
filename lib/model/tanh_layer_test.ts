import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import { Random } from "../base/random.ts";
import { useTfjsBackend } from "../engine/tfjs/backends.ts";
import { tanhLayerCovers } from "../engine/tfjs/tanh_layer_kernel.ts";
import { assertClose } from "../testing/assert_close.ts";
import { tanhLayer } from "./tanh_layer.ts";

/** n rows of d numbers, h hidden ones, K in the end. */
const shapes = [[1, 8, 8, 1], [7, 8, 32, 3], [130, 64, 256, 4], [65, 24, 40, 9]] as const;

Deno.test("the kernels of two layers with a tanh are their definition", async () => {
  for (const [n, d, h, K] of shapes) {
    for (const biased of [false, true]) {
      const random = new Random(5);
      const draw = (...shape: number[]) => ({
        shape,
        values: Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.normal()),
      });
      const given = [draw(n, d), draw(d, h), draw(h, K), ...biased ? [draw(h)] : []];
      const weights = draw(n, K);
      const found = async (backend: "cpu" | "wasm") => {
        await useTfjsBackend(backend);
        const results = tf.tidy(() => {
          const inputs = given.map(({ values, shape }) => tf.tensor(values, shape));
          assert.equal(tanhLayerCovers(inputs[1]!), backend === "wasm");
          const f = ([x, W1, W2, b1]: tf.Tensor[]) =>
            tanhLayer(x as tf.Tensor2D, { W1: tf.div(W1!, Math.sqrt(d)), b1, W2: W2! });
          const weighted = (...x: tf.Tensor[]) =>
            tf.sum(tf.mul(f(x), tf.tensor(weights.values, weights.shape)));
          return [f(inputs), ...tf.grads(weighted)(inputs)];
        });
        const numbers = results.map((tensor) => [...tensor.dataSync()]);
        tf.dispose(results);
        return numbers;
      };
      const [want, got] = [await found("cpu"), await found("wasm")];
      want.forEach((numbers, i) => {
        const most = Math.max(...numbers.map(Math.abs));
        const what = `${i} of ${[n, d, h, K, biased]}`;
        assertClose(got[i], numbers, { absolute: 2e-6 * most, relative: 2e-6 }, what);
      });
    }
  }
});
