import assert from "node:assert/strict";
import { join } from "../base/paths.ts";
import { inFolder } from "../testing/in_folder.ts";
import { writeCache } from "./cache.ts";
import { cachesOf, FOLDER_RECIPE, recipeOf } from "./caches.ts";
import { fromSequences } from "./from_sequences.ts";
import { manifestEntry } from "./manifest.ts";
import { chosenSplit } from "./split/split.ts";

Deno.test("a cache of a folder that was read as it is no more is not used, one as it is is", () =>
  inFolder(async (cache) => {
    const entry = await manifestEntry("retailrocket-comirec");
    const choice = chosenSplit(undefined, "test", entry.split);
    const items = Array.from({ length: 9 }, (_, item) => item);
    const { userIds: _, ...dataset } = await fromSequences("any", Array(30).fill(items));
    const earlier = ["comirec-split", "comirec-split, renumbered", `${FOLDER_RECIPE}0`];
    const current = [FOLDER_RECIPE, `${FOLDER_RECIPE}, renumbered`, "sequences, repeats keep"];
    const paths: string[] = [];
    for (const [n, how] of [...earlier, ...current].entries()) {
      const path = join(cache, `${entry.name}.${String(n).padStart(16, "0")}.safetensors`);
      const recipe = recipeOf(how, choice);
      await writeCache(path, dataset, { recipe, source: how, sourceHash: "", stamp: "" });
      paths.push(path);
    }
    const places = { cache, downloads: "none", folders: [] };
    const { usable, outdated, damaged, unreadable } = await cachesOf(entry, places, choice);
    assert.deepEqual([...outdated].sort(), paths.slice(0, earlier.length));
    assert.deepEqual([damaged, unreadable], [[], []]);
    assert.deepEqual(usable.map(({ origin }) => origin.source).sort(), [...current].sort());
  }));
