import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { exists } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { fromCsv } from "./from_csv.ts";
import { fromSequences } from "./from_sequences.ts";
import { data } from "./load.ts";
import { type ManifestEntry, manifestEntry } from "./manifest.ts";
import { reportText } from "./report.ts";
import { FILE, sequences, sequenceText, withPlaces } from "../testing/data_places.ts";
import { whereabouts, whereaboutsText } from "./whereabouts.ts";

Deno.test("a found file is read, noted as not the known one, cached, and loaded from there", () =>
  withPlaces(async ({ folder, load, cacheFiles, places, said }) => {
    const entry = await manifestEntry("books-maerec");
    assert.equal((await whereabouts(entry, places)).at, "not here");
    await Deno.writeTextFile(join(folder, FILE), sequenceText(1));
    assert.equal((await whereabouts(entry, places)).at, "file found");
    const first = await load("books-maerec");
    assert.match(
      reportText(first.report!),
      /it has 50 users, 20 items, 400 behaviours, not the kn/,
    );
    assert.match(reportText(first.report!), /kept [\d,]+ repeats/);
    assert.match(
      whereaboutsText(await whereabouts(entry, places)),
      /^cached from .*maerec_books\.seq\.txt, not the registered data$/,
    );
    assert.equal(cacheFiles().length, 1);
    await Deno.remove(join(folder, FILE));
    const second = await load("books-maerec");
    for (const key of ["name", "itemCount", "train", "valid", "test", "hash", "labels", "report"]) {
      assert.deepEqual(Object(second)[key], Object(first)[key], key);
    }
    assert.deepEqual(said, []);
  }));

Deno.test("a named file comes before what is cached or found, and is the cache from then on", () =>
  withPlaces(async ({ folder, load, places }) => {
    await Deno.writeTextFile(join(folder, FILE), sequenceText(1));
    const found = await load("books-maerec");
    const other = join(places.cache, "..", "other.txt");
    await Deno.writeTextFile(other, sequenceText(2));
    const named = await load("books-maerec", { from: other });
    assert.notEqual(named.hash, found.hash);
    assert.equal((await load("books-maerec")).hash, named.hash);
  }));

/** An entry whose registered data is that of a seed. */
async function entryOf(seed: number): Promise<ManifestEntry> {
  const entry = await manifestEntry("books-maerec");
  const { itemCount, train, valid, test } = await fromSequences("own", sequences(seed));
  const behaviours = [train, valid, test].reduce((sum, { items }) => sum + items.length, 0);
  return { ...entry, counts: { users: 50, items: itemCount, behaviours }, hash: undefined };
}

Deno.test("the registered data wins over a foreign cache, whichever came first", () =>
  withPlaces(async ({ folder, places }) => {
    const short = sequences(2).map((line) => line.slice(1)); // other counts
    const [genuine, foreign] = [join(folder, FILE), join(folder, "other.txt")];
    await Deno.writeTextFile(foreign, short.map((line) => line.join(" ")).join("\n"));
    const entry = await entryOf(1);
    const load = (from?: string) =>
      data("books-maerec", { places, entry, say() {}, ...(from !== undefined && { from }) });
    const other = await load(foreign);
    assert.equal((await load()).hash, other.hash);
    assert.match(
      whereaboutsText(await whereabouts(entry, places)),
      /^cached from .*other\.txt, not/,
    );
    await Deno.writeTextFile(genuine, sequenceText(1));
    assert.deepEqual(await whereabouts(entry, places), { at: "file found" });
    const own = await load();
    assert.notEqual(own.hash, other.hash);
    assert.deepEqual(await whereabouts(entry, places), { at: "cached" });
    assert.equal(whereaboutsText({ at: "cached", times: true }), "cached, with times");
    await load(foreign); // written last
    assert.equal((await load()).hash, own.hash);
    await Deno.remove(genuine);
    assert.equal((await load()).hash, own.hash);
  }));

Deno.test("a source that has changed is called changed, not absent", () =>
  withPlaces(async ({ folder, load, places, said }) => {
    const foreign = join(folder, "other.txt");
    await Deno.writeTextFile(foreign, sequenceText(1));
    await load("books-maerec", { from: foreign });
    await Deno.writeTextFile(foreign, sequenceText(2));
    await assert.rejects(
      () => load("books-maerec"),
      /books-maerec, .*other\.txt: changed since it was prepared\. Restore it, or .* --from/,
    );
    const entry = await manifestEntry("books-maerec");
    assert.match(whereaboutsText(await whereabouts(entry, places)), /^changed since .*other\.txt$/);
    const found = join(folder, FILE);
    await Deno.writeTextFile(found, sequenceText(3));
    await load("books-maerec");
    await Deno.writeTextFile(found, sequenceText(4));
    await load("books-maerec");
    assert.match(said.at(-1)!, /maerec_books\.seq\.txt has changed since it was prepared/);
  }));

