import assert from "node:assert/strict";
import { BadInput } from "../../base/bad_input.ts";
import { Random } from "../../base/random.ts";
import type { Build } from "../wasm/modules.ts";
import { bruteForce } from "./brute_force.ts";
import { Retriever } from "./retriever.ts";
import {
  adversarial,
  type Catalogue,
  clustered,
  coarse,
  duplicated,
  gaussian,
  scaled,
  withZeros,
} from "../../testing/catalogues.ts";

const builds: readonly Build[] = ["relaxed", "simd"];

interface Sizes {
  readonly U: number;
  readonly K: number;
  readonly N: number;
}

/** Both builds give what the plain loop gives, bit for bit. */
async function assertExact(
  { table, interests, d }: Catalogue,
  { U, K, N }: Sizes,
  exclude?: (user: number) => ArrayLike<number>,
): Promise<void> {
  const want = bruteForce(table, interests, [U, K, d], N, exclude);
  for (const build of builds) {
    const retriever = await Retriever.create(table, d, { build });
    const got = await retriever.topN(interests, U, K, N, exclude ? { exclude } : {});
    retriever.dispose();
    assert.deepEqual(got.items, want.items, build);
    assert.deepEqual(
      new Uint32Array(got.scores.buffer),
      new Uint32Array(want.scores.buffer),
      build,
    );
  }
}

const catalogues: Readonly<Record<string, typeof gaussian>> = {
  "random": gaussian,
  "clustered": clustered,
  "duplicated": duplicated,
  "partly zero": withZeros,
  "nearly tied": adversarial,
  "coarsely coded": coarse,
};

for (const [name, catalogue] of Object.entries(catalogues)) {
  Deno.test(`retrieval finds what a plain loop finds: ${name} vectors`, async () => {
    const random = new Random(1, name);
    for (const [d, K, items] of [[8, 1, 333], [64, 4, 1501], [128, 3, 700]] as const) {
      const U = 9;
      await assertExact(catalogue(random, { items, d, U, K }), { U, K, N: 20 });
    }
  });
}

Deno.test("retrieval: K from 1 to 16, tails of tiles and panels, N to all items", async () => {
  const random = new Random(2, "interests");
  const makers = Object.values(catalogues);
  for (let K = 1; K <= 16; K++) {
    for (const [i, d] of [4, 12, 64, 100, 256].entries()) {
      const U = 1 + (K + i) % 9;
      const items = d > 64 ? 410 : [1, 7, 8, 9, 257][(K + i) % 5]!; // 8 to a panel
      const N = [1, 11, items - 1, items, items + 3][(2 * K + i) % 5]!;
      const catalogue = makers[(K + i) % makers.length]!(random, { items, d, U, K });
      await assertExact(catalogue, { U, K, N: Math.max(1, N) });
    }
  }
});

Deno.test("retrieval: one item, all items, more than there are", async () => {
  const random = new Random(3, "counts");
  const one = gaussian(random, { items: 1, d: 8, U: 3, K: 2 });
  await assertExact(one, { U: 3, K: 2, N: 1 });
  await assertExact(one, { U: 3, K: 2, N: 4 });
  const some = duplicated(random, { items: 77, d: 8, U: 5, K: 1 });
  await assertExact(some, { U: 5, K: 1, N: 77 });
  await assertExact(some, { U: 5, K: 1, N: 90 });
});

Deno.test("retrieval: norms from tiny to huge, in one catalogue and across", async () => {
  const random = new Random(4, "norms");
  const base = clustered(random, { items: 500, d: 16, U: 6, K: 4 });
  for (
    const [ofItems, ofInterests] of [[1e18, 1e18], [1e-18, 1e-18], [1e-30, 1e30], [1e30, 1e-38]]
  ) {
    await assertExact(scaled(base, ofItems!, ofInterests!), { U: 6, K: 4, N: 10 });
  }
  const mixed = base.table.map((x, i) => x * 10 ** (Math.floor(i / 16) % 40 - 20));
  await assertExact({ ...base, table: mixed }, { U: 6, K: 4, N: 30 });
});

