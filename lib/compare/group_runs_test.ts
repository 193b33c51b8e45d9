import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { exampleRun } from "../testing/example_runs.ts";
import { resolveConfig, type TrainConfig } from "../train/config.ts";
import type { Run } from "../train/run.ts";
import { alike, groupRuns, linesByMethod, linesOf, oneLine, runsByMethod } from "./group_runs.ts";

const ihn = { beta: 1 };
const rr = { lambda: 100 };

function run(key: string, seed: number, config: TrainConfig, stop?: Run["stop"]): Run {
  const made = exampleRun(0.3, seed, {}, stop);
  return { ...made, key, config: resolveConfig({ ...config, seed }) };
}

const keys = (groups: readonly (readonly Run[])[]) => groups.map((all) => all.map((r) => r.key));

/** The message of what is refused. */
function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof BadInput);
    return error.message;
  }
  assert.fail("nothing was refused");
}

Deno.test("runs are alike with equal data and settings, whatever seed and backend", () => {
  const a = run("a", 1, { objective: { rr } });
  const same = run("same", 2, { objective: { rr, ihn: { beta: 0 } }, backend: "cpu" });
  const scaled = run("scaled", 3, { objective: { rr: { ...rr, scaling: "batch-mean" } } });
  const elsewhere = {
    ...run("elsewhere", 4, { objective: { rr } }),
    data: { ...a.data, hash: "x" },
  };
  const later = { ...a, key: "later", config: { ...a.config, dropout: 0.5 } };
  const all = [a, same, scaled, elsewhere, later];
  assert.deepEqual(keys(groupRuns(all)), [["a", "same"], ["scaled"], ["elsewhere"], ["later"]]);
  const scalings = groupRuns([a, scaled], ["objective.rr.scaling"]);
  assert.deepEqual(keys(scalings), [["a", "scaled"]]);
});

Deno.test("runs that read other times of the same users are others, and that is said", () => {
  const order = run("order", 1, { model: "pimi", options: { clock: "order" } });
  const of = (key: string, timesHash: string) => {
    const made = run(key, 2, { model: "pimi", options: { clock: "time" } });
    return { ...made, data: { ...made.data, timesHash } };
  };
  const [one, other] = [of("one", "t"), of("other", "u")];
  assert.deepEqual(keys(groupRuns([order, one, other])), [["order"], ["one"], ["other"]]);
  const names = runsByMethod([order, one]).map(({ style }) => style.name);
  assert.deepEqual(names.sort(), ["PIMI", "PIMI without time"]);
  assert.match(refusal(() => runsByMethod([one, other])), /data\.timesHash: t and u/);
});

Deno.test("a remedy that is undefined is none; values of other types, or none, are others", () => {
  const none = run("none", 1, { objective: { ihn: undefined, rr } });
  const same = run("same", 2, { objective: { rr } });
  const later = (key: string, value: unknown) => {
    const { config, ...made } = run(key, 3, { objective: { rr } });
    return { ...made, config: { ...config, later: value } };
  };
  const others = [later("null", null), later("text", "null"), later("list", [])];
  const all = keys(groupRuns([none, same, ...others, later("empty", {}), later("one", [1])]));
  assert.deepEqual(all, [["none", "same"], ["null"], ["text"], ["list", "empty"], ["one"]]);
});

Deno.test("with the full softmax S is no setting", () => {
  const full = (key: string, S: number) => {
    const made = run(key, S, { objective: { softmax: "full" } });
    return { ...made, config: { ...made.config, S } };
  };
  assert.deepEqual(keys(groupRuns([full("ten", 10), full("forty", 40)])), [["ten", "forty"]]);
});

