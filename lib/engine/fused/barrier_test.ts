import assert from "node:assert/strict";
import { configuration, engineSizes, remi } from "../../testing/random_case.ts";
import { newMemory } from "../core/addresses.ts";
import { compiledModule } from "../wasm/modules.ts";
import { Barrier } from "./barrier.ts";
import { Control } from "./control.ts";
import { makePlan } from "./make_memory_plan.ts";
import type { Plan } from "./memory_plan.ts";
import { WorkerThreads } from "./worker_threads.ts";

function words(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(256));
}

Deno.test("one thread does not wait for itself", () => {
  const barrier = new Barrier(words(), 1);
  for (let i = 0; i < 3; i++) barrier.wait();
});

Deno.test("a broken barrier lets nobody wait, whoever comes later included", () => {
  const shared = words();
  new Barrier(shared, 2).break();
  assert.throws(() => new Barrier(shared, 2).wait(), /another thread of the engine failed/);
});

Deno.test("a thread that does not come is given up, for ever", () => {
  const shared = words();
  assert.throws(() => new Barrier(shared, 2).wait(0), /did not come within 0 s/);
  assert.throws(() => new Barrier(shared, 2, () => "asleep").wait(), /engine failed: asleep$/);
});

Deno.test("the first reason of a failure is kept, as far as there is room", () => {
  const buffer = new SharedArrayBuffer(1024);
  const [one, other] = [new Control(buffer, 0), new Control(buffer, 0)];
  assert.equal(one.failure, "");
  one.failure = "é".repeat(500);
  other.failure = "another";
  assert.match(other.failure, /^é{127}/);
  assert.equal(one.lossSum() + one.rowsBefore(0) + one.step, 0);
});

/** A worker over a memory of its own. */
async function worker(change: Partial<Plan>) {
  const plan = { ...makePlan(configuration(engineSizes, remi), 2), ...change };
  const memory = newMemory(plan.pages, "a test");
  const control = new Control(memory.buffer, plan.control);
  const module = await compiledModule("fused", "simd");
  return { control, workers: await WorkerThreads.start({ plan, module, memory }, control) };
}

Deno.test("what a worker fails of is said by who waits for it", async () => {
  const { control, workers } = await worker({ rows: 2 ** 31 }); // beyond the memory
  control.uniqueRows = 8;
  const step = () => [workers.meet(), workers.meet()]; // as soon as it fails
  assert.throws(step, /another thread of the engine failed: RuntimeError: .*out of bounds/);
  assert.throws(step, /RuntimeError/);
  workers.end();
});

Deno.test("a worker that ends lets nobody wait", async () => {
  const { control, workers } = await worker({});
  control.stop = true;
  workers.meet(); // lets it go
  while (control.failure === "") await new Promise((resolve) => setTimeout(resolve, 10));
  assert.throws(workers.meet, /another thread of the engine failed: it has ended/);
  workers.end();
});
