/** Two dense layers with a tanh between them: what makes logits of items in attention. */
import * as tf from "@tensorflow/tfjs-core";
import {
  TANH_LAYER,
  TANH_LAYER_GRADIENT,
  tanhLayerCovers,
} from "../engine/tfjs/tanh_layer_kernel.ts";

/** The weights of both, and a bias of the first. */
export interface TanhLayer {
  /** [d, h] */
  readonly W1: tf.Tensor;
  /** [h] */
  readonly b1?: tf.Tensor;
  /** [h, K] */
  readonly W2: tf.Tensor;
}

/**
 * tanh(x W1 + b1) W2
 *
 * @param x [n, d]
 * @returns [n, K]
 */
export function tanhLayer(x: tf.Tensor2D, layer: TanhLayer): tf.Tensor2D {
  if (tanhLayerCovers(layer.W1)) return byKernel(x, layer);
  const mapped = tf.matMul(x, layer.W1); // [n, h]
  return tf.matMul(tf.tanh(layer.b1 ? tf.add(mapped, layer.b1) : mapped), layer.W2);
}

function byKernel(x: tf.Tensor2D, { W1, b1, W2 }: TanhLayer): tf.Tensor2D {
  const run = (kernel: string, [X, W1, W2, b1]: tf.Tensor[], more: tf.NamedTensorMap = {}) => {
    const inputs = { X: X!, W1: W1!, W2: W2!, ...b1 && { b1 }, ...more };
    return tf.engine().runKernel<tf.Tensor[]>(kernel, inputs);
  };
  const operation = tf.customGrad((...given) => {
    const save = given.pop() as unknown as tf.GradSaveFunc;
    const inputs = given as tf.Tensor[];
    const [Y, H] = run(TANH_LAYER, inputs);
    save([H!, ...inputs]);
    const gradFunc = (dY: tf.Tensor, [H, ...inputs]: tf.Tensor[]) =>
      run(TANH_LAYER_GRADIENT, inputs, { H: H!, dY });
    return { value: Y!, gradFunc };
  });
  return operation(x, W1, W2, ...b1 ? [b1] : []) as tf.Tensor2D;
}
