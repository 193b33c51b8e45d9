/** Values that training does not look behind. */
import * as tf from "@tensorflow/tfjs-core";

/**
 * f(inputs) without a gradient for the inputs: what the reference calls detached. What f computes
 * is not recorded either, so nothing is differentiated in vain.
 */
export function asConstant<T extends tf.Tensor>(
  f: (...inputs: tf.Tensor[]) => T,
  ...inputs: tf.Tensor[]
): T {
  const shapes = inputs.map((input) => input.shape);
  const operation = tf.customGrad((...given) => ({
    value: f(...given.slice(0, shapes.length) as tf.Tensor[]),
    gradFunc: () => shapes.map((shape) => tf.zeros(shape)),
  }));
  return operation(...inputs) as T;
}