Deno.test("retrieval leaves excluded items out, whatever is excluded", async () => {
  const random = new Random(5, "excluded");
  const U = 10, K = 4, items = 300;
  const catalogue = duplicated(random, { items, d: 16, U, K });
  const best = bruteForce(catalogue.table, catalogue.interests, [U, K, 16], 40);
  const exclude = (user: number): number[] => {
    if (user === 0) return [];
    if (user === 1) return Array.from({ length: items - 5 }, (_, i) => i + 1); // few are left
    // the best ones, in any order, some of them twice, and an item that does not exist
    const own = Array.from(best.items.subarray(user * 40, user * 40 + 4 * user)).reverse();
    return [...own, ...own.slice(0, 3), items + 7];
  };
  await assertExact(catalogue, { U, K, N: 20 }, exclude);
});

Deno.test("retrieval of wanted items: their places are those in the whole list", async () => {
  const random = new Random(10, "wanted");
  const U = 40, N = 20, items = 3000, d = 16;
  for (const [name, make] of Object.entries(catalogues)) {
    for (const K of [1, 2, 4, 5]) {
      const { table, interests } = make(random, { items, d, U, K });
      const want = bruteForce(table, interests, [U, K, d], N);
      // None, one just outside or just inside the list, some from anywhere, two that do not exist.
      const lists = Array.from({ length: U }, (_, u) => {
        const drawn = Array.from({ length: u % 4 }, () => 1 + random.below(items));
        const inside = u % 5 === 0 ? [want.items[u * N + u % N]!] : [];
        return [...drawn, ...inside, ...(u % 3 === 0 ? [items + 1, 0] : [])];
      });
      const wanted = (u: number) => lists[u]!;
      for (const build of builds) {
        const retriever = await Retriever.create(table, d, { build });
        const got = await retriever.topN(interests, U, K, N, { wanted });
        lists.forEach((list, u) => {
          const [whole, found] = [want, got].map(({ items }) => items.slice(u * N, u * N + N));
          const places = (of: Uint32Array) => list.map((item) => item === 0 || of.indexOf(item));
          assert.deepEqual(places(found!), places(whole!), `${name}, ${build}, user ${u}`);
          const isIn = list.some((item) => item > 0 && whole!.includes(item));
          if (isIn) assert.deepEqual(found, whole);
        });
      }
    }
  }
});

Deno.test("retrieval of wanted items ends early for who cannot get one", async () => {
  const random = new Random(11, "wanted, early");
  const { table, interests } = gaussian(random, { items: 9000, d: 8, U: 1, K: 1 });
  const retriever = await Retriever.create(table, 8);
  const whole = await retriever.topN(interests, 1, 1, 5);
  const last = (await retriever.topN(interests, 1, 1, 9000)).items.at(-1)!;
  const early = await retriever.topN(interests, 1, 1, 5, { wanted: () => [last] });
  assert.notDeepEqual(early.items, whole.items);
  assert.ok(!early.items.includes(last) && !early.items.includes(0));
});

Deno.test("retrieval ranks like float64 but for differences below float32's rounding", async () => {
  const random = new Random(6, "float64");
  const U = 20, K = 4, N = 50, d = 64;
  const { table, interests } = clustered(random, { items: 3000, d, U, K });
  const score = (u: number, item: number): number => {
    const ofInterest = Array.from({ length: K }, (_, k) => {
      let sum = 0;
      for (let i = 0; i < d; i++) sum += interests[(u * K + k) * d + i]! * table[item * d + i]!;
      return sum;
    });
    return Math.max(...ofInterest);
  };
  const retriever = await Retriever.create(table, d);
  const { items } = await retriever.topN(interests, U, K, N);
  for (let u = 0; u < U; u++) {
    const all = Array.from({ length: 3000 }, (_, i) => score(u, i + 1)).sort((a, b) => b - a);
    for (let r = 0; r < N; r++) {
      const found = score(u, items[u * N + r]!);
      const slack = (d / 8 + 5) * 2 ** -24 * 4; // norms are about 1 to 2 here
      assert.ok(Math.abs(found - all[r]!) <= slack, `user ${u}, rank ${r}`);
    }
  }
});

