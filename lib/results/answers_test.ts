import assert from "node:assert/strict";
import { recordable } from "../testing/example_runs.ts";
import { inFolder } from "../testing/in_folder.ts";
import { resolveConfig } from "../train/config.ts";
import { runKey } from "../train/run_key.ts";
import { answersTo, isAsked } from "./answers.ts";
import { methodInWords } from "./method.ts";
import { questions } from "./questions.ts";
import { appendRun, readRuns } from "./store.ts";
import { study } from "./study.ts";

Deno.test("every training of a question is in the frame of its data set's study", () => {
  for (const [name, { points }] of Object.entries(questions)) {
    for (const { data, config } of points) {
      const { settings, seeds } = study(data);
      const { evaluateEvery, patience, maxSteps, B, d } = resolveConfig(config);
      assert.deepEqual({ ...settings, evaluateEvery, patience, maxSteps, B, d }, settings, name);
      assert.ok(seeds.includes(config.seed!));
    }
  }
});

Deno.test("the methods of the main and the generality table", async () => {
  const methods = async (name: string, data: string) => {
    const answers = await answersTo(name);
    const here = answers.filter((answer) => answer.data === data && answer.config.seed === 1);
    return here.map(({ config }) => methodInWords(config));
  };
  const compared = [
    ...["Popularity", "YouTube DNN", "GRU4Rec", "MIND", "ComiRec-DR", "PIMI without time"],
    ...["Re4", "UMI_HN", "ComiRec-SA"],
  ];
  assert.deepEqual( // with the layer that the reference has there
    await methods("main", "books-kgat"),
    [...compared, "REMI (beta 10, lambda 100)", "MIND, ReLU layer"],
  );
  assert.deepEqual( // with its authors' rate
    await methods("main", "retailrocket-comirec"),
    [...compared, "REMI (beta 0.1, lambda 100)", "ComiRec-DR"],
  );
  const mind = ["MIND", "MIND, trained routing", "MIND + IHN (beta 0.1)"];
  const routed = ["RR (lambda 100)", "IHN + RR (beta 0.1, lambda 100)"];
  assert.deepEqual(
    (await methods("generality", "retailrocket-comirec")).filter((one) => one.startsWith("MIND")),
    [...mind, ...routed.map((one) => `MIND, trained routing + ${one}`)],
  );
});

Deno.test("what is recorded answers; what is missing is there without a run", () =>
  inFolder(async (folder) => {
    const [first, second] = await answersTo("profiles", folder);
    assert.equal(first!.run, undefined);
    assert.equal(first!.config.model, "umi");
    const { hash, profilesHash } = study("synthetic");
    const data = { name: "synthetic", hash, profilesHash };
    await appendRun(recordable({ key: first!.key, config: first!.config, data }), folder);
    const [answered, missing] = await answersTo("profiles", folder);
    assert.equal(answered!.run?.key, first!.key);
    assert.deepEqual(missing, second);
    const [run] = (await readRuns(folder)).runs;
    assert.equal(isAsked(run!), true);
    assert.equal(isAsked({ ...run!, data: { ...data, hash: "other" } }), false);
    assert.equal(isAsked({ ...run!, config: { ...run!.config, K: 7 } }), false);
    const other = { ...run!.config, d: 32 };
    assert.equal(isAsked({ ...run!, config: other, key: runKey(other, data) }), false);
    await assert.rejects(() => answersTo("every"), /no such question: "every"\. Known: main,/);
  }));
