import assert from "node:assert/strict";
import { parquetReadObjects } from "hyparquet";
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

Deno.test("in Parquet what is not known is null, and a setting that some lack stays a number", () =>
  inFolder(async (folder) => {
    const path = join(folder, "rows.parquet");
    const row = { span: 64, clock: "order", rate: 0.5 };
    await writeFlatFile(path, [row, { span: "", clock: "", rate: NaN }]);
    const { buffer } = await Deno.readFile(path);
    const rows = await parquetReadObjects({ file: buffer as ArrayBuffer });
    assert.deepEqual(rows, [row, { span: null, clock: null, rate: null }]);
  }));
