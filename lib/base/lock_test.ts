import assert from "node:assert/strict";
import { lockFile, whileLocked } from "./lock.ts";
import { join } from "./paths.ts";

Deno.test("a lock that another holds is waited for, and it is said", async () => {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "held");
  const open = () => Deno.open(path, { write: true, create: true });
  const [mine, others] = [await open(), await open()];
  try {
    await others.lock(true);
    const said: string[] = [];
    const waits = Promise.withResolvers<void>();
    const waiting = lockFile(mine, "the runs", (message) => {
      said.push(message);
      waits.resolve();
    });
    await waits.promise;
    assert.deepEqual(said, ["Another process holds the runs: waiting for it. Ctrl-C gives up."]);
    await others.unlock();
    await waiting;
    assert.equal(said.length, 1);
    const told = Promise.withResolvers<void>();
    const behind = whileLocked(path, () => Promise.resolve("done"), () => told.resolve());
    await told.promise;
    await mine.unlock();
    assert.equal(await behind, "done");
  } finally {
    mine.close();
    others.close();
    await Deno.remove(folder, { recursive: true });
  }
});
