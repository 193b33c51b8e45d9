/** The softmax term by the kernels, as one operation of the graph with its gradient. */
import * as tf from "@tensorflow/tfjs-core";
import type { ObjectiveConfig } from "../engine/engine_config.ts";
import type { LossGradients, SoftmaxKernels } from "../engine/core/softmax_kernels.ts";
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
    found = kernels.run(numbers(v), numbers(e), numbers(n));
    save([
      tf.tensor(found.interests, v.shape),
      tf.tensor(found.target, e.shape),
      tf.tensor(found.negatives, n.shape),
    ]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => saved.map((g) => tf.mul(g, dy));
    return { value: tf.scalar(found.loss), gradFunc };
  });
  const loss = operation(interests, target, negatives) as tf.Scalar;
  const { readout, selected } = found!;
  return {
    loss,
    readout: {
      vector: tf.tensor2d(readout, target.shape),
      selected: tf.tensor1d(selected, "int32"),
    },
  };
}

function numbers(tensor: tf.Tensor): Float32Array {
  return tensor.dataSync<"float32">();
}
