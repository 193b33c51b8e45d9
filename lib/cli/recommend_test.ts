import assert from "node:assert/strict";
import { exists, projectPath } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { columnsOf } from "../base/shown_name.ts";
import { inFolder } from "../testing/in_folder.ts";

async function command(name: string, ...args: string[]) {
  return await commandFrom(projectPath(), name, ...args);
}

/** The same as typed in another folder. */
async function commandFrom(folder: string, name: string, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", projectPath("lib", "cli", `${name}.ts`), ...args],
    cwd: projectPath(),
    env: { INIT_CWD: folder },
  }).output();
  const text = new TextDecoder();
  return { code, said: text.decode(stdout), error: text.decode(stderr) };
}

const table = projectPath("data", "examples", "town-library.csv");
const columns = ["--user", "reader", "--item", "title", "--time", "borrowed"];
const tiny = ["--d", "16", "--S", "40", "--B", "32", "--max-steps", "10", "--evaluate-every", "10"];

Deno.test("from an own table to lists and vectors: how it is read is said once", () =>
  inFolder(async (folder) => {
    const results = ["--results", folder];
    const trained = await command("train", "--from", table, ...columns, ...tiny, ...results);
    const [, key] = trained.said.match(/recorded as run (\w+)/)!;
    const list = await command("recommend", key!, "--user", "Ada Abel", "--n", "3", ...results);
    assert.match(list.said, /^Ada Abel: 8 items; the latest: .*The Joy of Pastry$/m);
    assert.match(list.said, /^ {3}3 {2}\S.* [1-4] +-?\d\.\d{3}$/m);
    const two = ["--history", "Notes on Owls, Notes on Bees", "--with-seen", "--n", "1"];
    const short = await command("recommend", key!, ...two, ...results);
    assert.match(short.said, /this history: 2 items; .*\nFewer items than the model's 4 interests/);
    await Deno.mkdir(join(folder, key!));
    const beside = await commandFrom(folder, "recommend", key!, "--user", "Ada Abel", ...results);
    assert.match(beside.said, /^Ada Abel: 8 items/m, beside.error);
    const to = join(folder, "out");
    const exported = await command("export", key!, "--to", to, ...results);
    assert.match(exported.said, /wrote .*manifest\.json\n$/);
    assert.ok(await exists(join(to, "users.parquet")));
    const wrong = await command("recommend", key!, "--user", "Ada Abl", ...results);
    assert.equal(wrong.code, 1);
    assert.match(wrong.error, /^error: .*did you mean Ada Abel/);
    assert.doesNotMatch(wrong.error, /\n\s+at /);
  }));

Deno.test("names with line ends, tabs and wide characters stay in one line and their column", () =>
  inFolder(async (folder) => {
    const results = ["--results", join(folder, "results")];
    const file = join(folder, "wide.csv");
    const text = (await Deno.readTextFile(table)).replaceAll("Ada Abel", '"Ada\nAbel"').replaceAll(
      "Hanna Lang",
      '"Hanna\tLang"',
    )
      .replaceAll("Notes on Owls", "梟の本").replaceAll("Notes on Bees", '"Notes\ton\nBees"');
    await Deno.writeTextFile(file, text);
    const trained = await command("train", "--from", file, ...columns, ...tiny, ...results);
    const [, key] = trained.said.match(/recorded as run (\w+)/)!;
    const all = ["--user", "Ada\nAbel", "--n", "100000000000", "--with-seen"];
    const { said, error } = await command("recommend", key!, ...all, ...results);
    assert.match(said, /^Ada\\nAbel: 8 items; the latest: /m, error);
    const [, rows] = /^(rank .*\n(?: *\d+ .*\n)+)That is the whole catalogue/m.exec(said)!;
    assert.equal(new Set(rows!.trimEnd().split("\n").map(columnsOf)).size, 1, rows);
    assert.match(rows!, /^ *\d+ {2}梟の本 {3,}\d/m);
    assert.match(rows!, /^ *\d+ {2}Notes\\ton\\nBees {2,}/m);
    const only = ["--only", "reader=Nobody"];
    const wrong = await command("data", "--from", file, ...columns, ...only);
    assert.match(wrong.error, /^error: .*"Nobody"\. It has Hanna\\tLang, .*\n$/);
  }));

Deno.test("a model that was trained on a folder is served from it, wherever that lies later", () =>
  inFolder(async (folder) => {
    const results = ["--results", join(folder, "results")];
    const [split, moved] = [join(folder, "my split"), join(folder, "synthetic")];
    const exported = await command("data", "export", "--from", table, ...columns, "--to", split);
    assert.equal(exported.code, 0, exported.error);
    const anew = ["--from", split, "--renumber"];
    const trained = await command("train", ...anew, ...tiny, ...results);
    const [, key] = trained.said.match(/recorded as run (\w+)/)!;
    const asked = ["--user", "test:1", "--n", "1", ...results];
    const list = await command("recommend", key!, ...asked);
    assert.match(list.said, /on my-split\ntest:1: /, list.error);
    const to = join(folder, "out");
    const vectors = await command("export", key!, "--to", to, ...results);
    assert.match(vectors.said, /wrote .*manifest\.json\n$/, vectors.error);
    await Deno.rename(split, moved);
    const gone = await command("recommend", key!, ...asked);
    assert.match(gone.error, /^error: .*not at hand.*--table or --from/);
    // the folder has a registered name now
    const named = ["--from", moved, "--renumber", "--name", "mine"];
    const again = await command("recommend", key!, ...asked, ...named);
    assert.match(again.said, /on mine\ntest:1: /, again.error);
    const wrong = await command("export", key!, "--to", to, ...results, "--from", table);
    assert.match(wrong.error, /^error: --from: no folder with a split.*--table <file\.json>/);
  }));

Deno.test("commands about a saved model say what they lack", async () => {
  for (
    const [name, args, message] of [
      ["recommend", ["0123456789abcdef"], /no user and no history/],
      ["recommend", ["--user", "x"], /no model is named/],
      ["recommend", ["0123456789abcdef", "--user", "x"], /no saved model/],
      ["export", ["0123456789abcdef"], /no folder is named/],
      ["stores", [], /no export is named/],
      ["stores", ["none"], /no export/],
      ["stores", ["none", "--n", "x"], /^error: --n: not a whole number/],
      ["stores", ["none", "--users", "0"], /^error: --users: not a whole number/],
    ] as const
  ) {
    const { code, error } = await command(name, ...args);
    assert.equal(code, 1, error);
    assert.match(error, message);
  }
});
