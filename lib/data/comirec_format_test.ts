import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { BadInput } from "../base/bad_input.ts";
import { basename, join } from "../base/paths.ts";
import { Random } from "../base/random.ts";
import { exportComirec } from "./comirec_format.ts";
import { fromSequences } from "./from_sequences.ts";
import { itemsOf } from "./interactions.ts";
import { readComirecSplit } from "./parse/comirec_split.ts";
import { synthetic } from "./synthetic.ts";
import { inFolder } from "../testing/in_folder.ts";

Deno.test("export and import give the very same data set", () =>
  inFolder(async (folder) => {
    const dataset = synthetic({ users: 300, interests: 10, itemsPerInterest: 40 });
    const paths = await exportComirec(dataset, folder);
    assert.deepEqual(paths.map((path) => basename(path)), [
      "synthetic_train.txt",
      "synthetic_valid.txt",
      "synthetic_test.txt",
      "synthetic_item_map.txt",
      "synthetic_split.json",
    ]);
    const again = await readComirecSplit("synthetic", folder);
    assert.equal(again.hash, dataset.hash);
    assert.deepEqual(again.labels, dataset.labels);
    const lines = (await Deno.readTextFile(paths[1]!)).trimEnd().split("\n");
    const firstValidUser = dataset.train.offsets.length - 1;
    assert.equal(lines[0], `${firstValidUser},${dataset.valid.items[0]},0`);
    assert.equal(lines.length, dataset.valid.items.length);
    // packed files, and no item map: the catalogue ends with the largest item there is
    await Deno.remove(paths.pop()!); // the hashes of these very files
    for (const path of paths) {
      await Deno.writeFile(`${path}.gz`, gzipSync(await Deno.readTextFile(path)));
      await Deno.remove(path);
    }
    await Deno.remove(`${paths[3]}.gz`);
    const { profile: _, ...test } = dataset.test; // the format has no place for profiles
    assert.deepEqual((await readComirecSplit("synthetic", folder)).test, test);
  }));

Deno.test("a file that is of no export is not replaced by one", () =>
  inFolder(async (folder) => {
    const path = join(folder, "synthetic_test.txt");
    await Deno.writeTextFile(path, "1,2,0\n");
    const dataset = synthetic({ users: 300, interests: 10, itemsPerInterest: 40 });
    await assert.rejects(exportComirec(dataset, folder), (error: Error) => {
      assert.ok(error instanceof BadInput, String(error.stack));
      assert.match(error.message, /_test\.txt: already there, and not of an earlier export/);
      return true;
    });
    assert.equal(await Deno.readTextFile(path), "1,2,0\n");
    assert.equal([...Deno.readDirSync(folder)].length, 1);
  }));

Deno.test("another split in the folder is refused before anything is written", async () => {
  const dataset = synthetic({ users: 300, interests: 10, itemsPerInterest: 40 });
  const refused = (folder: string, other: string) =>
    assert.rejects(
      exportComirec(dataset, folder),
      (error: Error) =>
        error instanceof BadInput &&
        error.message.startsWith(`${join(folder, other)}: another split is in this folder. Name`),
    );
  for (const other of ["theirs_train.txt", "theirs_test.txt.gz", "synthetic_valid.txt.gz"]) {
    await inFolder(async (folder) => {
      await Deno.writeTextFile(join(folder, other), "1,2,0\n");
      await refused(folder, other);
      assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), [other]);
      await Deno.remove(join(folder, other));
      await exportComirec(dataset, folder);
      await exportComirec(dataset, folder);
      await assert.rejects(
        exportComirec({ ...dataset, name: "other" }, folder),
        /synthetic_\w+\.(txt|json): another split is in this folder/,
      );
      assert.equal((await readComirecSplit("synthetic", folder)).hash, dataset.hash);
    });
  }
});

Deno.test("labels come back from an export as they are, whatever they contain", () =>
  inFolder(async (folder) => {
    const random = new Random(1);
    const pieces = [
      ",",
      '"',
      "\n",
      "\r",
      "\t",
      " ",
      "#",
      "\\",
      "é",
      "😀",
      "\u00a0",
      "\ufeff",
      "\0",
      "NULL",
      "a",
      "1",
    ];
    const word = () =>
      Array.from({ length: 1 + random.below(6) }, () => pieces[random.below(pieces.length)]).join(
        "",
      );
    const chosen = [
      "NULL",
      "nan",
      "#1",
      '"',
      '""',
      ",",
      "\n",
      "\r\n",
      " a",
      "a ",
      "a",
      "\ufeffa",
      ...pieces,
    ];
    const labels = [...new Set([...chosen, ...Array.from({ length: 400 }, word)])];
    const sequences = Array.from(
      { length: 60 },
      (_, u) => labels.filter((_, item) => (item + u) % 3 > 0),
    );
    const dataset = await fromSequences("odd-labels", sequences);
    assert.deepEqual(new Set(dataset.labels), new Set(["", ...labels]));
    await exportComirec(dataset, folder);
    const again = await readComirecSplit("odd-labels", folder);
    assert.equal(again.hash, dataset.hash);
    assert.deepEqual(again.labels, dataset.labels);
  }));

