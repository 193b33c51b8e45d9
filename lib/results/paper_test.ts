import assert from "node:assert/strict";
import { readText } from "../base/disk.ts";
import { projectPath } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { inFolder } from "../testing/in_folder.ts";
import { testPublished } from "../testing/test_published.ts";
import { type PaperNumbers, paperNumbers, paperSchema } from "./paper.ts";

const remi = {
  data: "books",
  method: "REMI",
  at: { 20: { recall: 1.25 }, 50: { recall: 2.5, ndcg: 0 } }, // made up
};

/** What a file with this text gives. */
async function read(content: unknown): Promise<PaperNumbers> {
  let found: PaperNumbers | undefined;
  await inFolder(async (folder) => {
    const path = join(folder, "paper.json");
    const text = typeof content === "string" ? content : JSON.stringify(content);
    await Deno.writeTextFile(path, text);
    found = await paperNumbers(path);
  });
  return found!;
}

await testPublished(
  "the repository has no number of the paper",
  ["results/paper.json"],
  async () => {
    const none = { source: "", numbers: [] };
    assert.deepEqual(await paperNumbers(projectPath("results", "paper.json")), none);
  },
);

Deno.test("the schema beside the paper's numbers is the one that they are checked by", async () => {
  const written = JSON.parse(await readText(projectPath("results", "paper.schema.json")));
  assert.deepEqual(written, JSON.parse(JSON.stringify(paperSchema())));
  assert.deepEqual(await paperNumbers("no/such/file.json"), { source: "", numbers: [] });
});

Deno.test("numbers that are typed in are shares by data, method, cut-off and metric", async () => {
  const mind = { data: "gowalla", method: "MIND + IHN + RR", at: { 50: { hr: 100 } } };
  const found = await read({ source: "table 2", rows: [remi, mind] });
  const of = { data: "books", method: "REMI" };
  assert.deepEqual(found, {
    source: "table 2",
    numbers: [
      { ...of, cutoff: 20, metric: "recall", value: 0.0125 },
      { ...of, cutoff: 50, metric: "recall", value: 0.025 },
      { ...of, cutoff: 50, metric: "ndcg", value: 0 },
      { data: "gowalla", method: "MIND + IHN + RR", cutoff: 50, metric: "hr", value: 1 },
    ],
  });
  const pimi = { ...remi, method: "PIMI" };
  assert.equal((await read({ source: "", rows: [pimi] })).numbers[0]!.method, "PIMI");
});

Deno.test("what cannot be is told with its row, key and value", async () => {
  const rows = (...rows: unknown[]) => read({ source: "", rows });
  const wrong: [() => Promise<unknown>, RegExp][] = [
    [() => read("{"), /paper\.json: not JSON, or cut off\..*paper\.schema\.json says/],
    [() => rows({ ...remi, data: "movies" }), /rows\.0\.data: invalid option.*"movies"/],
    [() => rows({ ...remi, method: "Remi" }), /rows\.0\.method: no method of this name.*REMI/],
    [() => rows(remi, remi), /rows\.1\.method: a second row of it on books: "REMI"/],
    [
      () => rows({ ...remi, at: { 20: { recall: 120 } } }),
      /rows\.0\.at\.20\.recall: too big.*: 120/,
    ],
    [() => rows({ ...remi, at: { 10: { recall: 1 } } }), /rows\.0\.at/],
    [() => rows({ ...remi, at: { 20: { recal: 1 } } }), /rows\.0\.at\.20: unrecognized key/],
    [() => rows({ ...remi, at: { 20: { Recall: 1 } } }), /unrecognized key: "Recall"/],
  ];
  for (const [reading, message] of wrong) await assert.rejects(reading, message);
});
