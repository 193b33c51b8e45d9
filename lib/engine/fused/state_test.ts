import assert from "node:assert/strict";
import { Random } from "../../base/random.ts";
import type { Batch } from "../../data/batch.ts";
import type { StepLosses } from "../engine.ts";
import { assertDisposed } from "../../testing/assert_disposed.ts";
import { FusedEngine } from "./fused_engine.ts";
import {
  configuration,
  engineSizes,
  randomBatch,
  randomParameters,
  remi,
} from "../../testing/random_case.ts";

const config = configuration(engineSizes, remi);

function batches(seed: number, n: number): Batch[] {
  const random = new Random(seed);
  return Array.from({ length: n }, () => randomBatch(random, engineSizes));
}

function newEngine(threads: 1 | 2 = 1): Promise<FusedEngine> {
  return FusedEngine.create(config, randomParameters(new Random(1), engineSizes), { threads });
}

function run(engine: FusedEngine, steps: readonly Batch[]): StepLosses[] {
  return steps.map((batch) => engine.step(batch));
}

Deno.test("state and restore go on bit-identically, rows current or not", async () => {
  const before = batches(2, 260), after = batches(3, 260);
  for (const current of [false, true]) {
    const engine = await newEngine(), other = await newEngine();
    run(engine, before);
    if (current) engine.parameters();
    const state = engine.state();
    assert.equal(state.step, 260);
    run(other, after.slice(0, 7)); // a history of its own that must not matter
    other.restore(state);
    assert.deepEqual(other.state(), state);
    assert.deepEqual(run(other, after), run(engine, after));
    assert.deepEqual(other.state(), engine.state());
    assert.deepEqual(other.parameters(), engine.parameters());
    engine.dispose();
    other.dispose();
  }
});

Deno.test("parameters are written over earlier ones, all of them", async () => {
  const engine = await newEngine();
  const earlier = engine.parameters();
  const { W1 } = earlier.dense;
  run(engine, batches(6, 5));
  const now = engine.parameters();
  assert.notDeepEqual(W1, now.dense.W1);
  assert.equal(engine.parameters(earlier), earlier);
  assert.deepEqual(earlier, now);
  assert.equal(earlier.dense.W1, W1);
  engine.dispose();
});

Deno.test("a state taken back on the same engine gives the same steps again", async () => {
  const engine = await newEngine();
  run(engine, batches(2, 30));
  const state = engine.state();
  const once = run(engine, batches(4, 30));
  engine.restore(state);
  assert.deepEqual(run(engine, batches(4, 30)), once);
  engine.dispose();
});

Deno.test("state changes nothing; parameters brings every row to the last step", async () => {
  const engine = await newEngine(), other = await newEngine();
  const steps = batches(5, 40);
  for (const batch of steps) {
    engine.step(batch);
    engine.state().arrays["table"]!.fill(0);
    other.step(batch);
  }
  assert.deepEqual(engine.state(), other.state());
  const { table } = engine.parameters();
  const { arrays } = engine.state();
  assert.deepEqual(arrays["table"], table);
  assert.ok(arrays["table.last"]!.every((t) => t === 40 || t === 0));
  assert.deepEqual(engine.parameters().table, table);
  engine.dispose();
  other.dispose();
});

Deno.test("load starts anew", async () => {
  const engine = await newEngine(), fresh = await newEngine();
  run(engine, batches(2, 12));
  engine.load(randomParameters(new Random(1), engineSizes));
  assert.deepEqual(engine.state(), fresh.state());
  assert.deepEqual(run(engine, batches(6, 12)), run(fresh, batches(6, 12)));
  engine.dispose();
  fresh.dispose();
});

Deno.test("interests see the rows as parameters gives them", async () => {
  const engine = await newEngine(), other = await newEngine();
  run(engine, batches(7, 25));
  const histories = batches(8, 1)[0]!;
  const seen = await engine.interests(histories);
  other.load(engine.parameters());
  assert.deepEqual(await other.interests(histories), seen);
  engine.dispose();
  other.dispose();
});

