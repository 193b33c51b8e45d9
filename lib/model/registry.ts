/** The models the project has, by name. */
import { BadInput } from "../base/bad_input.ts";
import { comirecSa } from "./comirec_sa.ts";
import type { Model } from "./model.ts";
import { youtubeDnn } from "./youtube_dnn.ts";

/** Every model. */
export const models: readonly Model[] = [comirecSa, youtubeDnn];

/** The names a configuration may ask for. */
export const modelNames: readonly string[] = models.map((model) => model.name);

/** The model of that name. @throws {BadInput} naming the known ones */
export function modelOf(name: string): Model {
  const model = models.find((candidate) => candidate.name === name);
  if (!model) {
    throw new BadInput("unknown model", "config.model", name, `Known: ${modelNames.join(", ")}.`);
  }
  return model;
}
