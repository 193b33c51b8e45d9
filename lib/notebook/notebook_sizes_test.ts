import assert from "node:assert/strict";
import { basename } from "../base/paths.ts";
import { collection } from "../testing/collection.ts";

/** Bytes of a notebook that opens at once, and that version control can carry anew. */
const MOST = 1_500_000;

Deno.test("no notebook is larger than 1.5 MB, outputs and all", async () => {
  const sizes = await Promise.all((await collection()).map(async (path) => {
    return { name: basename(path), bytes: (await Deno.stat(path)).size };
  }));
  assert.ok(sizes.length >= 6);
  assert.deepEqual(sizes.filter(({ bytes }) => bytes > MOST), []);
});
