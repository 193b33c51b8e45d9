import assert from "node:assert/strict";
import { exists } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { FILE, sequenceText, withPlaces } from "../testing/data_places.ts";
import { readCache } from "./cache.ts";
import { manifestEntry } from "./manifest.ts";
import { obtain } from "./obtain.ts";
import { sourceStamp } from "./sources.ts";
import { whereabouts, whereaboutsText } from "./whereabouts.ts";

Deno.test("a source whose content has changed is read anew, one that was touched is not", () =>
  withPlaces(async ({ folder, load, cacheFiles }) => {
    const path = join(folder, FILE);
    await Deno.writeTextFile(path, sequenceText(1));
    const first = await load("books-maerec");
    const [cache] = cacheFiles();
    const { mtime } = await Deno.stat(cache!);
    await Deno.utime(path, 1, 1);
    assert.equal((await load("books-maerec")).hash, first.hash);
    assert.equal(cacheFiles().length, 1);
    // the next load need not hash the source again, and the order of the caches is as it was
    assert.equal((await readCache(cache!))!.origin.stamp, await sourceStamp(path));
    assert.equal((await Deno.stat(cache!)).mtime!.getTime(), mtime!.getTime());
    const { userIds: _, ...dataset } = first;
    assert.deepEqual(await load("books-maerec"), dataset);
    await Deno.writeTextFile(path, sequenceText(2));
    assert.notEqual((await load("books-maerec")).hash, first.hash);
    assert.equal(cacheFiles().length, 2);
  }));

Deno.test("a damaged cache is made anew, with a message", async () => {
  const damages: ((bytes: Uint8Array) => Uint8Array)[] = [
    (bytes) => bytes.map((byte, at) => at === bytes.length - 9 ? byte ^ 1 : byte),
    (bytes) => bytes.map((byte, at) => at === 60 ? byte ^ 1 : byte),
    (bytes) => bytes.subarray(0, bytes.length - 5),
    () => new Uint8Array(0),
    (bytes) => bytes.map((byte, at) => at === 0 ? 0 : byte),
  ];
  for (const damage of damages) {
    await withPlaces(async ({ folder, load, cacheFiles, said }) => {
      await Deno.writeTextFile(join(folder, FILE), sequenceText(1));
      const first = await load("books-maerec");
      const [path] = cacheFiles();
      await Deno.writeFile(path!, damage(await Deno.readFile(path!)));
      assert.equal((await load("books-maerec")).hash, first.hash);
      assert.equal(said.length, 1);
      assert.match(said[0]!, /is damaged or of another version; it is made anew/);
      assert.equal((await load("books-maerec")).hash, first.hash);
      assert.equal(said.length, 1);
    });
  }
});

Deno.test("a cache that cannot be read just now stays, and counts again afterwards", () =>
  withPlaces(async ({ folder, load, cacheFiles, said }) => {
    await Deno.writeTextFile(join(folder, FILE), sequenceText(1));
    const usual = await load("books-maerec");
    const [first] = cacheFiles();
    const last = await load("books-maerec", { split: "leave-last-out" });
    const files = cacheFiles();
    await Deno.remove(join(folder, FILE));
    const open = Deno.open;
    for (const errorNumber of [5, 13, 24]) {
      for (const hidden of files) {
        Deno.open = (path, options) =>
          path === hidden
            ? Promise.reject(new Error(`refused (os error ${errorNumber})`))
            : open(path, options);
        said.length = 0;
        try {
          for (const dataset of [usual, last]) {
            const again = () => load("books-maerec", { split: dataset.split! });
            const isHidden = (hidden === first) === (dataset === usual);
            if (isHidden) await assert.rejects(again, /safetensors: cannot be read: /);
            else assert.equal((await again()).hash, dataset.hash);
          }
        } finally {
          Deno.open = open;
        }
        assert.ok(said.every((text) => /^Of the cache: .*cannot be read: /.test(text)), said[0]);
        assert.deepEqual(cacheFiles(), files);
      }
    }
    assert.equal((await load("books-maerec")).hash, usual.hash);
  }));

Deno.test("what cannot be read just now is not fetched instead", () =>
  withPlaces(async ({ folder, load, cacheFiles, places, said }) => {
    await Deno.writeTextFile(join(folder, FILE), sequenceText(1));
    await load("books-maerec");
    await Deno.remove(join(folder, FILE));
    const entry = await manifestEntry("books-maerec");
    const [open, { fetch }] = [Deno.open, globalThis];
    try {
      Deno.open = (path, options) =>
        path === cacheFiles()[0]
          ? Promise.reject(new Error("refused (os error 24)"))
          : open(path, options);
      globalThis.fetch = () => assert.fail("it is fetched");
      const place = await whereabouts(entry, places);
      assert.equal(place.at, "unreadable");
      assert.match(whereaboutsText(place), /^not readable just now: .*safetensors: cannot be read/);
      const say = (message: string) => void said.push(message);
      await assert.rejects(() => obtain("books-maerec", { places, say }), /cannot be read/);
    } finally {
      [Deno.open, globalThis.fetch] = [open, fetch];
    }
  }));

Deno.test("a damaged cache of another split is made anew when that split is read", () =>
  withPlaces(async ({ folder, load, cacheFiles, said }) => {
    await Deno.writeTextFile(join(folder, FILE), sequenceText(1));
    const usual = await load("books-maerec");
    const [own] = cacheFiles();
    const last = await load("books-maerec", { split: "leave-last-out" });
    const other = cacheFiles().find((path) => path !== own)!;
    await Deno.truncate(other, 100);
    assert.equal((await load("books-maerec")).hash, usual.hash);
    await Deno.remove(own!);
    assert.equal((await load("books-maerec")).hash, usual.hash);
    assert.equal((await Deno.stat(other)).size, 100);
    assert.equal(said.length, 0);
    assert.equal((await load("books-maerec", { split: "leave-last-out" })).hash, last.hash);
    assert.equal(said.length, 1);
    assert.ok(said[0]!.includes(`${other} is damaged or of another version; it is made anew`));
  }));

Deno.test("a cache of an older layout stays until another is there in its place", () =>
  withPlaces(async ({ folder, load, places }) => {
    const old = join(places.cache, `books-maerec.${"0".repeat(16)}.bin`);
    await Deno.mkdir(places.cache);
    await Deno.writeTextFile(old, "older");
    await assert.rejects(() => load("books-maerec"), /not at hand/);
    assert.ok(await exists(old));
    await Deno.writeTextFile(join(folder, FILE), sequenceText(1));
    await load("books-maerec");
    assert.equal(await exists(old), false);
  }));
