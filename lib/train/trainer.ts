/** Training: one call, from a data set and a configuration to a model and its record. */
import { requireWritable } from "../base/files.ts";
import { working } from "../base/interrupt.ts";
import { whileLocked } from "../base/lock.ts";
import { type Dataset, requireItems } from "../data/interactions.ts";
import { checkpointFolder, trainingLock } from "./checkpoint.ts";
import { resolveConfig, type ResolvedConfig, type TrainConfig } from "./config.ts";
import { forData } from "./for_data.ts";
import { runKey } from "./run_key.ts";
import type { TrainOptions } from "./train_options.ts";
import type { TrainedModel } from "./trained_model.ts";
import { Training } from "./training.ts";
import { requireTrainable } from "./training_memory.ts";

/**
 * Trains a model and returns it at its best step, with the record of the run.
 *
 * A training that was stopped or killed goes on at its last checkpoint when it is called again with
 * the same configuration and data, and ends with the same bits as one that was never stopped. A
 * finished one that could not be recorded is recorded by the next call, without a further step. Of
 * several processes that record the same, one trains and the others wait; one that records nothing
 * never waits, and keeps its checkpoints in a folder of its own while another trains the same.
 *
 * @throws {BadInput} on a configuration or data that cannot be trained, or a folder that cannot be
 *   written
 * @throws {Diverged} when a loss is not finite; the last good checkpoint stays
 */
export async function train(
  dataset: Dataset,
  config: TrainConfig = {},
  options: TrainOptions = {},
): Promise<TrainedModel> {
  return await working(trainAlone(dataset, forData(resolveConfig(config), dataset), options));
}

async function trainAlone(
  dataset: Dataset,
  config: ResolvedConfig,
  options: TrainOptions,
): Promise<TrainedModel> {
  requireTrainable(dataset, config);
  requireItems("train", dataset.train, dataset.itemCount);
  const { folder = checkpointFolder() } = options;
  await requireWritable(folder, "checkpoints and trained models");
  const key = runKey(config, dataset);
  const trainIn = async (folder: string, lost: string | null = null) => {
    await options.record?.ready();
    const training = await Training.begin(dataset, config, { ...options, folder, lost });
    return await training.run();
  };
  return await whileLocked(
    trainingLock(key, folder),
    () => trainIn(folder),
    (holder) => console.warn(`${holder} trains ${key}, the same run: waiting for it to end.`),
    options.record
      ? undefined
      : () =>
        inTemporaryFolder((folder) =>
          trainIn(folder, `Another process trains the same, ${key}, and this one kept nothing.`)
        ),
  );
}

async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir({ prefix: "remi-" });
  const remove = () => Deno.removeSync(folder, { recursive: true });
  addEventListener("unload", remove); // SIGTERM ends the process in the middle of the work
  try {
    return await work(folder);
  } finally {
    removeEventListener("unload", remove);
    remove();
  }
}
