import assert from "node:assert/strict";
import { evaluationCases } from "../evaluate/cases.ts";
import { Random } from "../base/random.ts";
import { inFolder } from "../testing/in_folder.ts";
import { join } from "../base/paths.ts";
import { BatchSampler } from "./batch_sampler.ts";
import type { Interactions } from "./interactions.ts";
import { neverUsed } from "./never_used.ts";
import { readComirecSplit } from "./parse/comirec_split.ts";

/** Users with 0, 1, 2, … items. */
function ofLengths(lengths: readonly number[]): Interactions {
  const offsets = Uint32Array.from([0, ...lengths]);
  for (let u = 1; u < offsets.length; u++) offsets[u]! += offsets[u - 1]!;
  return { offsets, items: new Uint32Array(offsets.at(-1)!).fill(1) };
}

Deno.test("the users told as never used are those that sampler and evaluation leave out", () => {
  const split = ofLengths(Array.from({ length: 12 }, (_, length) => length));
  const notes = neverUsed({ train: split, valid: split, test: split });
  const sampler = new BatchSampler(split, { B: 1, L: 5, S: 0, itemCount: 1 }, new Random(1));
  const { dropped } = evaluationCases(split, 5);
  const { length } = dropped;
  assert.deepEqual(notes.map((note) => note.split("; ")[0]), [
    `too short: ${sampler.tooShort} of 12 train users have fewer than 5 items`,
    `too short: ${length} of 12 valid users have fewer than 2 items`,
    `too short: ${length} of 12 test users have fewer than 2 items`,
  ]);
});

Deno.test("a split folder's report tells them", () =>
  inFolder(async (folder) => {
    const user = (n: number, items: number) =>
      Array.from({ length: items }, (_, index) => `${n},${1 + index},${index}\n`).join("");
    await Deno.writeTextFile(join(folder, "x_train.txt"), user(0, 5) + user(1, 4));
    await Deno.writeTextFile(join(folder, "x_valid.txt"), user(2, 2));
    await Deno.writeTextFile(join(folder, "x_test.txt"), user(3, 1) + user(4, 3));
    const { report } = await readComirecSplit("x", folder);
    assert.deepEqual(report!.notes.filter((note) => note.startsWith("too short")), [
      "too short: 1 of 2 train users have fewer than 5 items; training never draws them",
      "too short: 1 of 2 test users have fewer than 2 items; evaluation leaves them out",
    ]);
  }));
