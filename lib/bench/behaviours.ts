/** Invented behaviours whose histories are as long as measured ones, for catalogues of any size. */
import { join } from "../base/paths.ts";
import { Random } from "../base/random.ts";
import type { Interactions } from "../data/interactions.ts";

/** "short": 5.7 real positions of 20 on average, as RetailRocket's; "full": nearly all 20. */
export type HistoryLengths = "short" | "full";

const USERS = { short: 22_000, full: 1_000 } as const;

/** Items of a sequence beyond the least that can be drawn from, 5. */
function more(lengths: HistoryLengths, random: Random): number {
  // mean 3.4: a position uniform in [4, length) then has 5.7 items before it
  return lengths === "full" ? 1000 : Math.floor(-3.88 * Math.log(1 - random.uniform()));
}

/** Sequences of items of which the popular are more frequent. */
export function behaviours(lengths: HistoryLengths, itemCount: number): Interactions {
  const random = new Random(1, "benchmark behaviours");
  const offsets = new Uint32Array(USERS[lengths] + 1);
  for (let u = 1; u < offsets.length; u++) offsets[u] = offsets[u - 1]! + 5 + more(lengths, random);
  const items = new Uint32Array(offsets.at(-1)!);
  for (let i = 0; i < items.length; i++) {
    items[i] = 1 + Math.floor(itemCount * random.uniform() ** 2);
  }
  return { offsets, items };
}

/**
 * Writes behaviours for a process in another language: offsets, then items, as 32-bit integers.
 * Returns the path.
 */
export async function writeBehaviours(
  { offsets, items }: Interactions,
  folder: string,
  name: string,
): Promise<string> {
  const numbers = new Uint32Array(offsets.length + items.length);
  numbers.set(offsets);
  numbers.set(items, offsets.length);
  const path = join(folder, `${name}.i32`);
  await Deno.writeFile(path, new Uint8Array(numbers.buffer));
  return path;
}
