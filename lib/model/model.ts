/**
 * What a multi-interest model is: dense parameters, and a function from a user's history to K
 * interests. Nothing here knows where the data comes from, which loss follows, or what computes.
 */
import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import type { Sizes } from "../data/sizes.ts";

/** A dense parameter: its shape, and the fan-in that its Kaiming-normal start uses. */
export interface ParameterShape {
  readonly shape: readonly number[];
  /** the standard deviation at the start is sqrt(2 / fanIn), as in the reference */
  readonly fanIn: number;
}

/** What a model sees of a batch: gathered embedding rows, never the table itself. */
export interface ModelInput {
  /** [B, L, d] rows of the history, padding rows included */
  readonly history: Tensor3D;
  /** [B, L] 1 on real positions, 0 on padding */
  readonly mask: Tensor2D;
}

/** What a model says about a batch. */
export interface ModelOutput {
  /** [B, K, d] */
  readonly interests: Tensor3D;
  /** [B, K, L] weights over history positions, 0 on padding; null for models without routing */
  readonly routing: Tensor3D | null;
}

/** A model: the definition that every engine computes. */
export interface Model {
  /** its name in configurations and results */
  readonly name: string;
  /** it has one vector a user (K = 1) and no routing */
  readonly singleVector: boolean;
  /** the dense parameters it has besides the embedding table, by name, in a fixed order */
  parameters(sizes: Sizes): Readonly<Record<string, ParameterShape>>;
  /** interests and routing of a batch, differentiable in the rows and in the parameters */
  forward(
    input: ModelInput,
    parameters: Readonly<Record<string, Tensor>>,
    sizes: Sizes,
  ): ModelOutput;
}

/** How many numbers each parameter has, by name: the embedding table's and the dense ones'. */
export function parameterLengths(model: Model, sizes: Sizes): Record<string, number> {
  const dense = Object.entries(model.parameters(sizes)).map(([name, { shape }]) =>
    [name, shape.reduce((a, b) => a * b, 1)] as const
  );
  return { table: (sizes.itemCount + 1) * sizes.d, ...Object.fromEntries(dense) };
}
