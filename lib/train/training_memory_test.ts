import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import type { Dataset } from "../data/interactions.ts";
import { synthetic } from "../data/synthetic.ts";
import { evaluationCases } from "../evaluate/cases.ts";
import { resolveConfig, type TrainConfig } from "./config.ts";
import { train } from "./trainer.ts";
import { requireTrainable, trainingMemory } from "./training_memory.ts";

const GIB = 2 ** 30;
const dataset = synthetic({ users: 300, interests: 10, itemsPerInterest: 40 });

Deno.test("what cannot fit is refused with what makes it smaller", async () => {
  const wrong: readonly (readonly [TrainConfig, RegExp])[] = [
    [{ L: 1_000_000_000 }, /GiB for the histories of a step.*Lower B or L or d/],
    [{ d: 100_000 }, /GiB for the model's dense parameters.*Lower d or K/],
    [{ B: 1_000_000_000 }, /GiB for the histories of a step.*Lower B/],
    [{ K: 1_000_000_000 }, /GiB for interests.*Lower K/],
    [{ S: 2_000_000_000 }, /GiB for the scores of a step's negatives.*Lower S/],
    [{ model: "youtube-dnn", d: 400_000 }, /more memory than/],
    [{ d: 2048 }, /d: not a multiple of 4 in 4\.\.1024: 2048/],
  ];
  for (const [config, message] of wrong) {
    await assert.rejects(train(dataset, config), (error: Error) => {
      assert.ok(error instanceof BadInput, String(error));
      assert.match(error.message, message);
      return true;
    });
  }
  assert.throws(() => evaluationCases(dataset.valid, 2 ** 40), /histories .* more memory than/);
});

/** The data with one item of a number far beyond the others. */
function withItem(item: number): Dataset {
  const items = dataset.train.items.slice();
  items[0] = item;
  return { ...dataset, itemCount: item, train: { ...dataset.train, items } };
}

Deno.test("a huge item number is refused at once, and renumbering offered", () => {
  const sparse = withItem(256_000_000);
  const config = resolveConfig({ B: 32 });
  assert.throws(
    () => requireTrainable(sparse, config, 16 * GIB),
    (error: Error) => {
      assert.match(
        error.message,
        /16 GiB there are: "325 GiB"\. That is 183 GiB for the embeddings/,
      );
      assert.match(
        error.message,
        /Only 3\d\d of the item numbers up to 256,000,000 occur: .*--renumber/,
      );
      return true;
    },
  );
  // there might be machines that hold it, but nothing that searches it
  assert.throws(
    () => requireTrainable(sparse, config, 1e15),
    /index of 256000000 items: more than the 4 GiB that WebAssembly can address: "80\.6 GiB"/,
  );
  const dense = { ...sparse, itemCount: 400 };
  assert.throws(
    () => requireTrainable(dense, resolveConfig({ B: 32, S: 2e9 }), 16 * GIB),
    (error) => !/renumber/.test((error as Error).message),
  );
});

Deno.test("what no kernel can address is refused before it is fed, but not what is slow", () => {
  const many = withItem(6_000_000);
  const check = (config: TrainConfig) =>
    requireTrainable(many, resolveConfig({ B: 32, ...config }), 1e12);
  assert.throws(() => check({ backend: "fused" }), /limit of 4 GiB/);
  for (const model of ["comirec-sa", "pimi"]) {
    for (const backend of ["auto", "wasm"] as const) {
      assert.throws(
        () => check({ model, backend }),
        /the table would exceed WebAssembly's limit of 4 GiB.*Lower d.*many times slower/,
      );
    }
    check({ model, backend: "cpu" });
  }
  const full = {
    model: "umi-hn",
    B: 512,
    objective: { softmax: "full" },
    backend: "wasm",
  } as const;
  assert.throws(
    () => requireTrainable(withItem(1_000_000), resolveConfig(full), 1e12),
    /the loss would exceed WebAssembly's limit of 4 GiB/,
  );
});

Deno.test("the plan counts what is there: a million items of the reference's d", () => {
  const [table, copies, index] = trainingMemory(withItem(1_000_000), resolveConfig({}));
  assert.equal(table!.bytes, 3 * 4 * 1_000_001 * 64);
  assert.equal(copies!.bytes, 4 * 1_000_001 * 64);
  assert.ok(Math.abs(index!.bytes / (1_000_000 * (5 * 64 + 6 + 12)) - 1) < 0.01);
});
