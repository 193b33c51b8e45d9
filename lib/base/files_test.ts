import assert from "node:assert/strict";
import { inFolder } from "../testing/in_folder.ts";
import { withoutLinks } from "../testing/links.ts";
import { BadInput } from "./bad_input.ts";
import { exists, homeFolder, writeAtomically } from "./files.ts";
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
  name: `a file that is written anew through a link keeps its permissions${withoutLinks}`,
  ignore: Deno.build.os === "windows" || withoutLinks !== "",
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
    }),
});

Deno.test({
  name: `a link stays one, and the file that it names is written, there or not${withoutLinks}`,
  ignore: withoutLinks !== "",
  fn: () =>
    inFolder(async (folder) => {
      const inside = (...parts: string[]) => join(folder, ...parts);
      await Deno.mkdir(inside("deep", "own"), { recursive: true });
      await Deno.symlink(inside("deep", "own"), inside("linked"), { type: "dir" });
      const file = { type: "file" } as const;
      await Deno.symlink(inside("new", "target"), inside("link"), file);
      await Deno.symlink("link", inside("second"), file);
      await Deno.symlink(join("..", "beside"), inside("deep", "own", "upwards"), file);
      const cases = [
        ["second", ["new", "target"], "through two links, into a folder that is made"],
        ["second", ["new", "target"], "now that it is there"],
        [join("linked", "upwards"), ["deep", "beside"], "from where the link really is"],
      ] as const;
      for (const [link, target, content] of cases) {
        await writeAtomically(inside(link), content);
        assert.equal(await Deno.readTextFile(inside(...target)), content);
        assert.equal(await Deno.readTextFile(inside(link)), content);
        assert.ok((await Deno.lstat(inside(link))).isSymlink);
      }
      assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [
        ...["deep", "link", "linked", "new", "second"],
      ]);
    }),
});

Deno.test({
  name: `links in a circle are refused, and stay as they are${withoutLinks}`,
  ignore: withoutLinks !== "",
  fn: () =>
    inFolder(async (folder) => {
      const [one, other] = [join(folder, "one"), join(folder, "other")];
      await Deno.symlink("other", one, { type: "file" });
      await Deno.symlink("one", other, { type: "file" });
      await assert.rejects(() => writeAtomically(one, "text"), BadInput);
      await assert.rejects(() => exists(one), BadInput);
      for (const link of [one, other]) assert.ok((await Deno.lstat(link)).isSymlink);
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

Deno.test("whether a file is there: what no file can be called is refused in plain words", () =>
  inFolder(async (folder) => {
    const file = join(folder, "file");
    await Deno.writeTextFile(file, "");
    assert.deepEqual(await Promise.all([file, folder].map(exists)), [true, true]);
    assert.deepEqual(await Promise.all([`${file}s`, join(file, "x")].map(exists)), [false, false]);
    for (const wrong of [join(folder, "x".repeat(300)), "a\0b"]) {
      await assert.rejects(() => exists(wrong), BadInput, wrong);
    }
  }));

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
