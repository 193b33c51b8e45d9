import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { join } from "../base/paths.ts";
import { readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import { inFolder } from "../testing/in_folder.ts";

const checkpoint = {
  meta: { step: 3, name: "a\nb" },
  arrays: { table: Float32Array.of(1, NaN, -0, 1e-38), last: Uint32Array.of(0, 2 ** 32 - 1) },
};

Deno.test("a checkpoint comes back to the bit", () =>
  inFolder(async (folder) => {
    const path = join(folder, "deep", "a.ckpt");
    await writeCheckpoint(path, checkpoint);
    const back = await readCheckpoint<typeof checkpoint.meta>(path);
    assert.deepEqual(back, checkpoint);
  }));

Deno.test("no checkpoint is null, not an error", () =>
  inFolder(async (folder) => {
    assert.equal(await readCheckpoint(join(folder, "a.ckpt")), null);
  }));

Deno.test("a checkpoint that is cut or changed is refused by name", () =>
  inFolder(async (folder) => {
    const path = join(folder, "deep", "a.ckpt");
    await writeCheckpoint(path, checkpoint);
    const bytes = await Deno.readFile(path);
    for (
      const damaged of [bytes.subarray(0, bytes.length - 1), bytes.with(90, bytes[90]! ^ 1), []]
    ) {
      await Deno.writeFile(path, Uint8Array.from(damaged));
      await assert.rejects(() => readCheckpoint(path), (error: Error) => {
        assert.ok(error instanceof BadInput);
        assert.match(error.message, /a\.ckpt: this checkpoint is damaged/);
        return true;
      });
    }
  }));
