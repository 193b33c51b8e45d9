import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { Random } from "../base/random.ts";
import { BatchSampler } from "./batch_sampler.ts";
import { dayOf } from "./days.ts";
import type { Interactions } from "./interactions.ts";

/** User u has the items 1000 u + 1, 1000 u + 2, …, so that an item tells user and position. */
function countingUsers(lengths: readonly number[]): Interactions {
  const offsets = Uint32Array.from([0, ...lengths]);
  for (let u = 0; u < lengths.length; u++) offsets[u + 1]! += offsets[u]!;
  const items = lengths.flatMap((length, u) => Array.from({ length }, (_, i) => 1000 * u + i + 1));
  return { offsets, items: Uint32Array.from(items) };
}

const userOf = (item: number) => Math.floor(item / 1000);
const positionOf = (item: number) => item % 1000 - 1;

Deno.test("a batch is B distinct users, each with the last L items before a target", () => {
  const random = new Random(1);
  for (let round = 0; round < 20; round++) {
    const lengths = Array.from({ length: 30 }, () => random.below(40));
    const sizes = { B: 10, L: 1 + random.below(25), S: 50, itemCount: 77 };
    const sampler = new BatchSampler(countingUsers(lengths), sizes, random);
    assert.equal(sampler.tooShort, lengths.filter((length) => length < 5).length);
    for (let n = 0; n < 20; n++) {
      const { history, length, target, negatives } = sampler.next();
      assert.equal(new Set(Array.from(target, userOf)).size, sizes.B);
      for (let b = 0; b < sizes.B; b++) {
        const position = positionOf(target[b]!);
        assert.ok(position >= 4 && position < lengths[userOf(target[b]!)]!);
        assert.equal(length[b], Math.min(position, sizes.L));
        const row = [...history.subarray(b * sizes.L, (b + 1) * sizes.L)];
        const real = row.slice(0, length[b]);
        assert.deepEqual(real, real.map((_, l) => target[b]! - length[b]! + l));
        assert.ok(row.slice(length[b]).every((item) => item === 0));
      }
      assert.ok(negatives.every((item) => item >= 1 && item <= 77));
    }
  }
});

Deno.test("days and profiles are those of the history's own items and users", () => {
  const random = new Random(4);
  for (let round = 0; round < 20; round++) {
    const lengths = Array.from({ length: 30 }, () => random.below(40));
    const users = countingUsers(lengths);
    const times = Float64Array.from(users.items, () => 1e9 + random.below(50 * 86_400));
    const profile = Int32Array.from(lengths.flatMap((_, u) => [u, 2 * u]));
    const sizes = { B: 10, L: 1 + random.below(25), S: 1, itemCount: 77 };
    const sampler = new BatchSampler({ ...users, times, profile }, sizes, random);
    for (let n = 0; n < 20; n++) {
      const batch = sampler.next();
      for (let b = 0; b < sizes.B; b++) {
        const u = userOf(batch.target[b]!);
        assert.deepEqual([...batch.profile!.subarray(2 * b, 2 * b + 2)], [u, 2 * u]);
        for (let l = 0; l < sizes.L; l++) {
          const at = b * sizes.L + l;
          const start = users.offsets[u]!;
          const day = l < batch.length[b]!
            ? dayOf(times[start + positionOf(batch.history[at]!)]!, times[start]!)
            : 0;
          assert.equal(batch.days![at], day);
        }
      }
    }
  }
});

Deno.test("times and profiles change nothing that is drawn", () => {
  const users = countingUsers(Array.from({ length: 30 }, () => 12));
  const sizes = { B: 10, L: 6, S: 9, itemCount: 77 };
  const drawn = (data: Interactions) => {
    const sampler = new BatchSampler(data, sizes, new Random(6));
    return Array.from({ length: 5 }, () => {
      const { history, length, target, negatives } = structuredClone(sampler.next());
      return { history, length, target, negatives };
    });
  };
  const times = new Float64Array(users.items.length).fill(1e9);
  assert.deepEqual(drawn({ ...users, times, profile: new Int32Array(90) }), drawn(users));
});

Deno.test("users, positions and negatives are drawn uniformly", () => {
  const lengths = Array.from({ length: 20 }, (_, u) => u === 3 ? 4 : 9); // positions 4..8
  const sizes = { B: 8, L: 4, S: 10, itemCount: 5 };
  const sampler = new BatchSampler(countingUsers(lengths), sizes, new Random(7));
  const users = new Uint32Array(20);
  const positions = new Uint32Array(9);
  const negatives = new Uint32Array(6);
  const batches = 5000;
  for (let n = 0; n < batches; n++) {
    const batch = sampler.next();
    for (const item of batch.target) {
      users[userOf(item)]!++;
      positions[positionOf(item)]!++;
    }
    for (const item of batch.negatives) negatives[item]!++;
  }
  /** Every count within five standard deviations of an equal share. */
  const uniform = (counts: Uint32Array, draws: number, what: string) => {
    const share = 1 / counts.length;
    const tolerance = 5 * Math.sqrt(draws * share * (1 - share));
    for (const count of counts) assert.ok(Math.abs(count - draws * share) < tolerance, what);
  };
  assert.equal(users[3], 0);
  uniform(users.filter((_, u) => u !== 3), 8 * batches, "users");
  uniform(positions.subarray(4), 8 * batches, "positions");
  uniform(negatives.subarray(1), 10 * batches, "negatives");
});

Deno.test("the random state is all the state: a sampler goes on bit for bit", () => {
  const train = countingUsers(Array.from({ length: 40 }, (_, u) => 5 + u % 20));
  const sizes = { B: 16, L: 6, S: 30, itemCount: 40 };
  const first = new BatchSampler(train, sizes, new Random(11));
  for (let n = 0; n < 10; n++) first.next();
  const random = new Random(0);
  random.restore(first.random.state());
  const second = new BatchSampler(train, sizes, random);
  for (let n = 0; n < 10; n++) assert.deepEqual(second.next(), first.next());
});

Deno.test("the same arrays come back, and S = 0 draws no negatives", () => {
  const sizes = { B: 5, L: 3, S: 0, itemCount: 40 };
  const sampler = new BatchSampler(countingUsers(Array(5).fill(8)), sizes, new Random(1));
  const batch = sampler.next();
  assert.equal(batch.negatives.length, 0);
  assert.equal(sampler.next().history, batch.history);
});

Deno.test("too few users for a batch, or a wrong size, is an error", () => {
  const train = countingUsers([8, 8, 4, 8]);
  const sampler = (sizes: { B: number; L: number; S: number }) => () =>
    new BatchSampler(train, { ...sizes, itemCount: 10 }, new Random(1));
  const wrong: [{ B: number; L: number; S: number }, RegExp][] = [
    [{ B: 4, L: 2, S: 1 }, /batch size 4: fewer training users .*: 3\./],
    [{ B: 0, L: 2, S: 1 }, /size B/],
    [{ B: 2, L: 1.5, S: 1 }, /size L/],
    [{ B: 2, L: 2, S: -1 }, /size S/],
  ];
  for (const [sizes, message] of wrong) {
    assert.throws(
      sampler(sizes),
      (error: Error) => error instanceof BadInput && message.test(error.message),
    );
  }
});
