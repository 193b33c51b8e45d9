import assert from "node:assert/strict";
import { decodedOnce } from "./run_files.ts";

Deno.test("the same content is decoded once, and what failed is tried again", async () => {
  const decoded: string[] = [];
  const lengthOf = decodedOnce((bytes, where) => {
    decoded.push(where);
    return bytes.length === 0
      ? Promise.reject(new Error(`${where}: empty`))
      : Promise.resolve([bytes.length]);
  });
  const bytes = new Uint8Array(3);
  const first = await lengthOf("a", bytes, "one place");
  assert.equal(await lengthOf("a", bytes, "another place"), first);
  assert.deepEqual(await lengthOf("b", new Uint8Array(4), "a third"), [4]);
  await assert.rejects(() => lengthOf("c", new Uint8Array(0), "here"), /here: empty/);
  await assert.rejects(() => lengthOf("c", new Uint8Array(0), "there"), /there: empty/);
  assert.deepEqual(decoded, ["one place", "a third", "here", "there"]);
});