Deno.test({
  name: "a pipe in the place of a file is refused without a wait",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withPlaces(async ({ folder, load }) => {
      await new Deno.Command("mkfifo", { args: [join(folder, FILE)] }).output();
      await assert.rejects(() => load("books-maerec"), /seq\.txt: a named pipe, not a file/);
      await assert.rejects(() => load("books-maerec", { from: "/dev/zero" }), /a device, not a/);
    }),
});

Deno.test("a download that is not the registered data is refused, unless it is given by name", () =>
  withPlaces(async ({ load, places }) => {
    const path = join(places.downloads, FILE);
    await Deno.mkdir(places.downloads);
    await Deno.writeTextFile(path, sequenceText(1));
    await assert.rejects(
      () => load("books-maerec"),
      (error: Error) => error instanceof BadInput && /50 users.*not the known/.test(error.message),
    );
    assert.equal(await exists(places.cache), false);
    assert.equal((await load("books-maerec", { from: path })).itemCount, 20);
  }));

Deno.test("a cache that cannot be written is said, and the data is there all the same", () =>
  withPlaces(async ({ folder, load, cacheFiles, said }) => {
    const from = join(folder, FILE);
    await Deno.writeTextFile(from, sequenceText(1));
    const expected = await load("books-maerec");
    const [path] = cacheFiles();
    await Deno.remove(path!);
    await Deno.mkdir(join(path!, "in the way"), { recursive: true });
    assert.equal((await load("books-maerec", { from })).hash, expected.hash);
    assert.equal(said.length, 1);
    assert.match(said[0]!, /^Not cached, it will be read again next time\./);
  }));

Deno.test("not registered, not at hand, not there, not of its format: said with a remedy", () =>
  withPlaces(async ({ folder, load }) => {
    const other = join(folder, "notes.txt");
    await Deno.writeTextFile(other, "one; two; three\n");
    const wrong: [() => Promise<unknown>, RegExp][] = [
      [() => load("movies"), /no such data set: "movies"\. There are synthetic, books/],
      [() => load("retailrocket"), /retailrocket: not at hand: "events\.csv.*needs an account/],
      [() => load("gowalla"), /Run "deno task data gowalla", which downloads it/],
      [() => load("books", { from: join(folder, "none") }), /no such file or folder/],
      [() => load("books", { from: other }), /notes\.txt, line 1: the first line fits no format/],
      [() => load("books", { from: folder }), /0 files named <name>_train\.txt/],
    ];
    for (const [run, message] of wrong) {
      await assert.rejects(
        run,
        (error: Error) => error instanceof BadInput && message.test(error.message),
        String(message),
      );
    }
  }));

Deno.test("own data: a table and sequences in memory give the same data set", () =>
  withPlaces(async ({ folder }) => {
    const lines = sequences(1).flatMap((items, user) => items.map((item) => `${user},${item}`));
    const path = join(folder, "shop.csv");
    await Deno.writeTextFile(path, ["who,what", ...lines].join("\n"));
    const table = await fromCsv(path, { user: "who", item: "what" });
    const memory = await fromSequences("shop", sequences(1));
    assert.equal(table.name, "shop");
    assert.equal(table.hash, memory.hash);
    assert.deepEqual(table.labels, memory.labels);
    await assert.rejects(
      () =>
        fromCsv(path, { user: "who", item: "what", when: "at" } as { user: string; item: string }),
      /unknown column role: "when"/,
    );
    await assert.rejects(() => fromSequences("tiny", [[1, 2, 3]]), /tiny: too few users/);
  }));

Deno.test("the published RetailRocket sequences have the known counts", async (t) => {
  for (const name of ["retailrocket-comirec", "retailrocket-maerec"]) {
    const { at } = await whereabouts(await manifestEntry(name));
    const here = at !== "not here";
    await t.step({
      name,
      ignore: !here,
      fn: async () => {
        const dataset = await data(name);
        const notes = dataset.report!.notes.filter((note) => /known|registered/.test(note));
        assert.deepEqual(notes, []);
        assert.equal(dataset.itemCount, 30_013);
      },
    });
  }
});
