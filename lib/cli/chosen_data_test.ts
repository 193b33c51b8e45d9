import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { projectPath } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { Random } from "../base/random.ts";
import { exportComirec } from "../data/comirec_format.ts";
import { inFolder } from "../testing/in_folder.ts";
import { callerPath } from "./caller_path.ts";
import { chosenData, ownTable, tableOptions } from "./chosen_data.ts";
import { parseArgs } from "./main.ts";

/** A folder with shop.csv, and shop.json that describes it. */
function withShop(run: (folder: string) => Promise<void>): Promise<void> {
  return inFolder(async (folder) => {
    const random = new Random(1);
    const lines = Array.from(
      { length: 400 },
      (_, n) => `${n % 40},${random.below(12)},${n},${n % 7 ? "view" : "buy"}\n`,
    );
    await Deno.writeTextFile(join(folder, "shop.csv"), `who,what,at,event\n${lines.join("")}`);
    const description = {
      file: "shop.csv",
      user: "who",
      item: "what",
      time: "at",
      historyLength: 7,
    };
    await Deno.writeTextFile(join(folder, "shop.json"), JSON.stringify(description));
    await run(folder);
  });
}

const valuesOf = (...args: string[]) =>
  parseArgs({ args, options: { data: { type: "string" }, ...tableOptions } }).values;

Deno.test("profiles are named by an option, or from the description's own folder", () =>
  withShop(async (folder) => {
    const users = Array.from({ length: 50 }, (_, u) => `${u}|${u + 10}|F|writer|0\n`).join("");
    await Deno.writeTextFile(join(folder, "u.user"), users);
    const columns = { user: "who", item: "what", profiles: "u.user" };
    const description = JSON.stringify({ file: "shop.csv", ...columns });
    await Deno.writeTextFile(join(folder, "known.json"), description);
    const described = await ownTable(valuesOf("--table", join(folder, "known.json")));
    const from = ["--from", join(folder, "shop.csv"), "--user", "who", "--item", "what"];
    const byOptions = await ownTable(valuesOf(...from, "--profiles", join(folder, "u.user")));
    const again = await ownTable(valuesOf(...byOptions!.options));
    const hashes = [described, byOptions, again].map((one) => one!.dataset.profilesHash);
    assert.match(hashes[0]!, /^[0-9a-f]{64}$/);
    assert.equal(new Set(hashes).size, 1);
  }));

Deno.test("options and description give one data set, and give it again", () =>
  withShop(async (folder) => {
    const columns = ["--user", "who", "--item", "what", "--time", "at"];
    const byOptions = await ownTable(valuesOf("--from", join(folder, "shop.csv"), ...columns));
    const described = await ownTable(valuesOf("--table", join(folder, "shop.json")));
    assert.equal(byOptions!.dataset.name, "shop");
    assert.equal(byOptions!.dataset.hash, described!.dataset.hash);
    assert.deepEqual([byOptions!.historyLength, described!.historyLength], [20, 7]);
    const buys = await chosenData(
      valuesOf(
        "--from",
        join(folder, "shop.csv"),
        ...columns,
        "--only",
        "event=view",
        "--name",
        "v",
      ),
    );
    assert.equal(buys.dataset.name, "v");
    assert.match(buys.dataset.report!.drops[0]!.why, /^not event view$/);
    for (const one of [byOptions!, described!, buys]) {
      const again = await ownTable(valuesOf(...one.options));
      assert.equal(again!.dataset.hash, one.dataset.hash);
      assert.equal(again!.dataset.name, one.dataset.name);
    }
    const byPosition = valuesOf("--from", join(folder, "shop.csv"), "--user", "1", "--item", "2");
    await assert.rejects(() => ownTable(byPosition), /line 1: the first line looks like names/);
  }));

Deno.test("a split is chosen for a table, a description, a registered set; or is a folder", () =>
  withShop(async (folder) => {
    const split = ["--split", "leave-last-out"];
    const table = ["--from", join(folder, "shop.csv"), "--user", "who", "--item", "what"];
    const chosen = [
      await chosenData(valuesOf(...table, "--time", "at", ...split)),
      await chosenData(valuesOf("--table", join(folder, "shop.json"), ...split)),
    ];
    assert.equal(chosen[0]!.dataset.hash, chosen[1]!.dataset.hash);
    chosen.push(await chosenData(valuesOf("--data", "synthetic", ...split)));
    await exportComirec(chosen[0]!.dataset, join(folder, "split"));
    const files = await chosenData(valuesOf("--from", join(folder, "split"), "--name", "shop"));
    assert.equal(files.dataset.hash, chosen[0]!.dataset.hash);
    for (const { options, dataset } of [...chosen, files]) {
      assert.equal((await chosenData(valuesOf(...options))).dataset.hash, dataset.hash);
      assert.equal(dataset.test.targetsFrom!.length, dataset.test.offsets.length - 1);
    }
    const inFiles = ["--from", join(folder, "split"), ...split];
    await assert.rejects(() => chosenData(valuesOf(...inFiles)), /it is split already/);
    await assert.rejects(() => ownTable(valuesOf(...split)), /about a table of your own, and none/);
    await assert.rejects(() => chosenData(valuesOf("--split", "tim")), /no way to split.*time/);
  }));

