/** The models the project has, by name. */
import { BadInput } from "../base/bad_input.ts";
import { comirecDr } from "./comirec_dr.ts";
import { comirecSa } from "./comirec_sa.ts";
import { gru4rec } from "./gru4rec.ts";
import { mind } from "./mind.ts";
import type { Model } from "./model.ts";
import { pimi } from "./pimi.ts";
import { popularity } from "./popularity.ts";
import { re4 } from "./re4.ts";
import { umi } from "./umi.ts";
import { umiHn } from "./umi_hn.ts";
import { youtubeDnn } from "./youtube_dnn.ts";

/** Every model. */
export const models: readonly Model[] = [
  comirecSa,
  youtubeDnn,
  gru4rec,
  mind,
  comirecDr,
  pimi,
  re4,
  umi,
  umiHn,
  popularity,
];

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
