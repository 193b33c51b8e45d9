/** Data sets with times for tests, where the source of the data has none. */
import { Random } from "../base/random.ts";
import { besides } from "../data/dataset_hash.ts";
import type { Dataset, Interactions } from "../data/interactions.ts";

/** The same data set with times of its own: from 2001 on, up to four days between two clicks. */
export function withTimes(dataset: Dataset, seed = 1): Dataset {
  const random = new Random(seed, "times");
  const timed = ({ times: _, ...split }: Interactions): Interactions => {
    const times = new Float64Array(split.items.length);
    for (let u = 0; u + 1 < split.offsets.length; u++) {
      let now = 1e9 + random.below(1e7);
      for (let at = split.offsets[u]!; at < split.offsets[u + 1]!; at++) {
        times[at] = now;
        now += random.below(4 * 86_400);
      }
    }
    return { ...split, times };
  };
  const [train, valid, test] = [timed(dataset.train), timed(dataset.valid), timed(dataset.test)];
  return { ...dataset, train, valid, test, ...besides({ ...dataset, train, valid, test }) };
}
