/** Which tensors of a step are read, and reading them. */
import * as tf from "@tensorflow/tfjs-core";
import type { ObjectiveValue } from "../objective/objective.ts";

/** The numbers of tensors, which are disposed; some backends cannot read at once. */
export async function taken(tensors: tf.Tensor[]): Promise<Float32Array[]> {
  const values = await Promise.all(tensors.map((tensor) => tensor.data<"float32">()));
  tf.dispose(tensors);
  return values;
}

/** The tensors of a forward pass that are read, in the order they are read in. */
export function forwardOf(
  { loss, softmaxLoss, penalty, terms, readout }: ObjectiveValue,
): tf.Tensor[] {
  return [loss, softmaxLoss, penalty, readout.vector, readout.selected, ...Object.values(terms)];
}
