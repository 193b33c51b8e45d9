import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import { Random } from "../base/random.ts";
import { attendRowsCovers } from "../engine/tfjs/attend_rows_kernel.ts";
import { useTfjsBackend } from "../engine/tfjs/backends.ts";
import { assertClose } from "../testing/assert_close.ts";
import { attendRows } from "./attend_rows.ts";

const HEADS = 4;

/** N queries to M of R rows of d numbers. */
const shapes = [[1, 1, 1, 16], [7, 4, 9, 32], [5, 21, 30, 64], [40, 4, 100, 64]] as const;

Deno.test("the kernels of attention to rows are its definition, with all gradients", async () => {
  for (const [N, M, R, d] of shapes) {
    for (const dropped of [false, true]) {
      const random = new Random(3);
      const draw = (n: number, deviation = 1) =>
        Array.from({ length: n }, () => deviation * random.normal());
      const [query, keys, values] = [draw(N * d, 2), draw(R * d), draw(R * d)];
      const at = Array.from({ length: N * M }, () => random.below(R));
      const kept = Array.from({ length: N * HEADS * M }, () => random.below(3) === 0 ? 0 : 1.5);
      const weights = draw(N * d);
      const found = async (backend: "cpu" | "wasm") => {
        await useTfjsBackend(backend);
        const results = tf.tidy(() => {
          const f = (q: tf.Tensor, k: tf.Tensor, v: tf.Tensor) =>
            attendRows(
              q as tf.Tensor2D,
              { keys: k as tf.Tensor2D, values: v as tf.Tensor2D },
              tf.tensor1d(at, "int32"),
              HEADS,
              dropped ? tf.tensor3d(kept, [N, HEADS, M]) : undefined,
            );
          const inputs = [
            tf.tensor2d(query, [N, d]),
            tf.tensor2d(keys, [R, d]),
            tf.tensor2d(values, [R, d]),
          ] as const;
          assert.equal(attendRowsCovers(inputs[0], HEADS), backend === "wasm");
          const weighted = (...x: tf.Tensor[]) =>
            tf.sum(tf.mul(f(x[0]!, x[1]!, x[2]!), tf.tensor2d(weights, [N, d])));
          return [f(...inputs), ...tf.grads(weighted)([...inputs])];
        });
        const numbers = results.map((tensor) => [...tensor.dataSync()]);
        tf.dispose(results);
        return numbers;
      };
      const [want, got] = [await found("cpu"), await found("wasm")];
      want.forEach((numbers, i) =>
        assertClose(got[i], numbers, { absolute: 1e-6, relative: 2e-6 }, `${i} of ${[N, M, R, d]}`)
      );
    }
  }
});