/** Writes three small files and reads them. */
function splitOf(
  folder: string,
  parts: { train?: string; valid?: string; test?: string; item_map?: string; targets?: string },
) {
  const files = { train: "0,1,0\n0,2,1\n", valid: "1,2,0\n", test: "2,3,0\n", ...parts };
  for (const [part, text] of Object.entries(files)) {
    Deno.writeTextFileSync(join(folder, `x_${part}.txt`), text);
  }
  return readComirecSplit("x", folder);
}

Deno.test("lines are ordered by index, a time column is allowed, gaps are noted", () =>
  inFolder(async (folder) => {
    const dataset = await splitOf(folder, {
      train: "0,5,1,99\n7,1,0,3\n0,4,0,98\n",
      test: "2,9,0\n",
    });
    assert.deepEqual([...itemsOf(dataset.train, 0)], [4, 5]);
    assert.deepEqual([...itemsOf(dataset.train, 1)], [1]);
    assert.equal(dataset.itemCount, 9);
    assert.ok(dataset.report!.notes.includes("4 items of 1..9 occur in no split"));
    assert.ok(dataset.report!.notes.some((note) => /sorted by index: 1 users/.test(note)));
  }));

Deno.test("numbers with large gaps are closed up on request, and become labels", () =>
  inFolder(async (folder) => {
    const parts = { train: "0,256000000,0\n0,7,1\n", valid: "1,300,0\n", test: "2,7,0\n" };
    assert.equal((await splitOf(folder, parts)).itemCount, 256_000_000);
    const dataset = await readComirecSplit("x", folder, { renumber: true });
    assert.deepEqual([...itemsOf(dataset.train, 0)], [3, 1]);
    assert.deepEqual([...dataset.valid.items, ...dataset.test.items], [2, 1]);
    assert.equal(dataset.itemCount, 3);
    assert.deepEqual(dataset.labels, ["", "7", "300", "256000000"]);
    // labels of a map are kept; it may have gaps, and items that do not occur
    const item_map = "shoe,7\nsock,300\nhat,2000000000\nscarf,256000000\n";
    await assert.rejects(splitOf(folder, { ...parts, item_map }), /missing: 1\. .*--renumber/);
    const labelled = await readComirecSplit("x", folder, { renumber: true });
    assert.deepEqual(labelled.labels, ["", "shoe", "sock", "scarf"]);
    assert.deepEqual(labelled.train, dataset.train);
  }));

Deno.test("the export of a catalogue beyond all memory is refused at once", () =>
  inFolder(async (folder) => {
    const dataset = await splitOf(folder, { train: "0,2147483647,0\n" });
    await assert.rejects(
      exportComirec({ ...dataset, itemCount: 2 ** 50 }, join(folder, "out")),
      /export of x: needs more memory .* --renumber/,
    );
  }));

Deno.test("what is wrong with a split folder is said with file and line", async () => {
  const wrong: [Parameters<typeof splitOf>[1], RegExp][] = [
    [{ train: "0,0,0\n" }, /x_train\.txt, line 1: item out of range in column 2: "0"/],
    [{ train: "0,1,0\n0,4294967297,1\n" }, /x_train\.txt, line 2: item out of range/],
    [{ train: "0,-3,0\n" }, /x_train\.txt, line 1: item out of range/],
    [{ valid: "1,x,0\n" }, /x_valid\.txt, line 1: not a number in column 2: "x"/],
    [{ valid: "0,1,0\n" }, /x_valid\.txt, line 1: a user that an earlier split has already: "0"/],
    [{ test: "2,3\n" }, /x_test\.txt, line 1: not 3 columns/],
    [{ test: "" }, /x_test\.txt: empty file/],
    [{ item_map: "a,1\nb,2\n" }, /x_test\.txt, line 1: item out of range .* 1\.\.2/],
    [{ item_map: "a,1\nb,1\n" }, /x_item_map\.txt, line 2: an item that is listed twice/],
    [{ targets: "1,1\n2,1\n1,2\n" }, /x_targets\.txt, line 3: a user that is listed twice.*"1"/],
    [{ targets: "1,1\n2,1\n7,1\n" }, /x_targets\.txt, user 7: neither valid nor test has this/],
    [{ targets: "1,1\n2,1\n0,1\n" }, /x_targets\.txt, user 0: neither valid nor test has this/],
    [{ item_map: "a,1\nb,3\n" }, /x_item_map\.txt: an item number is missing: 2/],
  ];
  for (const [parts, message] of wrong) {
    await inFolder(async (folder) => {
      await assert.rejects(
        () => splitOf(folder, parts),
        (error: Error) => error instanceof BadInput && message.test(error.message),
        String(message),
      );
    });
  }
  await inFolder(async (folder) => {
    await assert.rejects(() => readComirecSplit("x", folder), /0 files named <name>_train\.txt/);
  });
});
