/** The softmax term by the kernels, as one operation of the graph with its gradient. */
import * as tf from "@tensorflow/tfjs-core";
import type { ObjectiveConfig } from "../engine/engine_config.ts";
import type { LossGradients, SoftmaxKernels } from "../engine/core/softmax_kernels.ts";
import { numbersOf, tensorOf } from "../engine/tfjs/numbers.ts";
import { drawnReadout } from "./readout.ts";
import type { SoftmaxLoss } from "./softmax_loss.ts";

/** Interests that the kernels choose among: a drawn one is chosen before. */
export function kernelInterests({ selection }: ObjectiveConfig, K: number): number {
  return selection === "bam" ? 1 : K;
}

/**
 * What {@linkcode softmaxLoss} defines, by the kernels: loss and gradients at once. Tensors are
 * read at once, so they must not lie on a GPU.
 *
 * @param kernels for the shapes and the objective of all calls
 */
export function kernelSoftmaxLoss(kernels: SoftmaxKernels): SoftmaxLoss {
  return (interests, { target, negatives, chance }, { selection }) => {
    if (selection !== "bam") return trained(kernels, interests, target, negatives);
    const readout = drawnReadout(interests, target, chance);
    const [B, d] = readout.vector.shape;
    const chosen = tf.reshape(readout.vector, [B, 1, d]) as tf.Tensor3D; // [B, 1, d]
    return { loss: trained(kernels, chosen, target, negatives).loss, readout };
  };
}

/** The term over the interests nearest to the targets. */
function trained(
  kernels: SoftmaxKernels,
  interests: tf.Tensor3D,
  target: tf.Tensor2D,
  negatives: tf.Tensor2D,
): ReturnType<SoftmaxLoss> {
  let found: LossGradients | undefined;
  const operation = tf.customGrad((...given) => {
    const [v, e, n, save] = given as [tf.Tensor, tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    found = kernels.run(numbersOf(v), numbersOf(e), numbersOf(n));
    save([
      tensorOf(found.interests, v.shape),
      tensorOf(found.target, e.shape),
      tensorOf(found.negatives, n.shape),
    ]);
    // as a term of a sum it has the gradient 1: nothing to multiply by then
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) =>
      saved.map((g) => numbersOf(dy)[0] === 1 ? tf.clone(g) : tf.mul(g, dy));
    return { value: tf.scalar(found.loss), gradFunc };
  });
  const loss = operation(interests, target, negatives) as tf.Scalar;
  const { readout, selected } = found!;
  return {
    loss,
    readout: {
      vector: tensorOf(readout, target.shape) as tf.Tensor2D,
      selected: tf.tensor1d(selected, "int32"),
    },
  };
}
