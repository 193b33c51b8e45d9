import assert from "node:assert/strict";
import { projectPath } from "./files.ts";
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

Deno.test("the first command installs nothing that few need or nothing calls", async () => {
  const { npm } = JSON.parse(await Deno.readTextFile(projectPath("deno.lock")));
  const installed = Object.keys(npm).map((name) => name.replace(/(?<=.)@.*$/, ""));
  assert.ok(installed.includes("@tensorflow/tfjs-core"));
  const unwanted = ["@lancedb/lancedb", "@tensorflow/tfjs", "@tensorflow/tfjs-node", "binaryen"];
  const uncalled = ["@tensorflow/tfjs-converter", "core-js", "request", "xlsx"];
  assert.deepEqual(installed.filter((name) => [...unwanted, ...uncalled].includes(name)), []);
});
