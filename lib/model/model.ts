/**
 * What a model is: parameters, and a function from a user's history to one or several interests.
 * Nothing here knows where the data comes from, which loss follows, or what computes.
 */
import type { Scalar, Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import type { z } from "zod";
import type { Sizes } from "../data/sizes.ts";
import type { Draw } from "./draws.ts";
import type { RealPositions } from "./real_positions.ts";

/** A dense parameter: its shape, and how each of its numbers starts. */
export interface Parameter {
  readonly shape: readonly number[];
  readonly draw: Draw;
}

/** A random input of a model. */
export interface Noise {
  /** the shape of one user's */
  readonly shape: readonly number[];
  readonly draw: Draw;
  /** its first axis is the history's, and only real positions have it: 0 on padding */
  readonly byPosition?: true;
  /** only training has it, e.g. dropout; otherwise every forward pass has, serving too */
  readonly trainingOnly?: true;
}

/** What a model reads besides the rows of a history. */
export interface Needs {
  /** the day of every click */
  readonly days?: true;
  /** what is known about the user */
  readonly profile?: true;
  /** by name; drawn user by user from a stream of its own */
  readonly noise?: Readonly<Record<string, Noise>>;
}

/** What a data set has besides who did what in which order. */
export interface DataHas {
  readonly times: boolean;
  readonly profiles: boolean;
}

/** What a model sees of a batch: gathered embedding rows, never the table itself. */
export interface ModelInput {
  /** [n, d] rows of the items at the real positions, in the order of `real` */
  readonly items: Tensor2D;
  /** [1, d] the row of item 0, zero for Re4 alone; it gets no gradient from histories */
  readonly padding: Tensor2D;
  /** [B, L, d] the same rows in their slots; computed when it is asked for */
  readonly history: Tensor3D;
  /** [B, L] 1 on real positions, 0 on padding */
  readonly mask: Tensor2D;
  /** between slots and the rows of real positions alone */
  readonly real: RealPositions;
  /** [B, L] the day of each click; there if the model needs it */
  readonly days?: Tensor2D;
  /** [B, fields] a category of each field, from 0; there if the model needs it */
  readonly profile?: Tensor2D;
  /** [B, ...shape] by name; what only training has is absent in serving */
  readonly noise: Readonly<Record<string, Tensor>>;
}

/** What a model says about a batch. */
export interface ModelOutput {
  /** [B, K, d] */
  readonly interests: Tensor3D;
  /**
   * [B, K, L] weights over history positions, 0 on padding; null for models without routing. A row
   * of attention sums to 1, a row of capsules need not.
   */
  readonly routing: Tensor3D | null;
  /** what the model's own terms need of the way there */
  readonly inner?: Readonly<Record<string, Tensor>>;
}

/** A further part of the loss. */
export interface Term {
  readonly weight: number;
  /** before the weight */
  readonly value: Scalar;
}

/** A model's own options, checked and complete. */
export type Options = Readonly<Record<string, unknown>>;

/**
 * A model: the definition that every engine computes.
 *
 * @template O its options, @template P the names of its parameters
 */
export interface Model<O = Options, P extends string = string> {
  /** its name in configurations and results */
  readonly name: string;
  /** its name where a person reads it, with what its options make of it */
  title(options: O): string;
  /** one vector a user (K = 1), or K */
  readonly vectors: "one" | "several";
  /** how it routes a history into interests; gated capsules' routing is times a learned gate */
  readonly routing: "none" | "attention" | "capsules" | "gated capsules";
  /** its options, strict, each with a default; `options: z.strictObject({})` has none */
  readonly options: z.ZodType<O>;
  /** where its authors say that Adam needs another one than 1e-3 */
  readonly learningRate?: number;
  /** its kernels take embedding sizes that are multiples of this, and tfjs computes the others */
  readonly kernelWidth?: number;
  /** its loss scores every item with the interest nearest to that item */
  readonly selection?: "per-item";
  /** it is not trained by gradients: its only parameter counts how often items were targets */
  readonly counts?: true;
  /** without kernels it has a vector of d for every pair of a history's positions */
  readonly pairs?: true;
  /** item 0 is the zero vector everywhere, and stays it */
  readonly zeroPadding?: true;
  /** its options for data that has these: what was not said may follow from the data */
  settled?(options: O, has: DataHas): O;
  /** what it reads besides the history's rows */
  needs?(sizes: Sizes, options: O): Needs;
  /** how a number of the embedding table starts; Kaiming-normal with fan-in d unless said */
  table?(sizes: Sizes, options: O): Draw;
  /** the dense parameters it has besides the table, by name, in a fixed order */
  parameters(sizes: Sizes, options: O): Readonly<Record<string, Parameter>>;
  /** interests and routing of a batch, differentiable in the rows and in the parameters */
  forward(
    input: ModelInput,
    parameters: Readonly<Record<P, Tensor>>,
    sizes: Sizes,
    options: O,
  ): ModelOutput;
  /** further parts of its loss, by the name they are reported under */
  terms?(
    output: ModelOutput,
    input: ModelInput,
    parameters: Readonly<Record<P, Tensor>>,
    sizes: Sizes,
    options: O,
  ): Readonly<Record<string, Term>>;
}

/** The shape of each parameter, by name: the embedding table's and the dense ones'. */
export function parameterShapes(
  model: Model,
  sizes: Sizes,
  options: Options,
): Record<string, readonly number[]> {
  const dense = Object.entries(model.parameters(sizes, options)).map(([name, { shape }]) =>
    [name, shape] as const
  );
  return { table: [sizes.itemCount + 1, sizes.d], ...Object.fromEntries(dense) };
}

/** How many numbers each parameter has, by name. */
export function parameterLengths(
  model: Model,
  sizes: Sizes,
  options: Options,
): Record<string, number> {
  return numbersOf(parameterShapes(model, sizes, options));
}

/** How many numbers each of one user's random inputs has, by name. */
export function noiseLengths(model: Model, sizes: Sizes, options: Options): Record<string, number> {
  const noise = Object.entries(model.needs?.(sizes, options).noise ?? {});
  return numbersOf(Object.fromEntries(noise.map(([name, { shape }]) => [name, shape])));
}

function numbersOf(shapes: Readonly<Record<string, readonly number[]>>): Record<string, number> {
  const sizes = Object.entries(shapes).map(([name, shape]) =>
    [name, shape.reduce((a, b) => a * b, 1)] as const
  );
  return Object.fromEntries(sizes);
}
