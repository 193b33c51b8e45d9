/** Folders that are given as a registered data set: only the data as it is registered counts. */
import assert from "node:assert/strict";
import { join } from "../base/paths.ts";
import { Random } from "../base/random.ts";
import { study, studyNames } from "../results/study.ts";
import { inFolder } from "../testing/in_folder.ts";
import { exportComirec } from "./comirec_format.ts";
import { fromSplit } from "./from_split.ts";
import { data } from "./load.ts";
import { countsOf, type ManifestEntry, manifestEntry } from "./manifest.ts";
import { recordName } from "./split/split_record.ts";

const random = new Random(2);
const LINES = Array.from(
  { length: 60 },
  () => Array.from({ length: 9 }, () => random.below(25)).join(" "),
);

/** Runs a test with a small data set registered under a name, and its file at hand. */
async function withRegistered(
  name: string,
  run: (bench: {
    readonly entry: ManifestEntry;
    load(options?: { from?: string; split?: string; renumber?: boolean }): ReturnType<typeof data>;
    folder: string;
  }) => Promise<void>,
): Promise<void> {
  await inFolder(async (folder) => {
    const file = join(folder, "small.seq.txt");
    await Deno.writeTextFile(file, LINES.join("\n"));
    const places = { cache: join(folder, "cache"), downloads: "none", folders: [folder] };
    const files = [
      { name: "small.seq.txt", format: "sequences" },
      { name: "small", format: "comirec-split" },
    ];
    const unknown = { ...await manifestEntry(name), files, hash: undefined };
    const first = await data(name, { entry: unknown, places, from: file });
    await Deno.remove(places.cache, { recursive: true });
    const entry = { ...unknown, counts: countsOf(first), hash: first.hash };
    const load = (options = {}) => data(name, { entry, places, say() {}, ...options });
    await run({ entry, load, folder });
  });
}

Deno.test("a folder with another split is refused under a registered name", () =>
  withRegistered("books-maerec", async ({ load, folder }) => {
    const usual = await load();
    for (const split of ["leave-last-out", "users:7", "reference"]) {
      const to = join(folder, split);
      await exportComirec(await load({ split }), to);
      await assert.rejects(
        () => load({ from: to }),
        new RegExp(`not split as books-maerec usually is: "${split}"\\. .*--split ${split}`),
      );
      const again = await load();
      assert.deepEqual([again.hash, again.split], [usual.hash, undefined]);
      assert.equal((await fromSplit(to, { name: "mine" })).split, split);
    }
    const to = join(folder, "usual");
    await exportComirec(usual, to);
    const { hash, report, split } = await load({ from: to });
    assert.deepEqual([hash, split], [usual.hash, undefined]);
    assert.ok(!report!.notes.some((note) => /registered/.test(note)));
  }));

Deno.test("what is usual goes by the name, of the export and of the reading", async () => {
  await withRegistered("retailrocket-comirec", async ({ load, folder }) => {
    assert.equal((await load({ split: "reference" })).split, undefined);
    await exportComirec(await load(), join(folder, "own"));
    assert.equal((await fromSplit(join(folder, "own"), { name: "mine" })).split, "reference");
    await exportComirec(await load({ split: "users" }), join(folder, "users"));
    assert.equal((await fromSplit(join(folder, "users"), { name: "mine" })).split, undefined);
    await assert.rejects(() => load({ from: join(folder, "users") }), /not split as .*"users:1"/);
  });
  await withRegistered("retailrocket-maerec", async ({ load, folder }) => {
    const to = join(folder, "other");
    await exportComirec({ ...await load(), name: "retailrocket-comirec" }, to);
    await assert.rejects(() => load({ from: to }), /not split as .*"reference"/);
  });
});

Deno.test("without a record, another split of equal counts is told and does not stay", () =>
  withRegistered("books-maerec", async ({ load, folder }) => {
    const usual = await load();
    const to = join(folder, "seed 7");
    await exportComirec(await load({ split: "users:7" }), to);
    await Deno.remove(join(to, recordName("books-maerec")));
    const other = await load({ from: to });
    assert.notEqual(other.hash, usual.hash);
    assert.deepEqual(countsOf(other), countsOf(usual));
    assert.ok(
      other.report!.notes.some((note) => /split otherwise: .*not the registered/.test(note)),
    );
    assert.equal((await load()).hash, usual.hash);
  }));

Deno.test("renumbering is refused where there is nothing to renumber", () =>
  withRegistered("books-maerec", async ({ load, folder }) => {
    const joined = join(folder, "joined");
    await Deno.mkdir(joined);
    for (const name of ["train.txt", "test.txt"]) {
      await Deno.writeTextFile(
        join(joined, name),
        LINES.map((line, u) => `${u} ${line}\n`).join(""),
      );
    }
    const kgat = await manifestEntry("books-kgat");
    const places = { cache: join(folder, "cache"), downloads: "none", folders: [] };
    const wrong: (() => Promise<unknown>)[] = [
      () => load({ renumber: true }),
      () => load({ renumber: true, from: join(folder, "small.seq.txt") }),
      () => data("books-kgat", { entry: kgat, places, from: joined, renumber: true }),
      () => data("synthetic", { renumber: true }),
    ];
    for (const run of wrong) await assert.rejects(run, /nothing that could be renumbered/);
    await assert.rejects(() => data("synthetic", { from: folder }), /it is generated, not read/);
  }));

Deno.test("the registered hashes are those of the studies", async () => {
  for (const name of studyNames) {
    const { hash, files } = await manifestEntry(name);
    if (files.length > 0) assert.equal(hash, study(name).hash, name);
  }
});
