/** A model's own options. */
import { z } from "zod";
import type { Model, Options } from "./model.ts";

/** The options of a model that has none. */
export const noOptions: z.ZodType<Record<string, never>> = z.strictObject({});

/** A model's options, complete: what is not said is as the model has it. */
export function modelOptions(model: Model, said: Options = {}): Options {
  return model.options.parse(said);
}
