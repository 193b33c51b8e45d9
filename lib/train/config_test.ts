import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import type { Dataset } from "../data/interactions.ts";
import { methodName, resolveConfig, runKey, type TrainConfig } from "./config.ts";

const dataset = (hash: string) => ({ hash, itemCount: 10 }) as Dataset;

function complaint(config: unknown): string {
  try {
    resolveConfig(config as TrainConfig);
  } catch (error) {
    assert.ok(error instanceof BadInput);
    return error.message;
  }
  assert.fail("the configuration was accepted");
}

Deno.test("the defaults are the reference's settings", () => {
  const { B, L, K, S, d, learningRate } = resolveConfig({});
  assert.deepEqual({ B, L, K, S, d, learningRate }, {
    B: 128,
    L: 20,
    K: 4,
    S: 1280,
    d: 64,
    learningRate: 1e-3,
  });
});

Deno.test("RR is scaled as in the reference's code unless asked otherwise", () => {
  assert.equal(resolveConfig({ objective: { rr: { lambda: 1 } } }).objective.rr?.scaling, "code");
});

Deno.test("an unknown key is an error that names it and the known ones", () => {
  assert.match(
    complaint({ seeds: 3 }),
    /config\.seeds: unknown key: 3\. Known here: model, .*seed/,
  );
  assert.match(complaint({ objective: { lambda: 3 } }), /config\.objective\.lambda.*ihn, rr/);
  assert.match(
    complaint({ objective: { rr: { lambda: 3, beta: 1 } } }),
    /rr\.beta.*lambda, scaling/,
  );
});

Deno.test("a value out of range is an error that names key and value", () => {
  assert.match(complaint({ B: 0 }), /config\.B.*: 0/);
  assert.match(complaint({ d: 30 }), /config\.d.*: 30/);
  assert.match(complaint({ model: "comirec" }), /config\.model.*"comirec"/);
  assert.match(complaint({ objective: { ihn: { beta: -1 } } }), /objective\.ihn\.beta.*: -1/);
});

Deno.test("a model with a single vector has K = 1 and no routing to regularize", () => {
  assert.equal(resolveConfig({ model: "youtube-dnn" }).K, 1);
  assert.match(complaint({ model: "youtube-dnn", K: 4 }), /config\.K.*K = 1.*: 4/);
  assert.match(
    complaint({ model: "youtube-dnn", objective: { rr: { lambda: 1 } } }),
    /objective\.rr.*without routing/,
  );
});

Deno.test("IHN needs sampled negatives", () => {
  assert.match(complaint({ objective: { softmax: "full", ihn: { beta: 1 } } }), /full softmax/);
});

Deno.test("a run's key follows configuration, data and seed, but not the backend", () => {
  const key = (config: TrainConfig, hash = "a") => runKey(resolveConfig(config), dataset(hash));
  assert.equal(key({}), key({ K: 4, backend: "cpu" }));
  assert.notEqual(key({}), key({ K: 2 }));
  assert.notEqual(key({}), key({ seed: 2 }));
  assert.notEqual(key({}), key({}, "b"));
  assert.match(key({}), /^[0-9a-f]{16}$/);
});

Deno.test("methods are named as in the paper", () => {
  const name = (objective: TrainConfig["objective"]) => methodName(resolveConfig({ objective }));
  assert.equal(name({}), "ComiRec-SA");
  assert.equal(name({ ihn: { beta: 1 }, rr: { lambda: 100 } }), "REMI (beta 1, lambda 100)");
  assert.equal(name({ ihn: { beta: 1 } }), "ComiRec-SA + IHN (beta 1)");
  assert.equal(name({ softmax: "full" }), "ComiRec-SA, full softmax");
});
