import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import { Random } from "../base/random.ts";
import { useTfjsBackend } from "../engine/tfjs/backends.ts";
import { starCovers } from "../engine/tfjs/star_kernel.ts";
import { assertClose } from "../testing/assert_close.ts";
import { RealPositions } from "./real_positions.ts";
import { type Block, HEADS, neighbours, starGraph } from "./star_graph.ts";

/** B histories of up to L items of d numbers, through some blocks. */
const shapes = [[1, 1, 32, 1], [3, 4, 32, 2], [9, 20, 64, 3], [70, 3, 64, 2]] as const;

Deno.test("the kernels of the star graph are its definition, with all gradients", async () => {
  for (const [B, L, d, count] of shapes) {
    for (const dropped of [false, true]) {
      const random = new Random(3);
      const draw = (n: number, deviation = 1) =>
        Array.from({ length: n }, () => deviation * random.normal());
      const length = Int32Array.from({ length: B }, () => 1 + random.below(L));
      const n = length.reduce((a, b) => a + b);
      const rows = [draw(n * d), draw(n * d), draw(B * d)];
      const matrices = Array.from({ length: 4 * count }, () => draw(d * d, 1 / Math.sqrt(d)));
      const biases = Array.from({ length: 3 * count }, () => draw(d, 0.5));
      const keep = (size: number) =>
        Array.from({ length: size }, () => random.below(3) === 0 ? 0 : 1.5);
      const kept = Array.from(
        { length: count },
        () => [keep(n * HEADS * 4), keep(B * HEADS * (L + 1))],
      );
      const weights = draw(n * d);
      const found = async (backend: "cpu" | "wasm") => {
        await useTfjsBackend(backend);
        const results = tf.tidy(() => {
          const graph = neighbours(new RealPositions(length, L), B, L);
          const noise = kept.map(([items, centre], i) =>
            dropped
              ? {
                items: tf.tensor3d(items!, [n, HEADS, 4]),
                centre: i < count - 1 ? tf.tensor3d(centre!, [B, HEADS, L + 1]) : undefined,
              }
              : {}
          );
          const f = (...given: tf.Tensor[]) => {
            const [nodes, embedded, centre, ...of] = given as tf.Tensor2D[];
            const blocks = Array.from({ length: count }, (_, i): Block => {
              const [query, key, value, output] = of.slice(4 * i).map((W) => ({ W }));
              const [q, v, o] = of.slice(4 * count + 3 * i);
              return {
                query: { ...query!, b: q },
                key: key!,
                value: { ...value!, b: v },
                output: { ...output!, b: o },
              };
            });
            return starGraph({ nodes: nodes!, centre: centre! }, embedded!, graph, blocks, noise);
          };
          const inputs = [
            ...rows.map((values) => tf.tensor2d(values, [values.length / d, d])),
            ...matrices.map((values) => tf.tensor2d(values, [d, d])),
            ...biases.map((values) => tf.tensor1d(values)),
          ];
          assert.equal(starCovers(inputs[0] as tf.Tensor2D, HEADS), backend === "wasm");
          const weighted = (...x: tf.Tensor[]) =>
            tf.sum(tf.mul(f(...x), tf.tensor2d(weights, [n, d])));
          return [f(...inputs), ...tf.grads(weighted)(inputs)];
        });
        const numbers = results.map((tensor) => [...tensor.dataSync()]);
        tf.dispose(results);
        return numbers;
      };
      const [want, got] = [await found("cpu"), await found("wasm")];
      want.forEach((numbers, i) => {
        const most = Math.max(...numbers.map(Math.abs));
        const what = `${i} of ${[B, L, d, count, dropped]}`;
        assertClose(got[i], numbers, { absolute: 5e-6 * most, relative: 5e-6 }, what);
      });
    }
  }
});
