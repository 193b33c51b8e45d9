/**
 * Prepared data sets as compact files: what took seconds to parse is there in milliseconds. They
 * are in the safetensors layout: "<split>.offsets", "<split>.items", "<split>.targetsFrom" and
 * "<split>.profile" as 32-bit integers, "<split>.times" as 64-bit floats, "labels" as the bytes of
 * a JSON list, what the data set is and where it came from as JSON in `dataset`.
 */
import { z } from "zod";
import type { TensorValues } from "../base/values.ts";
import { readTensors, vector, writeTensors } from "../base/safetensors.ts";
import { SPLITS } from "./filter_and_split.ts";
import type { Dataset, Interactions } from "./interactions.ts";

const Header = z.object({
  name: z.string(),
  itemCount: z.int().positive(),
  hash: z.string(),
  timesHash: z.string().exactOptional(),
  profiles: z.array(z.object({ name: z.string(), categories: z.array(z.string()) }))
    .exactOptional(),
  profilesHash: z.string().exactOptional(),
  split: z.string().exactOptional(),
  kept: z.object({ users: z.int(), behaviours: z.int() }).exactOptional(),
  report: z.object({
    source: z.string(),
    format: z.string(),
    drops: z.array(z.object({ count: z.number(), what: z.string(), why: z.string() })),
    notes: z.array(z.string()),
  }),
  origin: z.object({
    recipe: z.string(),
    source: z.string(),
    sourceHash: z.string(),
    stamp: z.string(),
    /** whether a person named the source */
    given: z.boolean().optional(),
  }),
});

/** What a cache file was made from, and how. */
export type Origin = z.infer<typeof Header>["origin"];

/**
 * Writes a data set, atomically.
 *
 * @throws {BadInput} if the disk is full or the folder may not be written
 */
export async function writeCache(path: string, dataset: Dataset, origin: Origin): Promise<void> {
  const { train: _, valid: _valid, test: _test, labels, truth: _truth, ...about } = dataset;
  const arrays: [string, TensorValues][] = SPLITS.flatMap((split) =>
    Object.entries({ ...dataset[split] }).map(([name, values]): [string, TensorValues] => [
      `${split}.${name}`,
      values,
    ])
  );
  if (labels) arrays.push(["labels", new TextEncoder().encode(JSON.stringify(labels))]);
  await writeTensors(path, {
    tensors: Object.fromEntries(arrays.map(([name, values]) => [name, vector(values)] as const)),
    metadata: { dataset: JSON.stringify({ ...about, origin }) },
  });
}

/**
 * Reads a data set.
 *
 * @returns undefined if the file is of another version
 * @throws {Hindrance} if the system does not let it be read
 * @throws {BadInput} if it is damaged
 */
export async function readCache(
  path: string,
): Promise<{ dataset: Dataset; origin: Origin } | undefined> {
  const { tensors, metadata } = await readTensors(path, "It is made anew.");
  try {
    const { origin, ...about } = Header.parse(JSON.parse(metadata.dataset ?? ""));
    const array = (name: string) => z.instanceof(Uint32Array).parse(tensors[name]?.values);
    const [train, valid, test] = SPLITS.map((split): Interactions => {
      const [times, profile] = [tensors[`${split}.times`], tensors[`${split}.profile`]];
      return {
        offsets: array(`${split}.offsets`),
        items: array(`${split}.items`),
        ...(times && { times: z.instanceof(Float64Array).parse(times.values) }),
        ...(profile && { profile: z.instanceof(Int32Array).parse(profile.values) }),
        ...(tensors[`${split}.targetsFrom`] && { targetsFrom: array(`${split}.targetsFrom`) }),
      };
    }) as [Interactions, Interactions, Interactions];
    const labels = tensors.labels && {
      labels: z.array(z.string()).parse(
        JSON.parse(new TextDecoder().decode(tensors.labels.values as Uint8Array)),
      ),
    };
    return { dataset: { ...about, train, valid, test, ...labels }, origin };
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
