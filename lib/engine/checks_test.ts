import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { Random } from "../base/random.ts";
import type { Batch, Histories } from "../data/batch.ts";
import { initialParameters } from "../model/initial_parameters.ts";
import { modelOf } from "../model/registry.ts";
import { randomBatch, remi } from "../testing/random_case.ts";
import { adam } from "../testing/training_cases.ts";
import { createEngine } from "../train/create_engine.ts";
import type { EngineConfig } from "./engine_config.ts";
import type { Engine, EngineState, Parameters } from "./engine.ts";
import { checkHistories } from "./checks.ts";
import { tfjsBackends, whyNot } from "./tfjs/backends.ts";

const sizes = { B: 5, L: 4, K: 2, S: 6, d: 8, itemCount: 30 };
const configs: Readonly<Record<string, EngineConfig>> = {
  "comirec-sa": { model: "comirec-sa", sizes, objective: remi, adam },
  "youtube-dnn": {
    model: "youtube-dnn",
    sizes: { ...sizes, K: 1 },
    objective: { softmax: "sampled" },
    adam,
  },
};
const good = randomBatch(new Random(11), sizes);
good.history.set([7, 8, 0, 0, 1, 2, 3, 4]); // users 0 and 1
good.length.set([2, 4]);

/** What is wrong with the histories, and what is said. */
const wrongHistories: readonly (readonly [Partial<Histories>, RegExp])[] = [
  [{ length: good.length.with(2, 0) }, /length of user 2's history: not in 1\.\.L: 0/],
  [{ length: good.length.with(1, 5) }, /length of user 1's history: not in 1\.\.L: 5.*L = 4/],
  [{ length: good.length.with(1, -1) }, /length of user 1's history: not in 1\.\.L: -1/],
  [{ history: good.history.with(1, 31) }, /position 1 of user 0: no such item: 31.*1\.\.30/],
  [{ history: good.history.with(5, -1) }, /position 1 of user 1: no such item: -1/],
  [{ history: good.history.with(6, 0) }, /position 2 of user 1: no such item: 0/],
  [{ history: good.history.with(4, 2 ** 30) }, /position 0 of user 1: no such item: 1073741824/],
  [{ history: good.history.with(3, 9) }, /position 3 of user 0: not the padding 0, .* length 2: 9/],
  [{ history: good.history.slice(1) }, /number of history positions: not 20: 19/],
  [{ noise: { start: new Float32Array(10) } }, /noise start: .*no such noise\. It reads none\./],
  [
    { history: [...good.history] as unknown as Int32Array },
    /positions: not an Int32Array: "Array"/,
  ],
  [
    { length: Float32Array.from(good.length) as unknown as Int32Array },
    /lengths: not an Int32Array/,
  ],
];

/** What is wrong with a training batch besides, and what is said. */
const wrongBatches: readonly (readonly [Partial<Batch>, RegExp])[] = [
  ...wrongHistories,
  [{ target: good.target.with(3, 31) }, /target of user 3: no such item: 31/],
  [{ target: good.target.with(3, 0) }, /target of user 3: no such item: 0/],
  [{ target: good.target.slice(1) }, /number of targets: not 5: 4/],
  [{ negatives: good.negatives.with(0, -1) }, /negative 0: no such item: -1/],
  [{ negatives: good.negatives.with(5, 31) }, /negative 5: no such item: 31/],
  [{ negatives: good.negatives.slice(1) }, /number of negatives: not 6: 5/],
  [{ negatives: undefined as unknown as Int32Array }, /negatives: not an Int32Array: "Undefined"/],
  [{ history: good.history.slice(4), length: good.length.slice(1) }, /lengths: not 5: 4/],
];

async function refused(run: () => unknown, message: RegExp): Promise<void> {
  await assert.rejects(
    async () => await run(),
    (error: Error) => {
      assert.ok(error instanceof BadInput, String(error));
      assert.match(error.message, message);
      return true;
    },
  );
}

function parametersOf({ model, sizes }: EngineConfig): Parameters {
  return initialParameters(modelOf(model), sizes, 1);
}

async function refusesWhatIsWrong(engine: Engine, other: Engine): Promise<void> {
  for (const [part, message] of wrongBatches) {
    await refused(() => engine.step({ ...good, ...part }), message);
  }
  for (const [part, message] of wrongHistories) {
    await refused(() => engine.interests({ ...good, ...part }), message);
  }
  await refusesParameters(engine);
  await refusesStates(engine);
  assert.deepEqual(await engine.step(good), await other.step(good));
  assert.deepEqual(engine.state(), other.state());
}

async function refusesParameters(engine: Engine): Promise<void> {
  const { table, dense } = engine.parameters();
  const [name] = Object.keys(dense);
  const missing = Object.fromEntries(Object.entries(dense).slice(1));
  const wrong: readonly (readonly [Parameters, RegExp])[] = [
    [{ table: table.with(9, NaN), dense }, /parameter table at 9: not a finite number: NaN/],
    [{ table: table.slice(1), dense }, /parameter table: not 248 values: 247/],
    [{ table, dense: missing }, new RegExp(`parameter ${name}: missing`)],
    [{ table, dense: { ...dense, W9: table } }, /unknown parameter: "W9"/],
    [
      { table, dense: { ...dense, [name!]: dense[name!]!.with(2, -Infinity) } },
      new RegExp(`parameter ${name} at 2: not a finite number: -Infinity`),
    ],
  ];
  for (const [parameters, message] of wrong) await refused(() => engine.load(parameters), message);
}

async function refusesStates(engine: Engine): Promise<void> {
  const state = engine.state();
  const changed = (name: string, at: number, value: number): EngineState => ({
    ...state,
    arrays: { ...state.arrays, [name]: state.arrays[name]!.with(at, value) as Float32Array },
  });
  const { "table.m": _, ...withoutMoments } = state.arrays;
  const wrong: readonly (readonly [EngineState, RegExp])[] = [
    [{ ...state, step: -1 }, /not a number of steps: -1/],
    [{ ...state, step: 0.5 }, /not a number of steps: 0\.5/],
    [{ ...state, arrays: withoutMoments }, /table\.m: missing/],
    [changed("table.v", 12, -1), /table\.v at 12: negative: -1/],
    [changed("table.m", 12, Infinity), /table\.m at 12: not a finite number/],
    [changed("table.last", 3, 77), /table\.last at 3: after step 0: 77/],
  ];
  for (const [one, message] of wrong) await refused(() => engine.restore(one), message);
}

Deno.test("what else a model reads of users is checked as well", () => {
  const withProfile = { ...sizes, profile: [2, 3] };
  const profile = new Int32Array(10).fill(1);
  const days = new Int32Array(20);
  const noise = { start: new Float32Array(10) };
  const check = (histories: Histories) => checkHistories(histories, withProfile, { start: 2 });
  check({ ...good, days, profile, noise });
  const wrong: readonly (readonly [Partial<Histories>, RegExp])[] = [
    [{ days: days.slice(1) }, /number of days: not 20: 19/],
    [{ profile: profile.slice(1) }, /number of profile categories: not 10: 9/],
    [{ profile: profile.with(4, 2) }, /field 0 of user 2: no such category: 2\. .*0\.\.1/],
    [{ profile: profile.with(5, -1) }, /field 1 of user 2: no such category: -1\. .*0\.\.2/],
    [{ noise: { start: noise.start.with(7, NaN) } }, /noise start at 7: not a finite number: NaN/],
    [{ noise: { start: noise.start.slice(1) } }, /noise start: not 10 values: 9\./],
    [{ noise: { strat: noise.start } }, /noise strat: .*did you mean start\. It reads start\./],
    [{ noise: { toString: noise.start } }, /noise toString: the model reads no such noise\./],
  ];
  for (const [part, message] of wrong) {
    assert.throws(() => check({ ...good, ...part }), message);
  }
  assert.throws(() => checkHistories({ ...good, noise }, sizes), /noise start: .* It reads none\./);
});

for (const backend of ["fused", ...tfjsBackends] as const) {
  const reason = backend === "fused" ? null : await whyNot(backend);
  const title = `what is wrong is refused on ${backend}, and changes nothing`;
  if (reason !== null) {
    Deno.test.ignore(`${title} (${reason})`, () => {});
    continue;
  }
  Deno.test(title, async (t) => {
    for (const [model, config] of Object.entries(configs)) {
      if (backend === "fused" && model !== "comirec-sa") continue;
      await t.step(model, async () => {
        const start = parametersOf(config);
        const { engine } = await createEngine(config, start, backend);
        const { engine: other } = await createEngine(config, start, backend);
        await refusesWhatIsWrong(engine, other);
        engine.dispose();
        other.dispose();
      });
    }
  });
}
