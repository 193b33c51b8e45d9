import assert from "node:assert/strict";
import { parquetMetadata } from "hyparquet";
import { sha256 } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { exampleRuns } from "../testing/example_runs.ts";
import { inFolder } from "../testing/in_folder.ts";
import type { CurvePoint } from "../train/run.ts";
import { decodeCurve, encodeCurve } from "./curves.ts";
import { readRunFile, runFilePath, writeRunFile } from "./run_files.ts";

const at = { recall: 0.25, hr: 0.5, ndcg: 0.125, ndcgReference: 0.75 };
const point = (step: number, measures?: Record<string, number>): CurvePoint => ({
  step,
  loss: 7.5,
  softmaxLoss: 6.5,
  routingPenalty: 0.0625,
  valid: { 20: at, 50: at },
  ...(measures ? { measures } : {}),
});

Deno.test("a curve comes back as float32, with the measures that each point has", async () => {
  const curve = [
    point(200, { "effective-items": 3.5, "history-seen": 0.1 }),
    point(400),
    point(1_000_000, { "effective-items": Number.NaN }),
  ];
  const [first, ...others] = await decodeCurve(encodeCurve(curve), "it");
  const measures = { "effective-items": 3.5, "history-seen": Math.fround(0.1) };
  assert.deepEqual(first, point(200, measures));
  assert.deepEqual(others, curve.slice(1));
});

Deno.test("columns have names without hyphens, in one order", () => {
  const columns = (curve: readonly CurvePoint[]) =>
    parquetMetadata(encodeCurve(curve).buffer as ArrayBuffer).schema.slice(1)
      .map(({ name, type }) => `${name} ${type}`);
  const names = ["loss", "softmax_loss", "routing_penalty"];
  for (const N of [20, 50]) {
    names.push(...["recall", "hr", "ndcg", "ndcg_reference"].map((name) => `valid_${name}_${N}`));
  }
  names.push("effective_items", "history_seen");
  const expected = ["step INT32", ...names.map((name) => `${name} FLOAT`)];
  assert.deepEqual(columns([point(1, { "effective-items": 1, "history-seen": 2 })]), expected);
  assert.deepEqual(columns([point(1, { "history-seen": 2, "effective-items": 1 })]), expected);
});

Deno.test("measures of any name come back under it", async () => {
  const measures = { "a_b": 1, "a-b": 2, "A b": 3, "loss": 4, "valid-recall-50": 5, "": 6 };
  const [decoded] = await decodeCurve(encodeCurve([point(1, measures)]), "it");
  assert.deepEqual(decoded, point(1, measures));
});

Deno.test("the further terms of a loss come back beside measures of their names", async () => {
  const terms = { attend: 1.5, repel: 0.25 };
  const measured = { ...point(1, { "term-repel": 3, "repel": 4 }), terms };
  assert.deepEqual(await decodeCurve(encodeCurve([measured]), "it"), [measured]);
});

Deno.test("a curve that is damaged, swapped or not there is told with its file", () =>
  inFolder(async (folder) => {
    const [one, other] = [1, 2].map((step) => encodeCurve([point(step)])) as [
      Uint8Array,
      Uint8Array,
    ];
    await assert.rejects(
      () => readRunFile("curves", "a", sha256(one), folder),
      /a\.parquet.*no such file/,
    );
    await writeRunFile("curves", "a", one, folder, true);
    assert.deepEqual(await readRunFile("curves", "a", sha256(one), folder), one);
    await Deno.writeFile(runFilePath("curves", "a", folder), one.with(40, one[40]! ^ 1));
    await assert.rejects(
      () => readRunFile("curves", "a", sha256(one), folder),
      /a\.parquet.*restore the file/i,
    );
    await Deno.writeFile(runFilePath("curves", "a", folder), other);
    await assert.rejects(
      () => readRunFile("curves", "a", sha256(one), folder),
      /not the curve of this run/,
    );
  }));

/** What a Python program prints; null where Python or a package of it is not there. */
async function python(script: string, ...args: string[]): Promise<string | null> {
  const command = new Deno.Command("python3", { args: ["-c", script, ...args] });
  const output = await command.output().catch(() => null);
  return output?.success ? new TextDecoder().decode(output.stdout) : null;
}

const readers = {
  pandas: "import sys, pandas; print(pandas.read_parquet(sys.argv[1]).to_csv(index=False))",
  duckdb: "import sys, duckdb; print(duckdb.read_parquet(sys.argv[1]).df().to_csv(index=False))",
  polars: "import sys, polars; print(polars.read_parquet(sys.argv[1]).write_csv())",
};

const find = "import importlib.util as u, sys; print([n for n in sys.argv[1:] if u.find_spec(n)])";
const here = await python(find, ...Object.keys(readers)) ?? "";

for (const [name, script] of Object.entries(readers)) {
  const ignore = !here.includes(`'${name}'`);
  Deno.test({
    name: `${name} reads a curve in one line${ignore ? ` (no ${name} here)` : ""}`,
    ignore,
    fn: () =>
      inFolder(async (folder) => {
        const { curve } = exampleRuns[0]!;
        const path = join(folder, "curve.parquet");
        await Deno.writeFile(path, encodeCurve([...curve, point(6200, { "history-seen": 0.5 })]));
        const [header, ...rows] = (await python(script, path))!.trim().split("\n");
        assert.match(header!, /^step,loss,.*,valid_ndcg_reference_50,history_seen$/);
        assert.equal(rows.length, curve.length + 1);
        const [step, loss] = rows[1]!.split(",").map(Number);
        const { fround } = Math;
        assert.deepEqual([step, fround(loss!)], [curve[1]!.step, fround(curve[1]!.loss)]);
        assert.match(rows.at(-1)!, /,0\.5$/);
      }),
  });
}
