import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { join } from "../base/paths.ts";
import { writeTensors } from "../base/safetensors.ts";
import { copyOf } from "../base/values.ts";
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
    const arrays = Object.entries(back!.arrays).map(([name, values]) => [name, copyOf(values)]);
    assert.deepEqual({ ...back, arrays: Object.fromEntries(arrays) }, checkpoint);
  }));

Deno.test("no checkpoint is null, not an error", () =>
  inFolder(async (folder) => {
    assert.equal(await readCheckpoint(join(folder, "a.ckpt")), null);
  }));

Deno.test("a file that is no checkpoint of this version is refused by name", () =>
  inFolder(async (folder) => {
    const path = join(folder, "a.ckpt");
    const refuses = (message: RegExp) =>
      assert.rejects(() => readCheckpoint(path), (error: Error) => {
        assert.ok(error instanceof BadInput);
        assert.match(error.message, message);
        assert.match(error.message, /a\.ckpt: .* Delete it to start the training anew\./);
        return true;
      });
    await Deno.writeTextFile(path, '{"meta":{"step":3},"arrays":[]}\n');
    await refuses(/not a safetensors file, or one of an older version/);
    await writeTensors(path, { tensors: {}, metadata: { run: "{}" } });
    await refuses(/not a checkpoint/);
    await writeCheckpoint(path, checkpoint);
    await Deno.truncate(path, 100);
    await refuses(/the file is cut/);
  }));

Deno.test("what the system does not let be read is refused in plain words", () =>
  inFolder(async (folder) => {
    for (const wrong of [folder, join(folder, "x".repeat(300))]) {
      await assert.rejects(() => readCheckpoint(wrong), (error: Error) => {
        assert.ok(error instanceof BadInput, String(error));
        assert.match(error.message, /cannot be read: /);
        return true;
      });
    }
  }));
