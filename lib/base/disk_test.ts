import assert from "node:assert/strict";
import { BadInput } from "./bad_input.ts";
import { namesIn, readBytes, reading, readText, systemRefusal, writing } from "./disk.ts";
import { inFolder } from "../testing/in_folder.ts";
import { withoutLinks } from "../testing/links.ts";
import { join } from "./paths.ts";

Deno.test("what the system refuses names file, attempt, reason and remedy, and no number", () =>
  inFolder(async (folder) => {
    const file = join(folder, "file");
    const long = join(folder, "x".repeat(300));
    await Deno.writeTextFile(file, "");
    const tries: [() => Promise<unknown>, RegExp][] = [
      [() => Deno.readTextFile(join(folder, "none")), /none: cannot be read: no such file/],
      [() => Deno.readTextFile(folder), /cannot be read: a folder is in the place of a file/],
      [() => Deno.readTextFile(join(file, "x")), /x: cannot be read: a file is in the place/],
      [() => Deno.mkdir(join(file, "a"), { recursive: true }), /cannot be written: a file is in/],
      [() => Deno.readTextFile(long), /cannot be read: the name is too long/],
      [() => Deno.rename(file, folder), /cannot be written: /],
      [() => Deno.stat("a\0b"), /cannot be read: no path for a file/],
    ];
    if (Deno.build.os === "linux") {
      tries.push([
        () => Deno.writeTextFile("/dev/full", "x"),
        /full: cannot be written: disk full/,
      ]);
    }
    for (const [attempt, message] of tries) {
      const refusal = await attempt().then(() => null, (error) => systemRefusal(error));
      assert.ok(refusal instanceof BadInput, String(message));
      assert.match(refusal.message, message);
      assert.doesNotMatch(refusal.message, /os error|E[A-Z]{4}|undefined/);
    }
  }));

Deno.test({
  name: `links in a circle are refused as such${withoutLinks}`,
  ignore: withoutLinks !== "",
  fn: () =>
    inFolder(async (folder) => {
      const loop = join(folder, "loop");
      await Deno.symlink("loop", loop, { type: "file" });
      await assert.rejects(() => readText(loop), /loop: .*: symbolic links that lead in a circle/);
    }),
});

Deno.test("the names in a folder; one that is none is refused", () =>
  inFolder(async (folder) => {
    const file = join(folder, "file");
    await Deno.writeTextFile(file, "");
    assert.deepEqual(await namesIn(folder), ["file"]);
    for (const wrong of [file, join(folder, "none")]) {
      await assert.rejects(() => namesIn(wrong), BadInput);
    }
  }));

Deno.test("writing says what is safe; what is none of the system's stays as it is", async () => {
  const refusals: [Error, RegExp][] = [
    [new Error("No space left on device (os error 28)"), /to\/x: .*disk full\. Free some space/],
    [new Deno.errors.PermissionDenied("denied (os error 13)"), /no permission\. Allow writing in/],
    [new Error("Not a directory (os error 20)"), /a file is in the place of a folder/],
    [new Error("Read-only file system (os error 30)"), /for reading only.*What was there before/],
  ];
  for (const [refusal, message] of refusals) {
    await assert.rejects(
      () => writing("to/x", () => Promise.reject(refusal)),
      (error: Error) => error instanceof BadInput && message.test(error.message),
    );
  }
  const other = new Error("something else");
  await assert.rejects(() => writing("to/x", () => Promise.reject(other)), other);
});

Deno.test({
  name: "pipes and devices are refused by kind, without a wait",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inFolder(async (folder) => {
      const pipe = join(folder, "pipe");
      await new Deno.Command("mkfifo", { args: [pipe] }).output();
      const read = (path: string) => () => reading(path, () => Deno.readTextFile(path));
      await assert.rejects(read(pipe), /pipe: a named pipe, not a file\. Give a file/);
      await assert.rejects(read("/dev/zero"), /zero: a device, not a file/);
      await assert.rejects(() => readText(pipe), /pipe: a named pipe, not a file/);
      await assert.rejects(() => readBytes(folder), /cannot be read: a folder is in the place/);
      const write = () => writing(pipe, () => Deno.writeTextFile(pipe, "x"));
      await assert.rejects(write, /pipe: a named pipe, not a file/);
      await assert.rejects(read(join(folder, "none")), /cannot be read: no such file/);
    }),
});
