import assert from "node:assert/strict";
import { projectPath } from "./files.ts";
import { dirname } from "./paths.ts";
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

Deno.test("a package whose installation was cut off within a file is not installed", async () => {
  const name = `cut-off-${Deno.pid}`;
  const dependencies = { one: "1.0.0" };
  const set = new SidePackages(name, { what: "one", command: "deno task one", dependencies });
  try {
    await Deno.mkdir(dirname(set.path("one", "package.json")), { recursive: true });
    for (const [text, whole] of [["", false], ['{"versi', false], ['{"version":"1.0.0"}', true]]) {
      await Deno.writeTextFile(set.path("one", "package.json"), text as string);
      assert.equal(await set.installed(), whole);
    }
  } finally {
    await Deno.remove(projectPath("data", "downloads", name), { recursive: true });
  }
});

Deno.test("the first command installs nothing that few need or nothing calls", async () => {
  const { npm } = JSON.parse(await Deno.readTextFile(projectPath("deno.lock")));
  const installed = Object.keys(npm).map((name) => name.replace(/(?<=.)@.*$/, ""));
  assert.ok(installed.includes("@tensorflow/tfjs-core"));
  const unwanted = ["@lancedb/lancedb", "@tensorflow/tfjs", "@tensorflow/tfjs-node", "binaryen"];
  const uncalled = ["@tensorflow/tfjs-converter", "core-js", "request", "xlsx"];
  assert.deepEqual(installed.filter((name) => [...unwanted, ...uncalled].includes(name)), []);
});
