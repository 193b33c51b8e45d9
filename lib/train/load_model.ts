/** A saved model, back with its data and an engine. */
import { z } from "zod";
import { BadInput } from "../base/bad_input.ts";
import { exists, isFile } from "../base/files.ts";
import { dirname } from "../base/paths.ts";
import { readTensors } from "../base/safetensors.ts";
import type { Dataset } from "../data/interactions.ts";
import { data } from "../data/load.ts";
import { manifest } from "../data/manifest.ts";
import { modelPath } from "./checkpoint.ts";
import { engineConfig, resolveConfig } from "./config.ts";
import { rememberedData } from "./remembered_data.ts";
import { runKey } from "./run_key.ts";
import { forData, hashesFor } from "./for_data.ts";
import { createEngine } from "./create_engine.ts";
import type { Run } from "./run.ts";
import { TrainedModel } from "./trained_model.ts";

const REMEDY = "Train it again, or use another copy of the file.";

/** As much of a run as loading needs. */
const recorded = z.looseObject({
  key: z.string(),
  config: z.looseObject({}),
  data: z.looseObject({ name: z.string(), hash: z.string(), split: z.string().optional() }),
});

/**
 * The model of a finished training, from results/checkpoints by the key of its run, or from any
 * file that {@linkcode TrainedModel.save} wrote. It gives the metrics that were recorded to the bit
 * where the same engine computes them on the same users: a training with `validationUsers` records
 * those of a sample of the valid ones.
 *
 *     const remi = await loadModel("1f0c9a3b5d7e2468");
 *
 * @param source a run's key, or a file
 * @param dataset what the model was trained on, where that is neither a registered data set nor a
 *   table or folder that `deno task train` has read into the same results
 * @throws {BadInput} if there is no such file, or it is damaged; if the data or the configuration
 *   is not what the model was trained with; if no engine can compute it here
 */
export async function loadModel(source: string, dataset?: Dataset): Promise<TrainedModel> {
  const path = await isFile(source) ? source : modelPath(source);
  if (!await exists(path)) {
    const remedy = "Name a file, or the key of a run that was trained on this machine.";
    throw new BadInput("no saved model", path, source, remedy);
  }
  const { tensors, metadata } = await readTensors(path, REMEDY);
  const { table, ...dense } = Object.fromEntries(
    Object.entries(tensors).map(([name, { values }]) => [name, values as Float32Array] as const),
  );
  const run = runOf(path, metadata.run);
  if (table === undefined) throw new BadInput("it has no table", path, "table", REMEDY);
  const trainedOn = dataset ?? await atHand(path, run);
  if (trainedOn.hash !== run.data.hash) {
    throw new BadInput(
      `the model was trained on other data, ${run.data.name} with hash ${run.data.hash}`,
      path,
      `${trainedOn.name} with hash ${trainedOn.hash}`,
      "Give the data set that it was trained on.",
    );
  }
  const config = forData(resolveConfig(run.config), run.data);
  const { timesHash, profilesHash } = hashesFor(config, trainedOn);
  if (timesHash !== run.data.timesHash || profilesHash !== run.data.profilesHash) {
    const what = "the model was trained on other times or profiles of the same users";
    throw new BadInput(what, path, trainedOn.name, "Give the data set that it was trained on.");
  }
  if (runKey(config, trainedOn) !== run.key) {
    const what = "its configuration is not the one of its key";
    throw new BadInput(what, path, run.key, REMEDY);
  }
  const parameters = { table, dense };
  const setup = engineConfig(config, trainedOn);
  const { engine } = await createEngine(setup, parameters, config.backend);
  return new TrainedModel(trainedOn, config, run, parameters, engine);
}

/** The record that a model was saved with. */
function runOf(path: string, json: string | undefined): Run {
  try {
    return recorded.parse(JSON.parse(json ?? "")) as unknown as Run;
  } catch {
    throw new BadInput("not a saved model: it has no record of its run", path, json, REMEDY);
  }
}

/**
 * The data of a run: registered, or as it was read here. What was noted of its key may be of an
 * earlier training, of a reader's own copy of registered data: no own data has a registered name.
 */
async function atHand(path: string, run: Run): Promise<Dataset> {
  const { name, split } = run.data;
  const isRegistered = (await manifest()).some((entry) => entry.name === name);
  try {
    const own = isRegistered ? undefined : await rememberedData(run, dirname(path));
    return own ?? await data(name, { split });
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    throw new BadInput(
      "the data set that it was trained on is not at hand",
      path,
      name,
      `Give it, with --table or --from, in code loadModel("…", dataset). ${error.message}`,
    );
  }
}
