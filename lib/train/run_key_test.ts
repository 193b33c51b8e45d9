import assert from "node:assert/strict";
import { readRuns } from "../results/store.ts";
import { testPublished } from "../testing/test_published.ts";
import { resolveConfig, type TrainConfig } from "./config.ts";
import { keyOf, runKey, withDefaults } from "./run_key.ts";

await testPublished("every recorded run has the key of its configuration and data", [
  "results/runs",
], async () => {
  const { runs } = await readRuns();
  assert.ok(runs.length >= 283);
  const others = runs.filter(({ key, config, data }) => key !== runKey(config, data));
  assert.deepEqual(others.map(({ key }) => key), []);
});

Deno.test("a key follows configuration, data and seed, but not the backend", () => {
  const key = (config: TrainConfig, hash = "a") => runKey(resolveConfig(config), { hash });
  assert.equal(key({}), key({ K: 4, backend: "cpu" }));
  assert.notEqual(key({}), key({ K: 2 }));
  assert.notEqual(key({}), key({ seed: 2 }));
  assert.notEqual(key({}), key({}, "b"));
  assert.equal(key({}), "7114fb1cd75fe60c");
  assert.notEqual(key({}), key({ validationUsers: 5000 }));
  assert.equal(key({}), key({ validationUsers: undefined }));
  const options = (sum: string) => key({ model: "youtube-dnn", options: { sum } });
  assert.equal(options("all"), key({ model: "youtube-dnn" }));
  assert.notEqual(options("real"), options("all"));
});

Deno.test("times and profiles count for the models that read them, and for no other", () => {
  const plain = { hash: "a" };
  const [timed, retimed] = ["t", "u"].map((timesHash) => ({ ...plain, timesHash }));
  const [known, reknown] = ["p", "q"].map((profilesHash) => ({ ...timed!, profilesHash }));
  const keys = (config: TrainConfig) =>
    [plain, timed!, retimed!, known!, reknown!].map((data) => runKey(resolveConfig(config), data));
  const told = (config: TrainConfig) => {
    const all = keys(config);
    return all.map((key) => all.indexOf(key));
  };
  assert.deepEqual(told({}), [0, 0, 0, 0, 0]);
  assert.deepEqual(told({ model: "umi-hn" }), [0, 0, 0, 0, 0]);
  assert.deepEqual(told({ model: "pimi" }), [0, 1, 2, 1, 1]);
  assert.deepEqual(told({ model: "pimi", options: { clock: "order" } }), [0, 0, 0, 0, 0]);
  assert.deepEqual(told({ model: "umi" }), [0, 0, 0, 3, 4]);
  assert.equal(keys({ model: "pimi", options: { clock: "order" } })[1], keys({ model: "pimi" })[0]);
  assert.equal(keys({ model: "pimi", options: { clock: "time" } })[1], keys({ model: "pimi" })[1]);
});

Deno.test("a setting that is added later leaves keys as they are while it has its default", () => {
  const { backend: _, ...what } = resolveConfig({ objective: { rr: { lambda: 100 } } });
  const before = keyOf(what, "a", {});
  const later = {
    dropout: 0,
    decay: { rate: 0, every: 10 },
    objective: { temperature: 1, rr: { power: 2 } },
  };
  const { objective } = what;
  const at = (dropout: number, rate: number, temperature: number, power: number) => ({
    ...what,
    dropout,
    decay: { rate, every: 10 },
    objective: { ...objective, temperature, rr: { ...objective.rr, power } },
  });
  assert.equal(keyOf(at(0, 0, 1, 2), "a", later), before);
  const changed = [at(0.1, 0, 1, 2), at(0, 1, 1, 2), at(0, 0, 2, 2), at(0, 0, 1, 3)];
  const keys = changed.map((config) => keyOf(config, "a", later));
  assert.equal(new Set([before, ...keys]).size, 5);
});

Deno.test("a record without keys that were added later is read with their defaults", () => {
  const { patience: _, ...old } = resolveConfig({ K: 2, patience: 50 });
  const { scaling: _scaling, ...rr } = resolveConfig({ objective: { rr: { lambda: 7 } } })
    .objective.rr!;
  const read = withDefaults({ ...old, objective: { rr } });
  assert.deepEqual(read, resolveConfig({ K: 2, objective: { rr: { lambda: 7 } } }));
  const dnn = resolveConfig({ model: "youtube-dnn" });
  const { options: _options, ...before } = dnn;
  assert.deepEqual(withDefaults(before), dnn);
  const strange = { ...old, dropout: 0.5 };
  assert.equal((withDefaults(strange) as { dropout?: number }).dropout, 0.5);
});
