import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { join } from "../base/paths.ts";
import { itemsOf, userCount } from "../data/interactions.ts";
import { interruptedAfter } from "../testing/interrupted.ts";
import { withLibraryExport, withLibraryModel } from "../testing/library_model.ts";
import { aboutUser } from "../train/one_history.ts";
import { exportVectors } from "./export.ts";
import { readExport } from "./exported.ts";
import { encodeNpy } from "./npy.ts";
import { inSmallDisk, whyNoDisk } from "../testing/small_disk.ts";

Deno.test("an export read back has every vector to the bit, and each user's whole history", () =>
  withLibraryExport(async (folder, model) => {
    const { manifest, items, users } = await readExport(folder);
    const { dataset, config, run } = model;
    assert.equal(manifest.run, run.key);
    assert.equal(manifest.data.hash, dataset.hash);
    assert.deepEqual([manifest.d, manifest.K, manifest.items], [config.d, config.K, items.length]);
    for (const { id, label, vector } of items) {
      assert.equal(label, dataset.labels![id]);
      assert.deepEqual(vector, model.embedding(id).slice());
    }
    assert.equal(users.size, 640);
    for (const split of ["train", "valid", "test"] as const) {
      const u = userCount(dataset[split]) - 1;
      const history = itemsOf(dataset[split], u);
      const user = users.get(dataset.userIds![split][u]!)!;
      assert.deepEqual(user.seen, [...history]);
      const about = aboutUser(dataset, dataset[split], u, history.length);
      const { interests } = await model.interestsOf(history, about);
      assert.deepEqual(user.interests, interests);
    }
  }));

Deno.test("a second export of the same model has the same bytes and leaves nothing beside", () =>
  withLibraryExport(async (folder, model) => {
    const read = async () => {
      const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
      return await Promise.all(
        names.map(async (name) => [name, await Deno.readFile(join(folder, name))] as const),
      );
    };
    const before = await read();
    assert.equal(before.length, 6);
    await exportVectors(model, folder);
    assert.deepEqual(await read(), before);
  }));

Deno.test("a file that is of no export is not replaced, whatever its name", () =>
  withLibraryModel(async (model, folder) => {
    for (const name of ["manifest.json", "users.parquet"]) {
      const to = join(folder, name.replace(".", "-"));
      await Deno.mkdir(to);
      await Deno.writeTextFile(join(to, name), '[{ "name": "mine" }]');
      await assert.rejects(exportVectors(model, to), (error: Error) => {
        assert.ok(error instanceof BadInput, String(error.stack));
        assert.match(error.message, /already there, and not of an earlier export/);
        assert.ok(error.message.includes(join(to, name)));
        return true;
      });
      assert.deepEqual([...Deno.readDirSync(to)].map(({ name }) => name), [name]);
      assert.equal(await Deno.readTextFile(join(to, name)), '[{ "name": "mine" }]');
    }
  }));

Deno.test("an export that was interrupted is refused, and done by the next one", () =>
  withLibraryModel(async (model, folder) => {
    for (let changes = 0, whole = false; !whole; changes++) {
      const to = join(folder, `export-${changes}`);
      whole = await interruptedAfter(changes, () => exportVectors(model, to));
      if (!whole && changes < 4) await assert.rejects(readExport(to), BadInput);
      await exportVectors(model, to);
      assert.equal((await readExport(to)).manifest.run, model.run.key);
    }
  }));

Deno.test({
  name: `on a disk that gets full the earlier export stays whole${whyNoDisk}`,
  ignore: whyNoDisk !== "",
  fn: () =>
    withLibraryModel((model) =>
      inSmallDisk("2m", async (folder) => {
        const to = join(folder, "export");
        await exportVectors(model, to);
        const before = await readExport(to);
        using filler = await Deno.open(join(folder, "filler"), { write: true, create: true });
        const fill = async () => {
          for (;;) await filler.write(new Uint8Array(4096));
        };
        await fill().catch(() => {});
        await assert.rejects(() => exportVectors(model, to), /disk full/);
        assert.deepEqual((await readExport(to)).manifest, before.manifest);
      })
    ),
});

