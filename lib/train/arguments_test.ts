import assert from "node:assert/strict";
import { parseArgs } from "node:util";
import { configFromOptions, configOptions, optionsOf } from "./arguments.ts";
import { resolveConfig, type TrainConfig } from "./config.ts";

const L = 40;

function resolvedFrom(args: readonly string[]) {
  const { values } = parseArgs({ args: [...args], options: configOptions });
  return resolveConfig(configFromOptions(values, L));
}

const configs: readonly TrainConfig[] = [
  { L },
  { L, objective: { ihn: { beta: 0.1 }, rr: { lambda: 100 } }, seed: 3 },
  { L: 20, K: 8, S: 10, B: 7, d: 32, learningRate: 0.005 },
  { L, objective: { softmax: "full", rr: { lambda: 3, scaling: "batch-mean" } } },
  {
    L,
    model: "mind",
    options: { stopGradient: false, relu: true },
    objective: { rr: { lambda: 2 } },
  },
  { L, model: "pimi", options: { clock: "time", span: 9 }, objective: { repel: { lambda: 2 } } },
  { L, model: "umi", objective: { selection: "hard" } },
  { L, model: "youtube-dnn", evaluateEvery: 1000, patience: 10, maxSteps: 3000, backend: "wasm" },
  { L, validationUsers: 5000 },
  { L, seed: -1 },
];

Deno.test("options give back the configuration they were made from", () => {
  for (const config of configs) {
    const resolved = resolveConfig(config);
    assert.deepEqual(resolvedFrom(optionsOf(resolved, L)), resolved);
  }
});

Deno.test("what is at its default need not be said", () => {
  assert.deepEqual(optionsOf(resolveConfig({ L }), L), ["--seed", "1"]);
  assert.deepEqual(optionsOf(resolveConfig({ L, model: "youtube-dnn" }), L), [
    "--model",
    "youtube-dnn",
    "--seed",
    "1",
  ]);
});

Deno.test("what should be a number and is none is an error that names the option", () => {
  assert.throws(() => resolvedFrom(["--ihn", "much"]), /--ihn.*"much"/);
  assert.throws(() => resolvedFrom(["--S", ""]), /--S/);
  assert.throws(() => resolvedFrom(["--model", "pimi", "--options", "span=Infinity"]), /span/);
  assert.throws(() => resolvedFrom(["--options", "relu"]), /--options.*name=value.*"relu"/);
  const none = ["--options", "__proto__=1"]; // what no object keeps as a setting of its own
  assert.throws(() => resolvedFrom(none), /--options.*name=value.*"__proto__=1"/);
});
