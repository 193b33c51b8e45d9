/** Means whose kernels give their gradients at once. */
import * as tf from "@tensorflow/tfjs-core";

/**
 * A scalar of some tensors by a kernel that gives [1], then its gradients of the tensors in their
 * order.
 *
 * @param trained by the names of the kernel's inputs
 * @param others  inputs that no gradient reaches
 */
export function valueWithGradients(
  kernel: string,
  trained: Readonly<Record<string, tf.Tensor>>,
  others: Readonly<Record<string, tf.Tensor>>,
  attrs: tf.NamedAttrMap = {},
): tf.Scalar {
  const operation = tf.customGrad((...given) => {
    const save = given.pop() as unknown as tf.GradSaveFunc;
    const named = Object.keys(trained).map((name, i) => [name, given[i] as tf.Tensor]);
    const inputs = { ...Object.fromEntries(named), ...others };
    const [mean, ...gradients] = tf.engine().runKernel<tf.Tensor[]>(kernel, inputs, attrs);
    save(gradients);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => saved.map((g) => tf.mul(g, dy));
    return { value: tf.reshape(mean!, []), gradFunc };
  });
  return operation(...Object.values(trained)) as tf.Scalar;
}
