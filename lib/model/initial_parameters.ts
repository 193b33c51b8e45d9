/** The start of a training. */
import { Random } from "../base/random.ts";
import type { Parameters } from "../engine/engine.ts";
import type { Sizes } from "../data/sizes.ts";
import { type Draw, kaimingNormal } from "./draws.ts";
import type { Model, Options } from "./model.ts";
import { modelOptions } from "./options.ts";

/**
 * Parameters as the model starts them. Tensors have streams of their own, so that a model with more
 * parameters starts from the same table.
 *
 * @returns the table [itemCount + 1, d], the padding row included, and the dense parameters
 */
export function initialParameters(
  model: Model,
  sizes: Sizes,
  seed: number,
  options: Options = modelOptions(model),
): Parameters {
  const drawn = (name: string, size: number, draw: Draw): Float32Array => {
    const random = new Random(seed, `initial ${name}`);
    const values = new Float32Array(size);
    for (let i = 0; i < size; i++) values[i] = draw(random); // map would hold a second copy
    return values;
  };
  const ofTable = model.table?.(sizes, options) ?? kaimingNormal(sizes.d);
  const table = drawn("table", (sizes.itemCount + 1) * sizes.d, ofTable);
  if (model.zeroPadding) table.fill(0, 0, sizes.d);
  const dense = Object.entries(model.parameters(sizes, options)).map(([name, { shape, draw }]) =>
    [name, drawn(name, shape.reduce((a, b) => a * b, 1), draw)] as const
  );
  return { table, dense: Object.fromEntries(dense) };
}
