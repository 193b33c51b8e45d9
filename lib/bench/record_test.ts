import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { join } from "../base/paths.ts";
import { exampleBenchmark } from "../testing/example_runs.ts";
import { inFolder } from "../testing/in_folder.ts";
import { benchKinds, newestRecord, writeRecord } from "./record.ts";

Deno.test("a record comes back as it was written, and the committed ones are records", () =>
  inFolder(async (folder) => {
    const written = exampleBenchmark();
    await writeRecord(written, folder);
    assert.deepEqual(await newestRecord("steps", folder), written);
    for (const kind of benchKinds) assert.equal((await newestRecord(kind)).kind, kind);
  }));

Deno.test("a file that is no record of the kind is named, with what is wrong in it", () =>
  inFolder(async (folder) => {
    await assert.rejects(() => newestRecord("steps", folder), /no recorded benchmark/);
    const path = join(folder, "2026-01-01-steps.json");
    const record = exampleBenchmark();
    const wrong: [string, RegExp][] = [
      ["", /not the record of a benchmark \(no JSON\)/],
      ["{", /no JSON/],
      ["[]", /not the record of a benchmark/],
      [JSON.stringify({ ...record, kind: "kernels" }), /of another kind/],
      [JSON.stringify({ ...record, machine: 7 }), /\(machine: /],
      [JSON.stringify({ ...record, ratios: [{ ...record.ratios[0], times: null }] }), /ratios\.0/],
    ];
    for (const [text, message] of wrong) {
      await Deno.writeTextFile(path, text);
      await assert.rejects(
        () => newestRecord("steps", folder),
        (error: Error) => error instanceof BadInput && message.test(error.message),
      );
    }
  }));
