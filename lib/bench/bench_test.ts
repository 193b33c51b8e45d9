import assert from "node:assert/strict";
import { behaviours } from "./behaviours.ts";
import { timed } from "./clock.ts";
import { Contest, type Contestant } from "./contest.ts";
import { PythonPeer } from "./python.ts";
import { type BenchRecord, meets, newestRecord, writeRecord } from "./record.ts";
import { Stopwatch } from "./stopwatch.ts";
import { summarized } from "./summary.ts";

Deno.test("quartiles lie between sorted measurements", () => {
  assert.deepEqual(summarized([4, 1, 3, 2]), {
    least: 1,
    quartile1: 1.75,
    median: 2.5,
    quartile3: 3.25,
    most: 4,
    count: 4,
  });
  assert.equal(summarized([7]).median, 7);
  assert.throws(() => summarized([]), RangeError);
});

/** A contestant that takes `ms` by the clock in its n-th turn, and half of it on a processor. */
function fake(name: string, threads: 1 | 2, ms: (turn: number) => number, log: string[]) {
  let turn = 0;
  const contestant: Contestant = {
    name,
    threads,
    turn() {
      log.push(name);
      const wall = ms(turn++);
      return Promise.resolve({ wall, processor: wall / 2 + 1 });
    },
  };
  return contestant;
}

Deno.test("turns after an uncounted round, and ratios of one round", async () => {
  const log: string[] = [];
  const contest = new Contest("step");
  // both are ten times slower in the second round: the ratio stays
  const slowRound = (turn: number) => turn === 2 ? 10 : 1;
  await contest.run([
    fake("slow", 2, (turn) => turn === 0 ? 999 : 6 * slowRound(turn), log),
    fake("fast", 1, (turn) => 2 * slowRound(turn), log),
  ], 3);
  assert.deepEqual(log, ["slow", "fast", "fast", "slow", "slow", "fast", "fast", "slow"]);
  const ratio = contest.ratio("the pair", "slow", "fast", { atLeast: 3 })!;
  assert.deepEqual([ratio.times.least, ratio.times.most, ratio.by], [3, 3, "wall"]);
  assert.equal(meets(ratio), true);
  assert.equal(meets({ ...ratio, target: { atMost: 2.9 } }), false);
  assert.equal(contest.ratio("none", "slow", "absent"), null);
  const [slow] = contest.measurements();
  assert.equal(slow!.wall.count, 3);
  assert.equal(slow!.unit, "ms per step");
});

Deno.test("one thread is compared with one by processor time", async () => {
  const contest = new Contest("step");
  await contest.run([fake("a", 1, () => 8, []), fake("b", 1, () => 2, [])], 2);
  const ratio = contest.ratio("a against b", "a", "b")!;
  assert.deepEqual([ratio.by, ratio.times.median], ["processor", 5 / 2]);
});

Deno.test("waiting is time by the clock and not on a processor", async () => {
  const { wall, processor } = await timed(() => new Promise((done) => setTimeout(done, 60)));
  assert.ok(wall >= 55, `${wall}`);
  assert.ok(processor < wall, `${processor} of ${wall}`);
});

Deno.test("records are found again, the newest first", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const record: BenchRecord = {
      kind: "steps",
      about: "made up",
      date: "2000-01-02T00:00:00Z",
      machine: "made-up",
      memory: 1,
      deno: "made-up",
      code: "made-up",
      load: 1 / 3,
      measurements: [],
      ratios: [],
      without: [],
    };
    await writeRecord({ ...record, date: "2000-01-01T00:00:00Z", about: "older" }, folder);
    await writeRecord(record, folder);
    assert.deepEqual(await newestRecord("steps", folder), { ...record, load: 0.3333 });
    await assert.rejects(() => newestRecord("kernels", folder), /no recorded benchmark/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a stopwatch times methods, the outer one only, and puts them back", async () => {
  class Work {
    inner(): number {
      return 3;
    }
    async outer(): Promise<number> {
      await Promise.resolve();
      return this.inner();
    }
  }
  const original = Work.prototype.inner;
  const watch = new Stopwatch();
  watch.method(Work.prototype, "inner", "inner");
  watch.method(Work.prototype, "outer", "outer");
  assert.equal(await new Work().outer(), 3);
  assert.deepEqual([...watch.spent.keys()], ["outer"]);
  assert.equal(new Work().inner(), 3);
  assert.deepEqual([...watch.spent.keys()], ["outer", "inner"]);
  watch.stop();
  assert.equal(Work.prototype.inner, original);
});

Deno.test("short histories are as long as RetailRocket's, full ones full", () => {
  for (const [lengths, least, most] of [["short", 5.5, 5.9], ["full", 19.5, 20]] as const) {
    const { offsets, items } = behaviours(lengths, 1000);
    let sum = 0, positions = 0;
    for (let u = 1; u < offsets.length; u++) {
      const length = offsets[u]! - offsets[u - 1]!;
      let ofUser = 0;
      for (let position = 4; position < length; position++) ofUser += Math.min(20, position);
      sum += ofUser / (length - 4);
      positions++;
    }
    const mean = sum / positions;
    assert.ok(mean > least && mean < most, `${lengths}: ${mean}`);
    assert.ok(items.every((item) => item >= 1 && item <= 1000));
  }
});

Deno.test("without Python a peer says so", async () => {
  const before = Deno.env.get("REMI_PYTHON");
  Deno.env.set("REMI_PYTHON", "no-such-python");
  try {
    const peer = await PythonPeer.start("torch_step.py", { threads: 1 });
    assert.equal(peer, "there is no no-such-python");
  } finally {
    if (before === undefined) Deno.env.delete("REMI_PYTHON");
    else Deno.env.set("REMI_PYTHON", before);
  }
});
