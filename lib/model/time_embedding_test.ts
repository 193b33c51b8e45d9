import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { Random } from "../base/random.ts";
import { dayOf } from "../data/days.ts";
import { useTfjsBackend } from "../engine/tfjs/backends.ts";
import { timeEmbeddingCovers } from "../engine/tfjs/time_embedding_kernel.ts";
import { assertClose } from "../testing/assert_close.ts";
import { fixture, type TrainingFixture } from "../testing/fixtures.ts";
import { RealPositions } from "./real_positions.ts";
import { timeEmbedding, timeMatrix } from "./time_embedding.ts";

Deno.test("the time matrix of time stamps is the official code's", async () => {
  await useTfjsBackend("cpu");
  const { steps, config } = fixture<TrainingFixture>("pimi");
  let repeated = 0;
  for (const { timestamps, mask, time_matrix } of steps) {
    const days = timestamps!.map((row) => row.map((t) => dayOf(t, row[0]!)));
    const T = tf.tidy(() =>
      timeMatrix(
        tf.tensor2d(days.map((row) => [...row]), undefined, "int32"),
        tf.tensor2d(mask.map((row) => [...row])),
        config.time_span!,
      ).arraySync()
    );
    assert.deepEqual(T, time_matrix);
    repeated += time_matrix!.flat(2).filter((days) => days === config.time_span).length;
  }
  assert.ok(repeated > 0); // the span cuts some
});

Deno.test("the kernels of the intervals are their definition, with all gradients", async () => {
  for (const [B, L, span, d] of [[1, 1, 1, 8], [5, 7, 3, 16], [40, 20, 64, 64]] as const) {
    const random = new Random(6);
    const draw = (n: number) => Array.from({ length: n }, () => random.normal());
    const length = Int32Array.from({ length: B }, () => 1 + random.below(L));
    const clock = Array.from({ length: B * L }, () => random.below(2 * span));
    const mask = Array.from(
      { length: B * L },
      (_, i) => i % L < length[Math.floor(i / L)]! ? 1 : 0,
    );
    const n = length.reduce((a, b) => a + b);
    const [ofTau, ofW, weights] = [draw((span + 1) * d), draw(d), draw(n * d)];
    const found = async (backend: "cpu" | "wasm") => {
      await useTfjsBackend(backend);
      const results = tf.tidy(() => {
        const inputs = [tf.tensor2d(ofTau, [span + 1, d]), tf.tensor2d(ofW, [d, 1])] as const;
        assert.equal(timeEmbeddingCovers(inputs[0]), backend === "wasm");
        const real = new RealPositions(length, L);
        const [T, M] = [tf.tensor2d(clock, [B, L], "int32"), tf.tensor2d(mask, [B, L])];
        const f = (Tau: tf.Tensor, w: tf.Tensor) =>
          timeEmbedding(T, M, real, Tau as tf.Tensor2D, w as tf.Tensor2D);
        const weighted = (...[Tau, w]: tf.Tensor[]) =>
          tf.sum(tf.mul(f(Tau!, w!), tf.tensor2d(weights, [n, d])));
        return [f(...inputs), ...tf.grads(weighted)([...inputs])];
      });
      const numbers = results.map((tensor) => [...tensor.dataSync()]);
      tf.dispose(results);
      return numbers;
    };
    const [want, got] = [await found("cpu"), await found("wasm")];
    want.forEach((numbers, i) => {
      const most = Math.max(...numbers.map(Math.abs));
      const what = `${i} of ${[B, L, span, d]}`;
      assertClose(got[i], numbers, { absolute: 2e-6 * most, relative: 2e-6 }, what);
    });
  }
});
