import assert from "node:assert/strict";
import { join } from "../base/paths.ts";
import { inFolder } from "../testing/in_folder.ts";
import { writeFlatFile } from "./flat_file.ts";

Deno.test("no rows are no file, whatever its kind", () =>
  inFolder(async (folder) => {
    for (const name of ["a.csv", "a.parquet"]) {
      await assert.rejects(() => writeFlatFile(join(folder, name), []), /no rows/);
    }
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  }));
