import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import { Random } from "../base/random.ts";
import { useTfjsBackend } from "../engine/tfjs/backends.ts";
import { reconstructCovers } from "../engine/tfjs/reconstruct_kernel.ts";
import { assertClose } from "../testing/assert_close.ts";
import { attentionLogits } from "./attention.ts";
import { attend, construct, contrast, positives } from "./re4_terms.ts";
import { RealPositions } from "./real_positions.ts";

/** B histories of up to L items of d numbers, K interests. */
const shapes = [[1, 1, 1, 8], [2, 5, 3, 16], [9, 20, 4, 64], [40, 3, 2, 24]] as const;

/** What the gradient of each term reaches: of V0, history, C, c, W3, W4, W5 and scores. */
const terms = { attend: [0, 1, 7], contrast: [0, 1], construct: [0, 1, 2, 3, 4, 5, 6] } as const;

Deno.test("the kernels of Re4's backward flows are their definitions", async () => {
  for (const [B, L, K, d] of shapes) {
    const random = new Random(8);
    const draw = (...shape: number[]) => ({
      shape,
      values: Array.from(
        { length: tf.util.sizeFromShape(shape) },
        () => random.normal() / Math.sqrt(Math.min(d, shape[0]! * d)),
      ),
    });
    const length = Int32Array.from({ length: B }, () => 1 + random.below(L));
    const filled = (i: number) => i % L < length[Math.floor(i / L)]!;
    const inSlots = Array.from({ length: B * L }, (_, i) => filled(i) ? 1 : 0);
    const [history, scores] = [draw(B, L, d), draw(B, K, L)];
    history.values = history.values.map((x, i) => filled(Math.floor(i / d)) ? x : 0);
    scores.values = scores.values.map((x) => 4 * Math.sqrt(d) * x);
    const weights = [draw(d, L * d), draw(L * d), draw(d, d), draw(d, L), draw(d, d)];
    const given = [draw(B, K, d), history, ...weights, scores];
    const found = async (backend: "cpu" | "wasm", term: keyof typeof terms) => {
      await useTfjsBackend(backend);
      const results = tf.tidy(() => {
        const mask = tf.tensor2d(inSlots, [B, L]), real = new RealPositions(length, L);
        const inputs = given.map(({ values, shape }) => tf.tensor(values, shape));
        assert.equal(reconstructCovers(inputs[0] as tf.Tensor3D), backend === "wasm");
        const f = (...[raw, history, C, c, W3, W4, W5, scores]: tf.Tensor[]) => {
          const [V, H] = [raw, history] as tf.Tensor3D[];
          const given = { items: real.packed(H!), history: H!, mask, real };
          const logits = attentionLogits(scores!, mask);
          const made = positives(tf.softmax(logits), mask, -1);
          if (term === "attend") return attend(V!, logits, given);
          if (term === "contrast") return contrast(V!, made, given);
          const parameters = { C: C!, c: c!, W3: W3!, W4: W4!, W5: W5! };
          return construct(V!, made, given, parameters);
        };
        const reached = terms[term];
        const among = (some: readonly tf.Tensor[]) => {
          const all = [...inputs];
          reached.forEach((at, i) => all[at] = some[i]!);
          return f(...all);
        };
        const gradients = tf.grads((...x) => among(x))(reached.map((at) => inputs[at]!));
        return [f(...inputs), ...gradients];
      });
      const numbers = results.map((tensor) => [...tensor.dataSync()]);
      tf.dispose(results);
      return numbers;
    };
    for (const term of ["attend", "contrast", "construct"] as const) {
      const [want, got] = [await found("cpu", term), await found("wasm", term)];
      want.forEach((numbers, i) => {
        const most = Math.max(...numbers.map(Math.abs));
        const what = `${i} of ${term} of ${[B, L, K, d]}`;
        assertClose(got[i], numbers, { absolute: 5e-6 * most, relative: 1e-5 }, what);
      });
    }
  }
});
