import assert from "node:assert/strict";
import { inFolder } from "../testing/in_folder.ts";
import { homeFolder, writeAtomically } from "./files.ts";
import { join } from "./paths.ts";

Deno.test("writes of one path at once: one of them wins, whole, and nothing else is left", () =>
  inFolder(async (folder) => {
    const path = join(folder, "new", "index.html");
    const contents = Array.from({ length: 20 }, (_, i) => String(i).repeat(10_000));
    await Promise.all(contents.map((content) => writeAtomically(path, content)));
    assert.ok(contents.includes(await Deno.readTextFile(path)));
    assert.deepEqual([...Deno.readDirSync(join(folder, "new"))].map(({ name }) => name), [
      "index.html",
    ]);
  }));

Deno.test("a write that fails leaves the old content and no temporary file", () =>
  inFolder(async (folder) => {
    const path = join(folder, "taken");
    await Deno.mkdir(join(path, "inside"), { recursive: true });
    await assert.rejects(writeAtomically(path, "text"));
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["taken"]);
  }));

Deno.test({
  name: "a file that is written anew keeps its permissions, and a link stays one",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inFolder(async (folder) => {
      const [path, link] = [join(folder, "own", "secret"), join(folder, "link")];
      await Deno.mkdir(join(folder, "own"));
      await Deno.writeTextFile(path, "old");
      await Deno.chmod(path, 0o600);
      await Deno.symlink(path, link);
      await writeAtomically(link, "new");
      assert.equal(await Deno.readTextFile(path), "new");
      assert.equal((await Deno.stat(path)).mode! & 0o777, 0o600);
      assert.ok((await Deno.lstat(link)).isSymlink);
      await Deno.remove(path);
      await writeAtomically(link, "newer"); // of a link to nothing
      assert.equal(await Deno.readTextFile(link), "newer");
      assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [
        "link",
        "own",
      ]);
    }),
});

Deno.test({
  name: "while a file is written anew nobody may read it who could not read the old one",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inFolder(async (folder) => {
      const path = join(folder, "secret");
      await Deno.writeTextFile(path, "old", { mode: 0o600 });
      await writeAtomically(path, async (file) => {
        assert.equal((await file.stat()).mode! & 0o777, 0o600);
        await file.write(new TextEncoder().encode("new"));
      });
      assert.equal(await Deno.readTextFile(path), "new");
    }),
});

Deno.test("the home folder is known without HOME, and with an empty one", () => {
  const before = Deno.env.get("HOME");
  try {
    Deno.env.set("HOME", "/somewhere");
    if (Deno.build.os !== "windows") assert.equal(homeFolder(), "/somewhere");
    Deno.env.set("HOME", "");
    const home = homeFolder();
    assert.notEqual(home, "");
    Deno.env.delete("HOME");
    assert.equal(homeFolder(), home);
  } finally {
    if (before !== undefined) Deno.env.set("HOME", before);
  }
});
