/** A configuration and data together: what the data settles, and what the model asks of it. */
import { BadInput } from "../base/bad_input.ts";
import type { DataHashes, Dataset } from "../data/interactions.ts";
import type { Sizes } from "../data/sizes.ts";
import type { Model, Needs, Options } from "../model/model.ts";
import { modelOptions } from "../model/options.ts";
import { models } from "../model/registry.ts";

/** As much of a configuration as it takes; a recorded one may have another version's options. */
interface Configured extends Pick<Sizes, "B" | "L" | "K" | "S" | "d"> {
  readonly model: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

/**
 * The configuration with the options that the data settles, such as PIMI's clock: the one that is
 * trained and recorded. Settled twice it is the same.
 */
export function forData<C extends Configured>(config: C, data: Omit<DataHashes, "hash">): C {
  const model = models.find(({ name }) => name === config.model);
  const options = model && settledOptions(model, config.options, data);
  return options && Object.keys(options).length > 0 ? { ...config, options } : config;
}

/** The options of a model that trains on such data; undefined if it does not have them so. */
export function settledOptions(
  model: Model,
  said: Options | undefined,
  { timesHash, profilesHash }: Omit<DataHashes, "hash">,
): Options | undefined {
  const own = model.options.safeParse(said ?? {});
  if (!own.success) return undefined;
  const has = { times: timesHash !== undefined, profiles: profilesHash !== undefined };
  return model.settled?.(own.data, has) ?? own.data;
}

/** The hashes of what a training reads of the data: all that tells it from other data. */
export function hashesFor(
  config: Configured,
  { hash, timesHash, profilesHash }: DataHashes,
): DataHashes {
  const { days, profile } = needsOf(config);
  return {
    hash,
    ...(days && timesHash !== undefined && { timesHash }),
    ...(profile && profilesHash !== undefined && { profilesHash }),
  };
}

/** Name and split of data, and the hashes of what a training reads of it. */
export type TrainedOn = { readonly name: string; readonly split?: string } & DataHashes;

/** What a run says of the data that it was trained on. */
export function trainedOn(config: Configured, dataset: Dataset): TrainedOn {
  const { name, split } = dataset;
  return { name, ...(split !== undefined && { split }), ...hashesFor(config, dataset) };
}

/**
 * Refuses data that lacks what the model reads.
 *
 * @param config settled by {@linkcode forData}
 * @throws {BadInput} with what it lacks
 */
export function requireReadable(config: Configured, dataset: Dataset): void {
  const { days, profile } = needsOf(config);
  const refuse = (what: string, remedy: string): never => {
    const where = `data set ${dataset.name}, for model ${config.model}`;
    throw new BadInput(`it has no ${what}, which the model reads`, where, undefined, remedy);
  };
  if (days && dataset.timesHash === undefined) {
    refuse(
      "times",
      'Leave options.clock out, or set it to "order": the order of clicks stands in.',
    );
  }
  if (profile && dataset.profilesHash === undefined) {
    const remedy = "Name their file with profiles (--profiles), such as users.dat of MovieLens.";
    refuse("profiles of its users", remedy);
  }
}

/** What the model reads besides the history's rows; nothing for a model that is not known. */
export function needsOf({ model: name, options, ...sizes }: Configured): Needs {
  const model = models.find((model) => model.name === name);
  if (!model?.needs || !model.options.safeParse(options ?? {}).success) return {};
  return model.needs({ ...sizes, itemCount: 0 }, modelOptions(model, options));
}
