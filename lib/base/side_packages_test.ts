import assert from "node:assert/strict";
import { inFolder } from "../testing/in_folder.ts";
import { BadInput } from "./bad_input.ts";
import { projectPath } from "./files.ts";
import { join, relative } from "./paths.ts";
import { SidePackages } from "./side_packages.ts";

const absent = new SidePackages("no-such-set", {
  what: "packages that nobody has",
  command: "deno task nothing",
  dependencies: { "no-such-package": "1.0.0" },
});

Deno.test("missing packages are asked for by the command that installs them", async () => {
  assert.equal(await absent.installed(), false);
  const message = /packages that nobody has: not installed.*Run deno task nothing\./;
  await assert.rejects(() => absent.require("no-such-package"), message);
  await assert.rejects(() => absent.import("no-such-package", "index.js"), message);
});

Deno.test("what an interrupted installation left is not installed, or told in a sentence", () =>
  inFolder(async (folder) => {
    const cut = new SidePackages(relative(projectPath("data", "downloads"), folder), {
      what: "packages of a test",
      command: "deno task nothing",
      dependencies: { "cut-package": "1.0.0" },
    });
    const path = join(folder, "node_modules", "cut-package", "package.json");
    await Deno.mkdir(join(folder, "node_modules", "cut-package"), { recursive: true });
    for (const text of ["", '{ "name": "cut-pa', "null", "7", '{ "version": "0.9.0" }']) {
      await Deno.writeTextFile(path, text);
      assert.equal(await cut.installed(), false, text);
    }
    await Deno.writeTextFile(path, '{ "version": "1.0.0", "main": "index.js" }');
    assert.equal(await cut.installed(), true);
    for (
      const load of [
        () => cut.require("cut-package"),
        () => cut.import("cut-package", "index.js"),
      ]
    ) {
      await assert.rejects(load, (error: Error) => {
        assert.ok(error instanceof BadInput, String(error));
        assert.match(error.message, /^packages of a test: cannot be loaded \(.*\)\. Delete .* run/);
        return true;
      });
    }
  }));

Deno.test("the first command installs nothing that few need or nothing calls", async () => {
  const { npm } = JSON.parse(await Deno.readTextFile(projectPath("deno.lock")));
  const installed = Object.keys(npm).map((name) => name.replace(/(?<=.)@.*$/, ""));
  assert.ok(installed.includes("@tensorflow/tfjs-core"));
  const unwanted = ["@lancedb/lancedb", "@tensorflow/tfjs", "@tensorflow/tfjs-node", "binaryen"];
  const uncalled = ["@tensorflow/tfjs-converter", "core-js", "request", "xlsx"];
  assert.deepEqual(installed.filter((name) => [...unwanted, ...uncalled].includes(name)), []);
});