Deno.test("retrieval: threads, chunks and a second update do not change a bit", async () => {
  const random = new Random(7, "threads");
  const U = 1103, K = 3, N = 7, d = 8;
  const { table, interests } = clustered(random, { items: 260, d, U, K });
  const exclude = (user: number): number[] => [1 + user % 260, 1 + (user * 7) % 260];
  const one = await Retriever.create(table, d, { threads: 1 });
  const two = await Retriever.create(table.map((x) => -x), d, { threads: 2 });
  await two.update(table);
  const [a, b] = [
    await one.topN(interests, U, K, N, { exclude }),
    await two.topN(interests, U, K, N, { exclude }),
  ];
  const tail = await two.topN(interests.subarray((U - 1) * K * d), 1, K, N, {
    exclude: () => exclude(U - 1),
  });
  two.dispose();
  assert.deepEqual(a, b);
  assert.deepEqual(tail.items, a.items.subarray((U - 1) * N));
  assert.deepEqual(a, bruteForce(table, interests, [U, K, d], N, exclude));
});

Deno.test("retrieval: questions and updates asked at once are answered in turn", async () => {
  const random = new Random(8, "turns");
  const { table, interests } = gaussian(random, { items: 90, d: 8, U: 4, K: 1 });
  const retriever = await Retriever.create(table, 8);
  const [before, , after] = await Promise.all([
    retriever.topN(interests, 4, 1, 5),
    retriever.update(table.map((x) => -x)),
    retriever.topN(interests.map((x) => -x), 4, 1, 5),
  ]);
  assert.deepEqual(before, after);
});

Deno.test("retrieval refuses what is not finite, and says where", async () => {
  const random = new Random(9, "refusals");
  const { table, interests } = gaussian(random, { items: 40, d: 8, U: 6, K: 2 });
  for (const bad of [NaN, Infinity, -Infinity, 3e38]) {
    const broken = table.slice();
    broken.fill(bad, 17 * 8, 17 * 8 + 2);
    await assert.rejects(Retriever.create(broken, 8), /row 17/);
    const retriever = await Retriever.create(table, 8);
    const lost = interests.slice();
    lost.fill(bad, (4 * 2 + 1) * 8, (4 * 2 + 1) * 8 + 2);
    await assert.rejects(retriever.topN(lost, 6, 2, 5), /user 4/);
    await retriever.topN(interests, 6, 2, 5); // still works
  }
  const padding = table.slice();
  padding[3] = NaN; // row 0 is never looked at
  await Retriever.create(padding, 8);
  const huge = await Retriever.create(table.map((x) => x * 1e30), 8);
  await assert.rejects(huge.topN(interests.map((x) => x * 1e30), 6, 2, 5), /leave float32/);
});

Deno.test("retrieval refuses sizes that do not fit", async () => {
  const table = new Float32Array(10 * 8).fill(1);
  await assert.rejects(Retriever.create(table, 6), BadInput);
  await assert.rejects(Retriever.create(table, 0), BadInput);
  await assert.rejects(Retriever.create(table, 2048), BadInput);
  await assert.rejects(Retriever.create(table.subarray(1), 8), /whole rows/);
  await assert.rejects(Retriever.create(table.subarray(0, 8), 8), /whole rows/);
  const retriever = await Retriever.create(table, 8);
  await assert.rejects(retriever.update(table.subarray(8)), /not \[10, 8\]/);
  await assert.rejects(retriever.topN(table, 10, 2, 5), /not \[10, 2, 8\]/);
  await assert.rejects(retriever.topN(table, 10, 1, 0), /N: not a size/);
  await assert.rejects(retriever.topN(table, 10, 0, 5), /K: not a size/);
  const none = await retriever.topN(table.subarray(0, 0), 0, 4, 5);
  assert.equal(none.items.length, 0);
});

for (const threads of [1, 2] as const) {
  Deno.test(`what was disposed of refuses new and old questions: ${threads} threads`, async () => {
    const disposed = /^Error: this retriever was disposed of$/;
    const { table, interests, d } = gaussian(new Random(7), { items: 300, d: 16, U: 2100, K: 1 });
    const ask = (retriever: Retriever, U: number) =>
      retriever.topN(interests.subarray(0, U * d), U, 1, 5);
    for (const wait of [0, 1]) { // before it is begun, or in the midst of it
      const retriever = await Retriever.create(table, d, { threads });
      const pending = [ask(retriever, 2100), ask(retriever, 9)];
      for (let turn = 0; turn < 3 * wait; turn++) await Promise.resolve();
      retriever.dispose();
      retriever.dispose(); // twice does no harm
      for (const answer of pending) await assert.rejects(answer, disposed);
      await assert.rejects(ask(retriever, 9), disposed);
      await assert.rejects(retriever.update(table), disposed);
    }
  });
}
