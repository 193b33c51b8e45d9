/** Interests as sums of a user's items. */
import * as tf from "@tensorflow/tfjs-core";
import {
  ROUTED_SUMS,
  ROUTED_SUMS_GRADIENT,
  routedSumsCover,
} from "../engine/tfjs/routed_sums_kernel.ts";
import type { ModelInput } from "./model.ts";

/**
 * V_k = sum_l A_kl e_l over the real positions.
 *
 * @param routing [B, K, L] A, 0 on padding
 * @returns [B, K, d]
 */
export function routedSums(
  routing: tf.Tensor3D,
  given: Pick<ModelInput, "items" | "history" | "real">,
): tf.Tensor3D {
  const { items, real: { rows } } = given;
  if (!routedSumsCover(items)) return tf.matMul(routing, given.history);
  const run = (kernel: string, inputs: tf.NamedTensorMap) =>
    tf.engine().runKernel<tf.Tensor[]>(kernel, inputs);
  const operation = tf.customGrad((...tensors) => {
    const [A, E, save] = tensors as [tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    save([A, E, rows]);
    const gradFunc = (dV: tf.Tensor, [A, E, rows]: tf.Tensor[]) =>
      run(ROUTED_SUMS_GRADIENT, { A: A!, E: E!, rows: rows!, dV });
    return { value: run(ROUTED_SUMS, { A, E, rows })[0]!, gradFunc };
  });
  return operation(routing, items) as tf.Tensor3D;
}