Deno.test("two threads compute the bits of one", async () => {
  for (const B of [1, 9, 16]) {
    const sizes = { ...engineSizes, B, K: 5 };
    const random = new Random(9);
    const parameters = randomParameters(random, sizes);
    const one = await FusedEngine.create(configuration(sizes, remi), parameters);
    const two = await FusedEngine.create(configuration(sizes, remi), parameters, { threads: 2 });
    for (let t = 0; t < 60; t++) {
      const batch = randomBatch(random, sizes);
      assert.deepEqual(two.step(batch), one.step(batch));
    }
    assert.deepEqual(two.state(), one.state());
    assert.deepEqual(two.parameters(), one.parameters());
    one.dispose();
    two.dispose();
    two.dispose(); // twice does no harm
  }
});

Deno.test("load and restore heal an engine whose steps were not finite", async () => {
  const sizes = { ...engineSizes, d: 12, K: 3 };
  const random = new Random(13);
  const start = randomParameters(random, sizes);
  const far = { ...start, table: start.table.map((x) => x * 1e25) };
  const some = Array.from({ length: 6 }, () => randomBatch(random, sizes));
  const healthy = await FusedEngine.create(configuration(sizes, remi), start);
  const wanted = run(healthy, some);
  for (const how of ["load", "restore"] as const) {
    const engine = await FusedEngine.create(configuration(sizes, remi), start);
    const state = engine.state();
    engine.load(far);
    assert.ok(run(engine, some).some(({ loss }) => Number.isNaN(loss)));
    if (how === "load") engine.load(start);
    else engine.restore(state);
    assert.deepEqual(run(engine, some), wanted, how);
    assert.deepEqual(engine.state(), healthy.state(), how);
    engine.dispose();
  }
  healthy.dispose();
});

Deno.test("a disposed engine says so", async () => {
  for (const threads of [1, 2] as const) {
    await assertDisposed(await newEngine(threads), batches(1, 1)[0]!);
  }
});

Deno.test("a penalty of weight 0 is none", async () => {
  const parameters = randomParameters(new Random(1), engineSizes);
  const repel = { lambda: 0 };
  const engine = await FusedEngine.create({ ...config, objective: { ...remi, repel } }, parameters);
  const plain = await newEngine();
  assert.deepEqual(run(engine, batches(2, 3)), run(plain, batches(2, 3)));
  engine.dispose();
  plain.dispose();
});

Deno.test("ten thousand steps take no memory", async () => {
  const engine = await newEngine();
  const steps = batches(10, 100);
  const heap = () => Deno.memoryUsage().heapUsed + Deno.memoryUsage().external;
  for (let i = 0; i < 20; i++) run(engine, steps);
  const before = heap();
  for (let i = 0; i < 100; i++) for (const batch of steps) engine.step(batch);
  const grown = heap() - before;
  assert.ok(grown < 16 * 2 ** 20, `${grown} bytes more after 10,000 steps`);
  engine.dispose();
});

Deno.test("what the engine cannot do is said in plain words", async () => {
  const parameters = randomParameters(new Random(1), engineSizes);
  const refused = async (change: object, message: RegExp) =>
    await assert.rejects(FusedEngine.create({ ...config, ...change }, parameters), message);
  await refused({ model: "mind" }, /computes comirec-sa only, not mind/);
  await refused({ objective: { softmax: "full", ihn: { beta: 1 } } }, /need sampled negatives/);
  await refused({ objective: { ...remi, repel: { lambda: 1 } } }, /no penalty on cosines/);
  await refused({ adam: { ...config.adam, epsilon: 0 } }, /epsilon above 0/);
  await refused({ sizes: { ...engineSizes, K: 0 } }, /sizes\.K: not a positive integer: 0/);
  await refused({ sizes: { ...engineSizes, d: 64, itemCount: 6e6 } }, /limit of 4 GiB/);
});