Deno.test("a limit of steps counts where it ended a training", () => {
  const early = [run("a", 1, { maxSteps: 9000 }), run("b", 2, { maxSteps: 20_000 })];
  assert.deepEqual(keys(groupRuns(early)), [["a", "b"]]);
  const capped = run("c", 3, { maxSteps: 9000 }, "max-steps");
  assert.deepEqual(keys(groupRuns([...early, capped])), [["a", "c"], ["b"]]);
  const other = run("d", 4, { maxSteps: 6000 }, "max-steps");
  assert.match(refusal(() => runsByMethod([capped, other])), /c and d.*maxSteps: 9000 and 6000/);
});

Deno.test("the code's and the batch-mean scaling of RR are two lines", () => {
  const of = (scaling: "code" | "batch-mean", lambda: number) =>
    run(`${scaling} ${lambda}`, 1, { objective: { rr: { lambda, scaling } } });
  const both = [of("code", 1), of("batch-mean", 1), of("code", 10), of("batch-mean", 10)];
  assert.deepEqual(
    linesOf(both, "lambda").map((line) => line.map(({ value, runs }) => [value, runs.length])),
    [[[1, 1], [10, 1]], [[1, 1], [10, 1]]],
  );
  assert.match(refusal(() => oneLine(both, "lambda")), /scaling: code and batch-mean/);
});

Deno.test("strengths and K that differ are not two seeds of one method", () => {
  const one = run("one", 1, { K: 4, objective: { ihn, rr } });
  const other = run("other", 2, { K: 1, objective: { ihn: { beta: 10 }, rr } });
  const said = refusal(() => runsByMethod([one, other]));
  assert.match(said, /REMI appears with two settings/);
  assert.match(said, /one and other/);
  assert.match(said, /K: 4 and 1, objective\.ihn\.beta: 1 and 10/);
  assert.match(refusal(() => linesByMethod([one, other], "K")), /objective\.ihn\.beta: 1 and 10/);
  assert.deepEqual(linesOf([one, other], "K").map((line) => line.length), [1, 1]);
});

Deno.test("data of one name and another content is not mixed", () => {
  const one = run("one", 1, {});
  const other = { ...run("other", 2, {}), data: { name: one.data.name, hash: "other" } };
  const said = refusal(() => runsByMethod([one, other]));
  assert.match(said, /not the runs of one data set: .*hash made-up.*hash other/);
});

Deno.test("points ascend with their seeds in order; S ends with all items", () => {
  const of = (S: number, seed: number) => run(`${S} ${seed}`, seed, { S });
  const full = run("full", 1, { objective: { softmax: "full" } });
  const lines = linesByMethod([of(40, 2), full, of(10, 1), of(40, 1)], "S");
  assert.deepEqual(lines.map(({ style }) => style.name), [
    "ComiRec-SA",
    "ComiRec-SA, full softmax",
  ]);
  assert.deepEqual(lines[0]!.points.map(({ label, runs }) => [label, runs.map((r) => r.seed)]), [
    ["S = 10", [1]],
    ["S = 40", [1, 2]],
  ]);
  assert.equal(lines[1]!.points[0]!.value, Infinity);
});

Deno.test("a method that is not registered is grouped under its own name", () => {
  const mind = { ...run("m", 1, {}), config: { ...resolveConfig({}), model: "mind-of-its-own" } };
  const groups = runsByMethod([mind, run("a", 1, {})]);
  assert.deepEqual(groups.map(({ style }) => style.name), ["ComiRec-SA", "mind-of-its-own"]);
});

Deno.test("what is averaged is alike but for one setting, with each seed once", () => {
  const [one, two] = [run("one", 1, { K: 2 }), run("two", 2, { K: 2 })];
  assert.deepEqual(alike([one, two]), [one, two]);
  assert.equal(alike([one, run("wide", 1, { K: 8 })], "K").length, 2);
  assert.match(refusal(() => alike([one, run("wide", 2, { K: 8 })])), /K: 2 and 8/);
  assert.match(refusal(() => alike([one, run("again", 1, { K: 2 })], "K")), /a seed appears twice/);
});
