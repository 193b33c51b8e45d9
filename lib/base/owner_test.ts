import assert from "node:assert/strict";
import { inFolder } from "../testing/in_folder.ts";
import { holderText, isOrphan, isRunning, ownEnding, sweepOrphans } from "./owner.ts";
import { join } from "./paths.ts";

/** The id of a process that has ended. */
async function endedProcess(): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), { args: ["--version"], stdout: "null" }).spawn();
  await child.status;
  return child.pid;
}

Deno.test("a lock that another made anew, right after a dead one was opened, stays", () =>
  inFolder(async (folder) => {
    const path = join(folder, "a.lock");
    await Deno.writeTextFile(path, holderText().replace(`${Deno.pid}`, `${await endedProcess()}`));
    const { open } = Deno;
    try {
      Deno.open = async (...asked) => {
        const file = await open(...asked);
        await Deno.remove(path);
        await Deno.writeTextFile(path, holderText());
        return file;
      };
      await sweepOrphans(folder);
    } finally {
      Deno.open = open;
    }
    assert.equal((await Deno.readTextFile(path)).split(" ")[1], `${Deno.pid}`);
  }));

Deno.test("what an ended process left is removed; what is another's, of here or there, stays", () =>
  inFolder(async (folder) => {
    const ended = await endedProcess();
    assert.ok(!isRunning(ended) && isRunning(Deno.pid));
    const [, host] = ownEnding().split("-");
    const kept = [
      `a.json.${ownEnding()}.tmp`,
      `a.json.${ended}-000000-1.tmp`, // of another machine
      `a.json.${ended}-1.tmp`,
      `notes-${ended}-${host}.md`,
      "a.tmp",
    ];
    const left = [`a.json.${ended}-${host}-2.tmp`, `.cells-a.ipynb-${ended}-${host}-1.ts`];
    for (const name of [...kept, ...left]) await Deno.writeTextFile(join(folder, name), "");
    const key = `kernel-${ended}-${host}-1`;
    await Deno.mkdir(join(folder, key));
    await Deno.writeTextFile(join(folder, key, "connection.json"), "{}");
    assert.ok([...left, key].every(isOrphan) && !kept.some(isOrphan));

    const held = await Deno.open(join(folder, "held.lock"), { write: true, create: true });
    await held.lock(true);
    const dead = holderText().replace(`${Deno.pid}`, `${ended}`);
    const locks = {
      "held.lock": dead, // taken over by another process
      "mine.lock": holderText(),
      "yarn.lock": "# yarn lockfile v1",
      "far.lock": dead.replace(/on \S+/, "on elsewhere"),
    };
    for (const [name, text] of Object.entries({ ...locks, "dead.lock": dead })) {
      await Deno.writeTextFile(join(folder, name), text);
    }
    kept.push(...Object.keys(locks));

    await sweepOrphans(folder, "kernel-");
    await assert.rejects(Deno.stat(join(folder, key)), Deno.errors.NotFound);
    await sweepOrphans(folder);
    const there = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
    assert.deepEqual(there.sort(), kept.sort());
    held.close();
    await sweepOrphans(join(folder, "none")); // no error
  }));
