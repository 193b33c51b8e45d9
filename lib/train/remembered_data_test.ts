import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { join } from "../base/paths.ts";
import { Random } from "../base/random.ts";
import { exportComirec } from "../data/comirec_format.ts";
import { fromCsv, type OwnTable } from "../data/from_csv.ts";
import { data } from "../data/load.ts";
import { inFolder } from "../testing/in_folder.ts";
import type { TrainConfig } from "./config.ts";
import { loadModel } from "./load_model.ts";
import { rememberData, rememberedData } from "./remembered_data.ts";
import { train } from "./trainer.ts";

const DAY = 86_400;

const config = { B: 16, L: 4, K: 2, S: 8, d: 8, maxSteps: 2, backend: "cpu" } as const;

/** A folder with shop.csv, in the order of its times, and the notes of trainings on it. */
function withShop(run: (folder: string, file: string) => Promise<void>): Promise<void> {
  return inFolder(async (folder) => {
    const random = new Random(1);
    const lines = Array.from({ length: 400 }, (_, n) => {
      const item = random.below(12);
      return `${n % 40},${item},thing ${item},${n * n * DAY}\n`;
    });
    const file = join(folder, "shop.csv");
    await Deno.writeTextFile(file, `who,id,title,at\n${lines.join("")}`);
    await run(folder, file);
  });
}

Deno.test("a later training on the same histories leaves a model its times and names", () =>
  withShop(async (folder, file) => {
    const trained = async (table: OwnTable, model: string, seed: number) => {
      const asked: TrainConfig = { ...config, model, seed };
      const { run, dataset, engine } = await train(await fromCsv(file, table), asked, { folder });
      engine.dispose();
      await rememberData(run.key, { file, table, historyLength: 4 }, folder);
      return { run, dataset };
    };
    const titles = { user: "who", item: "title" };
    const timed = await trained({ ...titles, time: "at" }, "pimi", 1);
    const plain = await trained({ user: "who", item: "id" }, "comirec-sa", 2);
    assert.equal(timed.dataset.hash, plain.dataset.hash);
    const loaded = await loadModel(join(folder, `${timed.run.key}.safetensors`));
    loaded.engine.dispose();
    assert.equal(loaded.dataset.timesHash, timed.dataset.timesHash);
    assert.deepEqual(loaded.dataset.labels, timed.dataset.labels);
    assert.match(loaded.dataset.labels![1]!, /^thing /);
  }));

Deno.test("a folder with a split is found again, and said where it is not", () =>
  withShop(async (folder, file) => {
    const table = await fromCsv(file, { user: "who", item: "title", time: "at" });
    const split = join(folder, "split");
    await exportComirec(table, split);
    const theirs = { folder: split, name: "theirs", renumber: false };
    await rememberData("0123456789abcdef", theirs, folder);
    const run = { key: "0123456789abcdef", data: { hash: table.hash } };
    const found = await rememberedData(run, folder);
    assert.deepEqual([found!.name, found!.hash], ["theirs", table.hash]);
    const other = { key: "fedcba9876543210", data: { hash: "none" } };
    assert.equal(await rememberedData(other, folder), undefined);
    await Deno.remove(split, { recursive: true });
    await assert.rejects(() => rememberedData(run, folder), /no such folder/);
  }));

Deno.test("what was noted of an own copy is not asked for a model of the registered data", () =>
  inFolder(async (folder) => {
    const { run, dataset, engine } = await train(await data("synthetic"), config, { folder });
    engine.dispose();
    const mine = join(folder, "mine");
    for (const written of [false, true]) {
      if (written) await exportComirec(dataset, mine);
      await rememberData(run.key, { folder: mine, name: "mine", renumber: false }, folder);
      const loaded = await loadModel(join(folder, `${run.key}.safetensors`));
      loaded.engine.dispose();
      assert.equal(loaded.dataset.name, "synthetic");
    }
  }));

Deno.test("a folder whose items were numbered anew is read so again", () =>
  inFolder(async (folder) => {
    const parts = { train: "0,900,0\n0,7,1\n", valid: "1,300,0\n", test: "2,7,0\n" };
    for (const [part, text] of Object.entries(parts)) {
      await Deno.writeTextFile(join(folder, `x_${part}.txt`), text);
    }
    const run = { key: "0123456789abcdef", data: { hash: "" } };
    for (const [renumber, itemCount] of [[false, 900], [true, 3]] as const) {
      await rememberData(run.key, { folder, name: "x", renumber }, folder);
      assert.equal((await rememberedData(run, folder))!.itemCount, itemCount);
    }
  }));

Deno.test("notes of earlier versions, by the data's hash, are read; what is none is said", () =>
  withShop(async (folder, file) => {
    const { hash } = await fromCsv(file, { user: "who", item: "id" });
    const run = { key: "0123456789abcdef", data: { hash } };
    const earlier = join(folder, `data-${hash.slice(0, 16)}.json`);
    const description = { file, user: "who", item: "id", historyLength: 20 };
    await Deno.writeTextFile(earlier, JSON.stringify(description));
    assert.equal((await rememberedData(run, folder))!.hash, hash);
    await Deno.writeTextFile(earlier, '{"file": ');
    await assert.rejects(
      () => rememberedData(run, folder),
      (error) => error instanceof BadInput && /not a note of where data lies/.test(error.message),
    );
  }));
