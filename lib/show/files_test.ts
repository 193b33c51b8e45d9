import assert from "node:assert/strict";
import { join } from "../base/paths.ts";
import { exampleRetrieval } from "../testing/example_runs.ts";
import { figure } from "../figures/mod.ts";
import { writeFigure, writeTable } from "./files.ts";
import { table } from "./table.ts";

Deno.test("figures and tables are written in all forms, twice with the same bytes", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const made = figure.retrieval({ ...exampleRetrieval(), runs: ["0123456789abcdef"] });
    const rows = table([{ method: "made-up", recall: 0.5 }]);
    const write = async () => [
      ...await writeFigure("retrieval", made, join(folder, "figures")),
      ...await writeTable("numbers", rows, join(folder, "tables")),
    ];
    const paths = await write();
    const first = await Promise.all(paths.map((path) => Deno.readFile(path)));
    assert.deepEqual(await write(), paths);
    const second = await Promise.all(paths.map((path) => Deno.readFile(path)));
    assert.deepEqual(second, first);
    const pictured = await writeFigure("retrieval", made, join(folder, "figures"), true);
    assert.deepEqual(await writeFigure("retrieval", made, join(folder, "figures")), pictured);
    const names = [...Deno.readDirSync(join(folder, "figures"))].map((entry) => entry.name).sort();
    assert.deepEqual(names, ["retrieval.json", "retrieval.png", "retrieval.svg"]);
    const json = JSON.parse(await Deno.readTextFile(join(folder, "figures", "retrieval.json")));
    assert.deepEqual(json.runs, ["0123456789abcdef"]);
    assert.equal(json.alt, made.alt);
    assert.match(new TextDecoder().decode(first[0]), /1.recorded run/);
    assert.deepEqual(paths.filter((path) => path.endsWith(".png")), []);
    assert.equal(
      await Deno.readTextFile(join(folder, "tables", "numbers.csv")),
      "method,recall\nmade-up,0.5\n",
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
