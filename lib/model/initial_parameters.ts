/** The start of a training: every tensor Kaiming-normal, as in the reference. */
import { Random } from "../base/random.ts";
import type { Parameters } from "../engine/engine.ts";
import type { Sizes } from "../data/sizes.ts";
import type { Model } from "./model.ts";

/**
 * Parameters drawn from N(0, 2 / fanIn): the table with fanIn = d, the padding row included, and
 * each dense parameter with its own. Tensors have streams of their own, so that a model with more
 * parameters starts from the same table.
 */
export function initialParameters(model: Model, sizes: Sizes, seed: number): Parameters {
  const draw = (name: string, size: number, fanIn: number): Float32Array => {
    const random = new Random(seed, `initial ${name}`);
    const deviation = Math.sqrt(2 / fanIn);
    return new Float32Array(size).map(() => deviation * random.normal());
  };
  const dense = Object.entries(model.parameters(sizes)).map(([name, { shape, fanIn }]) =>
    [name, draw(name, shape.reduce((a, b) => a * b, 1), fanIn)] as const
  );
  return {
    table: draw("table", (sizes.itemCount + 1) * sizes.d, sizes.d), // [itemCount + 1, d]
    dense: Object.fromEntries(dense),
  };
}
