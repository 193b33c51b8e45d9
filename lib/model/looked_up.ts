/** Rows by their numbers, and sums of rows by number: each is the gradient of the other. */
import * as tf from "@tensorflow/tfjs-core";

/**
 * y_i = x_at[i]. Rows that are asked for several times add up in the gradient, which tfjs' own
 * leaves to a kernel that its wasm backend does not have.
 *
 * @param x  [R, c]
 * @param at [n] int32
 * @returns [n, c]
 */
export function lookedUp(x: tf.Tensor2D, at: tf.Tensor1D): tf.Tensor2D {
  const rows = x.shape[0];
  return linear(x, at, (x, at) => tf.gather(x, at), (dy, at) => summed(dy, at, rows));
}

/**
 * y_r = sum of x_i over all i with at[i] = r.
 *
 * @param x    [n, c]
 * @param at   [n] int32
 * @param rows R, of which some may be asked for never
 * @returns [R, c]
 */
export function summedAt(x: tf.Tensor2D, at: tf.Tensor1D, rows: number): tf.Tensor2D {
  return linear(x, at, (x, at) => summed(x, at, rows), (dy, at) => tf.gather(dy, at));
}

type Map = (x: tf.Tensor2D, at: tf.Tensor1D) => tf.Tensor2D;

/** A linear map of x with its transpose. */
function linear(x: tf.Tensor2D, at: tf.Tensor1D, map: Map, transposed: Map): tf.Tensor2D {
  const operation = tf.customGrad((...given) => {
    const [input, save] = given as [tf.Tensor, tf.GradSaveFunc];
    save([at]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) =>
      transposed(dy as tf.Tensor2D, saved[0] as tf.Tensor1D);
    return { value: map(input as tf.Tensor2D, at), gradFunc };
  });
  return operation(x) as tf.Tensor2D;
}

function summed(x: tf.Tensor2D, at: tf.Tensor1D, rows: number): tf.Tensor2D {
  return tf.scatterND(tf.expandDims(at, 1), x, [rows, x.shape[1]]) as tf.Tensor2D;
}
