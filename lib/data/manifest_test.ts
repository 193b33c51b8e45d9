import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { projectPath } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { inFolder } from "../testing/in_folder.ts";
import { withoutLinks } from "../testing/links.ts";
import { withEnv } from "../testing/with_env.ts";
import { manifest } from "./manifest.ts";
import { places } from "./sources.ts";

Deno.test("REMI_DATA names further folders; what is none, or nothing, is an error", () =>
  inFolder(async (folder) => {
    const before = Deno.env.get("REMI_DATA");
    const delimiter = Deno.build.os === "windows" ? ";" : ":";
    const [one, file] = ["one", "file"].map((name) => join(folder, name));
    await Deno.mkdir(one!);
    await Deno.writeTextFile(file!, "");
    try {
      Deno.env.set("REMI_DATA", [one, "lib"].join(delimiter));
      assert.deepEqual(places().folders.slice(0, 2), [one, projectPath("lib")]);
      for (const wrong of [file, join(folder, "none")]) {
        Deno.env.set("REMI_DATA", [one, wrong].join(delimiter));
        assert.throws(() => places(), /REMI_DATA: no such folder/);
      }
      Deno.env.set("REMI_DATA", " ");
      assert.throws(() => places(), /REMI_DATA: set to nothing/);
      Deno.env.delete("REMI_DATA");
      assert.equal(places().folders.length, 1);
    } finally {
      if (before !== undefined) Deno.env.set("REMI_DATA", before);
      else Deno.env.delete("REMI_DATA");
    }
  }));

Deno.test({
  name: `a link in REMI_DATA that leads to nothing is an error${withoutLinks}`,
  ignore: withoutLinks !== "",
  fn: () =>
    inFolder(async (folder) => {
      const dangling = join(folder, "dangling");
      await Deno.symlink(join(folder, "nowhere"), dangling, { type: "dir" });
      await withEnv({ REMI_DATA: dangling }, () => {
        assert.throws(() => places(), /REMI_DATA: no such folder/);
      });
    }),
});

Deno.test("the manifest: names once, a wrong one is refused", async () => {
  const names = (await manifest()).map((entry) => entry.name);
  assert.equal(new Set(names).size, names.length);
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(path, JSON.stringify([{ name: "x", licence: "MIT", colour: "red" }]));
    await assert.rejects(() => manifest(path), BadInput);
    const entry = (await manifest()).find(({ name }) => name === "gowalla")!;
    const [file] = entry.files;
    const files = [
      ...["../x", "/etc/passwd", "a/b", "..", "", "a\\b"].map((name) => ({ ...file, name })),
      ...["file:///etc/passwd", "ftp://a/b", "http://example.org/x", "https://u:p@a/b", "data:,x"]
        .map((url) => ({ ...file, url })),
    ];
    for (const wrong of files) {
      await Deno.writeTextFile(path, JSON.stringify([{ ...entry, files: [wrong] }]));
      await assert.rejects(() => manifest(path), BadInput, JSON.stringify(wrong));
    }
    await Deno.writeTextFile(path, JSON.stringify([entry, entry]));
    await assert.rejects(() => manifest(path), /a name is there twice/);
    await Deno.writeTextFile(path, "[]");
    await assert.rejects(() => manifest(path), BadInput);
    await Deno.writeTextFile(path, "[");
    await assert.rejects(() => manifest(path), /not readable as JSON/);
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("what can be downloaded has its sha256, but for the two files of SNAP", async () => {
  const files = (await manifest()).flatMap((entry) => entry.files);
  const unvouched = files.filter(({ url, sha256 }) => url !== undefined && sha256 === undefined);
  assert.deepEqual(unvouched.map(({ name }) => name), [
    "reviews_Books_5.json.gz",
    "loc-gowalla_totalCheckins.txt.gz",
  ]);
  const unpinned = files.flatMap(({ url, parts = [] }) => [url, ...parts.map((part) => part.url)])
    .filter((url) => url !== undefined && !/\/[0-9a-f]{40}\//.test(url));
  assert.deepEqual(unpinned, unvouched.map(({ url }) => url));
});
