import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import { Random } from "../base/random.ts";
import { useTfjsBackend } from "../engine/tfjs/backends.ts";
import { gruCovers } from "../engine/tfjs/gru_kernel.ts";
import { assertClose } from "../testing/assert_close.ts";
import { RealPositions } from "./real_positions.ts";
import { recurrent } from "./recurrent.ts";

Deno.test("the kernels of a recurrent layer are its definition, with all gradients", async () => {
  const random = new Random(6);
  const draw = (n: number, deviation = 1) =>
    Array.from({ length: n }, () => deviation * random.normal());
  for (const [B, L, H] of [[1, 1, 8], [3, 1, 8], [5, 4, 24], [33, 7, 56], [9, 20, 120]] as const) {
    const length = Int32Array.from({ length: B }, () => 1 + random.below(L));
    const n = length.reduce((a, b) => a + b, 0);
    const c = H / 2 + 4;
    const x = draw(n * c), W = draw(3 * c * H, c ** -0.5), U = draw(3 * H * H, H ** -0.5);
    const weights = draw(n * H);
    const found = async (backend: "cpu" | "wasm") => {
      await useTfjsBackend(backend);
      const results = tf.tidy(() => {
        const real = new RealPositions(length, L);
        const inputs = [
          tf.tensor2d(x, [n, c]),
          tf.tensor2d(W, [c, 3 * H]),
          tf.tensor2d(U, [H, 3 * H]),
        ] as const;
        assert.equal(gruCovers(inputs[1], inputs[2]), backend === "wasm");
        const states = (...given: tf.Tensor[]) =>
          recurrent(...given as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D], real);
        const weighted = (...given: tf.Tensor[]) =>
          tf.sum(tf.mul(states(...given), tf.tensor2d(weights, [n, H])));
        return [states(...inputs), ...tf.grads(weighted)([...inputs])];
      });
      const numbers = results.map((tensor) => [...tensor.dataSync()]);
      tf.dispose(results);
      return numbers;
    };
    const [want, got] = [await found("cpu"), await found("wasm")];
    want.forEach((numbers, i) =>
      assertClose(got[i], numbers, { absolute: 1e-6, relative: 1e-5 }, `${i} of ${[B, L, H]}`)
    );
  }
});
