/** A gated recurrent layer over packed histories. */
import * as tf from "@tensorflow/tfjs-core";
import { GRU, GRU_GRADIENT, gruCovers } from "../engine/tfjs/gru_kernel.ts";
import type { RealPositions } from "./real_positions.ts";

/**
 * The state after each item, from zeros; with a = W^T x of the item and g = U^T h of the state
 * before, columns r, z, n of both,
 *
 *     r = sigmoid(a_r + g_r),  z = sigmoid(a_z + g_z),  n = tanh(a_n + r g_n),
 *     h <- (1 - z) n + z h
 *
 * @param x [n, c] of the real positions
 * @param W [c, 3 H]
 * @param U [H, 3 H]
 * @returns [n, H]
 */
export function recurrent(
  x: tf.Tensor2D,
  W: tf.Tensor2D,
  U: tf.Tensor2D,
  real: RealPositions,
): tf.Tensor2D {
  return gruCovers(W, U)
    ? byKernel(x, W, U, [...real.sizes])
    : byDefinition(tf.matMul(x, W), U, real);
}

/** a [n, 3 H] */
function byDefinition(a: tf.Tensor2D, U: tf.Tensor2D, real: RealPositions): tf.Tensor2D {
  let h: tf.Tensor = tf.zeros([real.sizes[0]!, U.shape[0]]); // of the users whose histories go on
  const states = real.byPosition(a).map((ofItems) => { // [n_l, 3 H]
    const going = tf.slice(h, 0, ofItems.shape[0]); // [n_l, H]
    const [ar, az, an] = tf.split(ofItems, 3, -1); // [n_l, H] each
    const [gr, gz, gn] = tf.split(tf.matMul(going, U), 3, -1);
    const r = tf.sigmoid(tf.add(ar!, gr!));
    const z = tf.sigmoid(tf.add(az!, gz!));
    const n = tf.tanh(tf.add(an!, tf.mul(r, gn!)));
    h = tf.add(n, tf.mul(z, tf.sub(going, n)));
    return h as tf.Tensor2D;
  });
  return tf.concat(states);
}

function byKernel(
  x: tf.Tensor2D,
  W: tf.Tensor2D,
  U: tf.Tensor2D,
  sizes: number[],
): tf.Tensor2D {
  const operation = tf.customGrad((...given) => {
    const [rows, ofRows, ofStates, save] = given as Given;
    const run = (kernel: string, inputs: tf.NamedTensorMap) =>
      tf.engine().runKernel<tf.Tensor[]>(kernel, inputs, { sizes });
    const [states, gates] = run(GRU, { x: rows, W: ofRows, U: ofStates });
    save([rows, ofRows, ofStates, states!, gates!]);
    const gradFunc = (dy: tf.Tensor, [x, W, U, states, gates]: tf.Tensor[]) =>
      run(GRU_GRADIENT, { x: x!, W: W!, U: U!, states: states!, gates: gates!, dy });
    return { value: states!, gradFunc };
  });
  return operation(x, W, U) as tf.Tensor2D;
}

/** What a custom operation is called with. */
type Given = [tf.Tensor, tf.Tensor, tf.Tensor, tf.GradSaveFunc];
