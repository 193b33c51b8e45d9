import assert from "node:assert/strict";
import { join } from "../../base/paths.ts";
import { installedKernel, installKernelspec, isCached, kernelspecFolder } from "./kernelspec.ts";

Deno.test("the kernelspec goes where Jupyter looks, and starts this Deno", async () => {
  const home = await Deno.makeTempDir();
  const before = ["HOME", "APPDATA", "JUPYTER_DATA_DIR", "XDG_DATA_HOME"].map((name) =>
    [name, Deno.env.get(name)] as const
  );
  try {
    Deno.env.set("HOME", home);
    Deno.env.set("APPDATA", home);
    Deno.env.delete("JUPYTER_DATA_DIR");
    Deno.env.delete("XDG_DATA_HOME");
    assert.equal(await installedKernel(), null);
    const { folder, deno } = await installKernelspec();
    assert.equal(kernelspecFolder(), folder);
    assert.equal(await installedKernel(), deno);
    assert.ok(folder.startsWith(home), folder);
    const spec = JSON.parse(await Deno.readTextFile(join(folder, "kernel.json")));
    assert.equal(spec.argv[0], deno);
    assert.equal(spec.language, "typescript");

    Deno.env.set("XDG_DATA_HOME", join(home, "own")); // which Linux follows, and nobody else
    const { folder: own } = await installKernelspec();
    assert.equal(kernelspecFolder(), own);
    assert.equal(own.startsWith(join(home, "own")), Deno.build.os === "linux");

    Deno.env.set("JUPYTER_DATA_DIR", join(home, "data"));
    const moved = (await installKernelspec()).folder;
    assert.equal(moved, join(home, "data", "kernels", "deno"));
    assert.equal(kernelspecFolder(), moved);
    assert.deepEqual(JSON.parse(await Deno.readTextFile(join(moved, "kernel.json"))), spec);
    for (const wrong of [JSON.stringify({ argv: ["no-such-deno"] }), "{"]) {
      await Deno.writeTextFile(join(moved, "kernel.json"), wrong);
      await assert.rejects(() => installedKernel(), /does not start Deno/);
    }
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) Deno.env.delete(name);
      else Deno.env.set(name, value);
    }
    await Deno.remove(home, { recursive: true });
  }
});

Deno.test("an executable that npx keeps is recognised", () => {
  assert.ok(isCached("/home/a/.npm/_npx/7a40/node_modules/.bin/deno"));
  assert.ok(isCached("C:\\Users\\a\\npm-cache\\_npx\\7a40\\node_modules\\deno\\deno.exe"));
  assert.ok(!isCached("/usr/local/bin/deno"));
});
