import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { jupyterDisplay } from "./bundle.ts";
import { danfo } from "./data_frame.ts";
import { table } from "./table.ts";

Deno.test("loading data frames leaves the TensorFlow.js that trains as it was", async () => {
  await tf.setBackend("cpu");
  const engine = tf.engine();
  const ownKernel = () => [];
  const ownGradient = { kernelName: "Tanh", gradFunc: () => ({}) };
  tf.unregisterKernel("Tanh", "cpu");
  tf.registerKernel({ kernelName: "Tanh", backendName: "cpu", kernelFunc: ownKernel });
  tf.registerGradient(ownGradient);
  const lines: unknown[] = [];
  const { log, warn, error } = console;
  console.log = console.warn = console.error = (...line: unknown[]) => lines.push(line);
  try {
    const frame = new (danfo().DataFrame)([{ method: "made-up", recall: 1.5 }]);
    assert.match(table(frame).toMarkdown(), /made-up/);
    await new Promise((resolve) => setTimeout(resolve, 50)); // deprecations come late
  } finally {
    Object.assign(console, { log, warn, error });
  }
  assert.deepEqual(lines, []);
  assert.equal(tf.getBackend(), "cpu");
  assert.equal(tf.engine(), engine);
  assert.equal(tf.getKernel("Tanh", "cpu").kernelFunc, ownKernel);
  assert.equal(tf.getGradient("Tanh"), ownGradient);
  assert.equal((await import("@tensorflow/tfjs-core")).engine(), engine);
  assert.notEqual(danfo().tensorflow.engine(), engine);
});

Deno.test("a data frame computes, and shows itself as a table", async () => {
  const { DataFrame } = danfo();
  const frame = new DataFrame([
    { method: "first", recall: 1 },
    { method: "first", recall: 3 },
    { method: "second", recall: 5.5 },
  ]);
  const means = frame.groupby(["method"]).col(["recall"]).mean();
  assert.match(table(means).toMarkdown(), /\| first \| 2\.00 \|/);
  const { index, values } = frame.describe();
  const described = Object.fromEntries(index.map((name, i) => [name, values[i]]));
  assert.deepEqual([described.count, described.max], [[3], [5.5]]);
  // deno-lint-ignore no-explicit-any -- a foreign class, extended at run time
  const bundle = await (frame as any)[jupyterDisplay]();
  assert.match(bundle["text/html"], /^<table/);
});
