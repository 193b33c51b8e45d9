import assert from "node:assert/strict";
import { Random } from "../base/random.ts";
import type { Dataset, Interactions } from "../data/interactions.ts";
import { synthetic } from "../data/synthetic.ts";
import type { Engine, Parameters } from "../engine/engine.ts";
import { bruteForce } from "../engine/retrieval/brute_force.ts";
import { evaluationCases } from "./cases.ts";
import { Evaluator } from "./evaluate.ts";
import { meanMetrics, userMetrics } from "./metrics.ts";

const K = 2, L = 3, d = 8, itemCount = 120;

function users(random: Random, count: number): Interactions {
  const offsets = new Uint32Array(count + 1);
  for (let u = 0; u < count; u++) offsets[u + 1] = offsets[u]! + 1 + random.below(9);
  const items = Uint32Array.from({ length: offsets.at(-1)! }, () => 1 + random.below(itemCount));
  return { offsets, items };
}

const random = new Random(1, "evaluate test");
const none: Interactions = { offsets: new Uint32Array(1), items: new Uint32Array(0) };
const dataset: Dataset = {
  name: "made up",
  itemCount,
  train: none,
  valid: users(random, 30),
  test: users(random, 2500), // more than a chunk
  hash: "",
};

function parametersWith(seed: number): Parameters {
  const values = new Random(seed, "table");
  const table = Float32Array.from({ length: (itemCount + 1) * d }, () => values.normal());
  return { table, dense: {} };
}

/** An engine whose user has the embeddings of the first and the last item of the history. */
function engineWith({ table }: Parameters): Pick<Engine, "interests"> {
  return {
    interests({ history, length }) {
      const interests = new Float32Array(length.length * K * d); // [U, K, d]
      length.forEach((n, u) => {
        [history[u * L]!, history[u * L + n - 1]!].forEach((item, k) => {
          interests.set(table.subarray(item * d, (item + 1) * d), (u * K + k) * d);
        });
      });
      return Promise.resolve({ K, interests, routing: null });
    },
  };
}

for (const excludeSeen of [false, true]) {
  Deno.test(
    `an evaluation is interests, a plain ranking, metrics; seen items ${
      excludeSeen ? "excluded" : "kept"
    }`,
    async () => {
      const evaluator = await Evaluator.create(dataset, L, { cutoffs: [3, 10], excludeSeen });
      for (const [seed, split] of [[1, "valid"], [2, "test"], [1, "valid"]] as const) {
        const parameters = parametersWith(seed), engine = engineWith(parameters);
        const cases = evaluationCases(dataset[split], L);
        const { interests } = await engine.interests(cases);
        const seen = excludeSeen ? (u: number): Uint32Array => cases.seen(u) : undefined;
        const { items } = bruteForce(parameters.table, interests, [cases.count, K, d], 10, seen);
        const want = userMetrics(items, 10, (u) => cases.targets(u), [3, 10]);
        assert.deepEqual(await evaluator.ranking(engine, parameters, split), items);
        assert.deepEqual(await evaluator.userMetrics(engine, parameters, split), want);
        assert.deepEqual(await evaluator.metrics(engine, parameters, split), meanMetrics(want));
      }
    },
  );
}

Deno.test("tables of another size: the same metrics", async () => {
  const parameters = parametersWith(3), engine = engineWith(parameters);
  const one = await Evaluator.create(dataset, L);
  const metrics = await one.metrics(engine, parameters, "test");
  assert.deepEqual(Object.keys(metrics), ["20", "50"]);
  assert.ok(metrics[20]!.recall > 0 && metrics[50]!.recall > metrics[20]!.recall);
  const wide = Float32Array.from(
    { length: (itemCount + 1) * 2 * d },
    (_, i) => i % (2 * d) < d ? parameters.table[Math.floor(i / (2 * d)) * d + i % (2 * d)]! : 0,
  );
  const padded: Pick<Engine, "interests"> = {
    async interests(histories) {
      const { K, interests } = await engine.interests(histories);
      const rows = Array.from({ length: interests.length / d }, (_, row) => row * d);
      const zeros = new Float32Array(d);
      const values = rows.flatMap((at) => [...interests.subarray(at, at + d), ...zeros]);
      return { K, interests: Float32Array.from(values), routing: null };
    },
  };
  const again = await one.metrics(padded, { table: wide }, "test");
  assert.ok(Math.abs(again[50]!.recall - metrics[50]!.recall) < 1e-3);
});

Deno.test("a sample of validation users has their metrics; test users are all", async () => {
  const parameters = parametersWith(5), engine = engineWith(parameters);
  const validation = { users: 9, seed: 2 };
  const all = await Evaluator.create(dataset, L);
  const some = await Evaluator.create(dataset, L, { validation });
  const [{ users }, drawn] = [all.cases("valid"), some.cases("valid")];
  assert.equal(drawn.count, 9);
  const ofAll = (await all.userMetrics(engine, parameters, "valid"))[50]!.recall;
  const ofSome = (await some.userMetrics(engine, parameters, "valid"))[50]!.recall;
  assert.deepEqual([...ofSome], [...drawn.users].map((user) => ofAll[users.indexOf(user)]));
  const [test, same] = await Promise.all(
    [all, some].map((evaluator) => evaluator.metrics(engine, parameters, "test")),
  );
  assert.deepEqual(same, test);
});

Deno.test("a split without users has metrics 0", async () => {
  const evaluator = await Evaluator.create({ ...dataset, valid: none }, L);
  const parameters = parametersWith(4);
  const { 20: at20 } = await evaluator.metrics(engineWith(parameters), parameters, "valid");
  assert.deepEqual(at20, { recall: 0, hr: 0, ndcg: 0, ndcgReference: 0 });
});

Deno.test("targets that are no items are refused, not missed in silence", async () => {
  const dataset = synthetic({ users: 300, interests: 10, itemsPerInterest: 40 });
  const test = { ...dataset.test, items: dataset.test.items.with(0, dataset.itemCount + 1) };
  await assert.rejects(
    Evaluator.create({ ...dataset, test }, 5),
    /test split: position 0 of user 0: no such item/,
  );
});

Deno.test("cut-offs that are no lengths of a list are refused at once", async () => {
  const odd = [[], [0], [-1], [20, 2.5], [NaN], [1e9], 20] as number[][];
  for (const cutoffs of odd) {
    await assert.rejects(Evaluator.create(dataset, L, { cutoffs }), /^BadInput: cutoffs: not a /);
  }
  assert.equal((await Evaluator.create(dataset, L, { cutoffs: [1, itemCount] })).depth, itemCount);
});