Deno.test("a file that the manifest does not list is another's, and stays", () =>
  withLibraryExport(async (folder, model) => {
    const [path, mine] = [join(folder, "manifest.json"), join(folder, "seen.parquet")];
    const manifest = JSON.parse(await Deno.readTextFile(path));
    delete manifest.files["seen.parquet"];
    await Deno.writeTextFile(path, JSON.stringify(manifest));
    await Deno.writeTextFile(mine, "mine");
    await assert.rejects(exportVectors(model, folder), /seen\.parquet: already there, and not of/);
    assert.equal(await Deno.readTextFile(mine), "mine");
  }));

Deno.test("files that are no export, or of two, are refused", () =>
  withLibraryExport(async (folder) => {
    const refused = (what: RegExp) =>
      assert.rejects(readExport(folder), (error: Error) => {
        assert.ok(error instanceof BadInput, String(error.stack));
        assert.match(error.message, what);
        return true;
      });
    const path = join(folder, "items.parquet");
    const bytes = await Deno.readFile(path);
    bytes[100]! ^= 1;
    await Deno.writeFile(path, bytes);
    await refused(/items\.parquet: not the file that was exported/);
    await Deno.remove(path);
    await refused(/items\.parquet: cannot be read: no such file/);
    await Deno.writeTextFile(join(folder, "manifest.json"), "{}");
    await refused(/not an export's manifest/);
    await Deno.remove(join(folder, "manifest.json"));
    await refused(/no export/);
  }));

Deno.test("an array of numpy has its shape in its header, and starts on a multiple of 64", () => {
  const bytes = encodeNpy(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]);
  const header = new TextDecoder("latin1").decode(bytes.subarray(0, -24));
  assert.equal(header.slice(1, 6), "NUMPY");
  assert.match(header.slice(10), /^\{'descr': '<f4', .*'shape': \(2, 3,\), \} *\n$/);
  assert.equal(header.length % 64, 0);
  assert.deepEqual([...new Float32Array(bytes.slice(-24).buffer)], [1, 2, 3, 4, 5, 6]);
  assert.throws(() => encodeNpy(new Float32Array(5), [2, 3]), RangeError);
});

/** What pandas, DuckDB and numpy find: shapes, types, and that they agree to the bit. */
const inPython = `
import json, sys, duckdb, numpy, pandas
folder = sys.argv[1]
items = pandas.read_parquet(folder + "/items.parquet")
users = pandas.read_parquet(folder + "/users.parquet")
seen = duckdb.sql(f"select count(*), count(distinct \\"user\\") from '{folder}/seen.parquet'")
one = duckdb.sql(f"select label, vector from '{folder}/items.parquet' where id = 7").fetchone()
array = numpy.load(folder + "/items.npy")
print(json.dumps([
  list(items.columns), list(users.columns), len(items), len(users), seen.fetchone(),
  list(array.shape), list(numpy.load(folder + "/users.npy").shape),
  bool((numpy.stack(items.vector.to_list()) == array).all()),
  one[0], bool((numpy.array(one[1], dtype="float32") == array[6]).all()),
]))
`;

const python = await hasPandas();

Deno.test({
  name: `pandas, DuckDB and numpy read an export${python ? "" : " (skipped: not installed)"}`,
  ignore: !python,
  fn: () =>
    withLibraryExport(async (folder, { dataset: { itemCount, labels } }) => {
      const { stdout, stderr } = await new Deno.Command("python3", {
        args: ["-c", inPython, folder],
      }).output();
      const text = new TextDecoder();
      assert.deepEqual(JSON.parse(text.decode(stdout) || text.decode(stderr)), [
        ["id", "label", "vector"],
        ["user", "interest", "vector"],
        ...[itemCount, 640 * 4, [7940, 640], [itemCount, 16], [640, 4, 16], true],
        ...[labels![7], true],
      ]);
    }),
});

async function hasPandas(): Promise<boolean> {
  try {
    const args = ["-c", "import duckdb, numpy, pandas, pyarrow"];
    return (await new Deno.Command("python3", { args, stderr: "null" }).output()).success;
  } catch {
    return false; // no Python
  }
}
