/** Values that training does not look behind. */
import * as tf from "@tensorflow/tfjs-core";

/**
 * f() as a constant of the gradient: what the reference calls detached. What f computes is not
 * recorded either, so nothing is differentiated in vain.
 */
export function asConstant<T extends tf.Tensor>(f: () => T): T {
  return tf.customGrad(() => ({ value: f(), gradFunc: () => [] }))() as T;
}
