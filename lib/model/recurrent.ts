/** A gated recurrent layer over packed histories. */
import * as tf from "@tensorflow/tfjs-core";
import { GRU, GRU_GRADIENT, gruCovers } from "../engine/tfjs/gru_kernel.ts";
import type { RealPositions } from "./real_positions.ts";

/**
 * The state after each item, from zeros; with the item's part x and g = U^T h of the state before,
 * columns r, z, n of both,
 *
 *     r = sigmoid(x_r + g_r),  z = sigmoid(x_z + g_z),  n = tanh(x_n + r g_n),
 *     h <- (1 - z) n + z h
 *
 * @param x [n, 3 H] of the real positions
 * @param U [H, 3 H]
 * @returns [n, H]
 */
export function recurrent(x: tf.Tensor2D, U: tf.Tensor2D, real: RealPositions): tf.Tensor2D {
  return gruCovers(U) ? byKernel(x, U, [...real.sizes]) : byDefinition(x, U, real);
}

function byDefinition(x: tf.Tensor2D, U: tf.Tensor2D, real: RealPositions): tf.Tensor2D {
  let h: tf.Tensor = tf.zeros([real.sizes[0]!, U.shape[0]]); // of the users whose histories go on
  const states = real.byPosition(x).map((ofItems) => { // [n_l, 3 H]
    const going = tf.slice(h, 0, ofItems.shape[0]); // [n_l, H]
    const [xr, xz, xn] = tf.split(ofItems, 3, -1); // [n_l, H] each
    const [gr, gz, gn] = tf.split(tf.matMul(going, U), 3, -1);
    const r = tf.sigmoid(tf.add(xr!, gr!));
    const z = tf.sigmoid(tf.add(xz!, gz!));
    const n = tf.tanh(tf.add(xn!, tf.mul(r, gn!)));
    h = tf.add(n, tf.mul(z, tf.sub(going, n)));
    return h as tf.Tensor2D;
  });
  return tf.concat(states);
}

function byKernel(x: tf.Tensor2D, U: tf.Tensor2D, sizes: number[]): tf.Tensor2D {
  const operation = tf.customGrad((...given) => {
    const [rows, matrix, save] = given as [tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    const run = (kernel: string, inputs: tf.NamedTensorMap) =>
      tf.engine().runKernel<tf.Tensor[]>(kernel, inputs, { sizes });
    const [states, gates] = run(GRU, { x: rows, U: matrix });
    save([rows, matrix, states!, gates!]);
    const gradFunc = (dy: tf.Tensor, [x, U, states, gates]: tf.Tensor[]) =>
      run(GRU_GRADIENT, { x: x!, U: U!, states: states!, gates: gates!, dy });
    return { value: states!, gradFunc };
  });
  return operation(x, U) as tf.Tensor2D;
}
