import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import { Random } from "../base/random.ts";
import { useTfjsBackend } from "../engine/tfjs/backends.ts";
import { routedSumsCover } from "../engine/tfjs/routed_sums_kernel.ts";
import { assertClose } from "../testing/assert_close.ts";
import { RealPositions } from "./real_positions.ts";
import { routedSums } from "./routed_sums.ts";

Deno.test("the kernels of sums of items are their definition, with all gradients", async () => {
  for (const [B, L, K, d] of [[1, 1, 1, 8], [5, 7, 3, 24], [40, 20, 4, 64]] as const) {
    const random = new Random(9);
    const draw = (n: number) => Array.from({ length: n }, () => random.normal());
    const length = Int32Array.from({ length: B }, () => 1 + random.below(L));
    const n = length.reduce((a, b) => a + b);
    const A = draw(B * K * L).map((x, i) => i % L < length[Math.floor(i / (K * L))]! ? x : 0);
    const [E, weights] = [draw(n * d), draw(B * K * d)];
    const found = async (backend: "cpu" | "wasm") => {
      await useTfjsBackend(backend);
      const results = tf.tidy(() => {
        const real = new RealPositions(length, L);
        const inputs = [tf.tensor3d(A, [B, K, L]), tf.tensor2d(E, [n, d])] as const;
        const mask = tf.tensor2d(
          Array.from({ length: B * L }, (_, i) => i % L < length[Math.floor(i / L)]! ? 1 : 0),
          [B, L],
        );
        assert.equal(routedSumsCover(inputs[1]), backend === "wasm");
        const f = (routing: tf.Tensor, rows: tf.Tensor) => {
          const items = rows as tf.Tensor2D, history = real.padded(items);
          const onReal = tf.mul(routing, tf.expandDims(mask, 1)) as tf.Tensor3D;
          return routedSums(onReal, { items, history, real });
        };
        const weighted = (...[routing, rows]: tf.Tensor[]) =>
          tf.sum(tf.mul(f(routing!, rows!), tf.tensor3d(weights, [B, K, d])));
        return [f(...inputs), ...tf.grads(weighted)([...inputs])];
      });
      const numbers = results.map((tensor) => [...tensor.dataSync()]);
      tf.dispose(results);
      return numbers;
    };
    const [want, got] = [await found("cpu"), await found("wasm")];
    want.forEach((numbers, i) => {
      const most = Math.max(...numbers.map(Math.abs));
      const what = `${i} of ${[B, L, K, d]}`;
      assertClose(got[i], numbers, { absolute: 2e-6 * most, relative: 2e-6 }, what);
    });
  }
});
