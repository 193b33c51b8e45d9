import assert from "node:assert/strict";
import { data } from "../data/load.ts";
import { manifestEntry } from "../data/manifest.ts";
import { recordable } from "../testing/example_runs.ts";
import { resolveConfig, type TrainConfig } from "../train/config.ts";
import { modelNames } from "../model/registry.ts";
import { secondsOf } from "./cost.ts";
import { standIn } from "./stand_in.ts";

const synthetic = await data("synthetic");

/** A recorded training on that data, to early stopping. */
function run(config: TrainConfig, steps: number, wallSeconds: number) {
  const { name, hash } = synthetic;
  const patience = 10 * 200;
  return recordable({
    config: resolveConfig({ patience: 10, ...config }),
    data: { name, hash },
    stop: "early-stopping",
    bestStep: steps - patience,
    steps,
    wallSeconds,
  });
}

Deno.test("every model has a cost, which grows with sizes and with validated users", () => {
  const cost = (config: TrainConfig) => secondsOf(resolveConfig(config), synthetic, []);
  for (const model of modelNames) {
    assert.ok(cost({ model, maxSteps: 100 }) > 0, model);
    assert.ok(cost({ model, maxSteps: 200 }) > cost({ model, maxSteps: 100 }));
    assert.ok(cost({ model, validationUsers: 50 }) < cost({ model }), model);
    if (model !== "popularity") assert.ok(cost({ model, d: 128 }) > cost({ model }), model);
  }
  assert.ok(cost({ objective: { softmax: "full" } }) > cost({ S: 640 }));
});

Deno.test("recorded runs say how fast it goes, those of the most similar how long", () => {
  const cost = (config: TrainConfig, ...runs: ReturnType<typeof run>[]) =>
    secondsOf(resolveConfig({ patience: 10, ...config }), synthetic, runs);
  const plain = run({}, 12_000, 60);
  assert.ok(Math.abs(cost({}, plain) - 60) < 1e-6);
  const rr = { objective: { rr: { lambda: 100 } } };
  const short = run(rr, 4_000, 20);
  assert.ok(Math.abs(cost(rr, plain, short) - 20) < 1e-6);
  assert.ok(Math.abs(cost({}, plain, short) - 60) < 1e-6);
  // of another model it is told as well, while there is none of the same
  const mind = (...runs: ReturnType<typeof run>[]) => cost({ model: "mind" }, ...runs);
  assert.ok(mind(short) < mind(plain));
  const own = run({ model: "mind" }, 12_000, 600);
  assert.ok(Math.abs(mind(plain, own) - 600) < 1e-6);
});

Deno.test("the fastest of a model's latest runs counts, not those of older code", () => {
  const runs = [600, 90, 80, 60, 70, 75, 30].map((wallSeconds, day) => ({
    ...run({}, 12_000, wallSeconds),
    finished: `2026-11-0${9 - day}T00:00:00.000Z`,
  }));
  const cost = secondsOf(resolveConfig({ patience: 10 }), synthetic, runs);
  assert.ok(Math.abs(cost - 60) < 1e-6, `${cost}`); // 75 and 30 are the oldest two
});

Deno.test("a stand-in has the registered sizes", async () => {
  const entry = await manifestEntry("books");
  const { itemCount, train, valid, test } = standIn(entry);
  const users = [train, valid, test].map(({ offsets }) => offsets.length - 1);
  assert.equal(itemCount, entry.counts.items);
  assert.equal(users.reduce((a, b) => a + b), entry.counts.users);
  const behaviours = [train, valid, test].reduce((sum, { offsets }) => sum + offsets.at(-1)!, 0);
  assert.ok(Math.abs(behaviours - entry.counts.behaviours) < 2);
});