Deno.test("the items of a folder are numbered anew for every command, and of nothing else", () =>
  withShop(async (folder) => {
    const split = join(folder, "split");
    await Deno.mkdir(split);
    const parts = { train: "0,256000000,0\n0,7,1\n", valid: "1,300,0\n", test: "2,7,0\n" };
    for (const [part, text] of Object.entries(parts)) {
      await Deno.writeTextFile(join(split, `x_${part}.txt`), text);
    }
    const given = ["--from", split, "--name", "x"];
    assert.equal((await chosenData(valuesOf(...given))).dataset.itemCount, 256_000_000);
    const anew = await chosenData(valuesOf(...given, "--renumber"));
    assert.equal(anew.dataset.itemCount, 3);
    assert.equal((await chosenData(valuesOf(...anew.options))).dataset.hash, anew.dataset.hash);
    const [csv, json] = [join(folder, "shop.csv"), join(folder, "shop.json")];
    const others = [
      ["--from", csv],
      ["--from", csv, "--user", "who", "--item", "what"],
      ["--table", json],
      ["--data", "synthetic"],
    ];
    for (const args of others) {
      const run = () => chosenData(valuesOf(...args, "--renumber"));
      await assert.rejects(run, /--renumber: nothing to number anew.*--from <folder>/);
    }
  }));

Deno.test("columns of any name are given again: with a minus, or as objects have them", () =>
  inFolder(async (folder) => {
    const lines = Array.from({ length: 400 }, (_, n) => `${n % 40},${(7 * n) % 12},yes\n`);
    const path = join(folder, "odd.csv");
    await Deno.writeTextFile(path, `-id,--what,constructor\n${lines.join("")}`);
    const given = ["--user=-id", "--item=--what", "--only", "constructor=yes"];
    const { dataset, options } = await chosenData(valuesOf("--from", path, ...given));
    assert.equal((await chosenData(valuesOf(...options))).dataset.hash, dataset.hash);
  }));

Deno.test("without options of a table it is a registered data set", async () => {
  assert.equal(await ownTable(valuesOf()), undefined);
  const { dataset, options } = await chosenData(valuesOf());
  assert.deepEqual([dataset.name, options], ["synthetic", ["--data", "synthetic"]]);
});

Deno.test("options that do not go together are said", () =>
  withShop(async (folder) => {
    const [csv, json] = [join(folder, "shop.csv"), join(folder, "shop.json")];
    await Deno.writeTextFile(join(folder, "bad.json"), '{"file": "shop.csv", "usr": "who"}');
    await Deno.writeTextFile(
      join(folder, "books.json"),
      JSON.stringify({
        ...JSON.parse(await Deno.readTextFile(json)),
        name: "books",
      }),
    );
    const wrong: [string[], RegExp][] = [
      [["--user", "who", "--item", "what"], /--from: which file\?/],
      [["--from", csv], /--from: a table without columns/],
      [["--from", join(folder, "none")], /none: cannot be read: no such file or folder\. Check/],
      [["--from", join(folder, "none"), "--name", "mine"], /none: cannot be read: no such file/],
      [["--from", join(csv, "none")], /none: cannot be read: /],
      [["--from", csv, "--user", "who"], /item: Invalid input/],
      [["--table", json, "--user", "who"], /a table described twice/],
      [["--table", json, "--data", "books"], /a registered data set and an own table/],
      [["--table", join(folder, "none.json")], /none\.json: cannot be read: no such file/],
      [["--table", join(folder, "bad.json")], /unknown column role: "usr"/],
      [["--table", join(folder, "books.json")], /the name of a registered data set: "books"/],
      [["--from", csv, "--user", "who", "--item", "what", "--only", "view"], /not column=text/],
    ];
    for (const [args, message] of wrong) {
      await assert.rejects(
        () => chosenData(valuesOf(...args)),
        (error: Error) => error instanceof BadInput && message.test(error.message),
        args.join(" "),
      );
    }
  }));

Deno.test("a path counts from the folder where deno task was called", () => {
  const [cwd, before] = [Deno.cwd(), Deno.env.get("INIT_CWD")];
  try {
    Deno.chdir(projectPath());
    Deno.env.set("INIT_CWD", projectPath("data"));
    assert.equal(callerPath("x.csv"), projectPath("data", "x.csv"));
    Deno.chdir(projectPath("lib"));
    assert.equal(callerPath("x.csv"), projectPath("lib", "x.csv"));
  } finally {
    Deno.chdir(cwd);
    if (before === undefined) Deno.env.delete("INIT_CWD");
    else Deno.env.set("INIT_CWD", before);
  }
});
