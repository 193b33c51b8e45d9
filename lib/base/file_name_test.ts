import assert from "node:assert/strict";
import { inFolder } from "../testing/in_folder.ts";
import { fileName } from "./file_name.ts";
import { sha256 } from "./files.ts";
import { join } from "./paths.ts";

Deno.test("usual names stay, and no name leaves its folder or names a device", () => {
  for (const name of ["retailrocket-comirec", "my_shop.2", "店", "größe"]) {
    assert.equal(fileName(name), name);
  }
  assert.equal(fileName("../x"), "%2E.%2Fx");
  assert.equal(fileName("a/b\\c:d\0\n"), "a%2Fb%5Cc%3Ad%00%0A");
  assert.equal(fileName("CON"), "%43ON");
  assert.equal(fileName("nul.x"), "%6Eul.x");
  assert.equal(fileName("console"), "console");
});

Deno.test("a name that is too long ends in the hash of its UTF-8", () => {
  assert.equal(
    fileName("店".repeat(100)),
    `${"店".repeat(40)}-${sha256("店".repeat(100)).slice(0, 16)}`,
  );
});

Deno.test("different names are different files, however long and odd", () =>
  inFolder(async (folder) => {
    const names = [
      "",
      ".",
      "..",
      "%2E",
      "a/b",
      "a%2Fb",
      "\ud800",
      "\ud801",
      "\ufffd",
      "n".repeat(300),
      "n".repeat(301),
      "店".repeat(100),
      `${"n".repeat(300)}\ud800`,
      `${"n".repeat(300)}\ud801`,
      "𝕏".repeat(64),
      "/".repeat(100),
    ];
    assert.equal(new Set(names.map(fileName)).size, names.length);
    for (const name of names) {
      await Deno.writeTextFile(
        join(folder, `${fileName(name)}-0123456789.json.4711-3fa2b1-1.tmp`),
        "",
      );
    }
    assert.equal((await Array.fromAsync(Deno.readDir(folder))).length, names.length);
  }));
