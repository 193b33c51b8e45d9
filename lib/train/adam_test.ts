import assert from "node:assert/strict";
import { adamStep, zeroMoments } from "./adam.ts";

const adam = { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

Deno.test("adamStep does what the formula says, by hand", () => {
  const p = Float32Array.of(1);
  const moments = zeroMoments(1);
  adamStep(p, moments, Float32Array.of(0.5), 1, adam);
  // the first step of Adam is lr * sign(g), whatever the gradient's size
  assert.ok(Math.abs(p[0]! - (1 - 1e-3)) < 1e-7);
  assert.ok(Math.abs(moments.m[0]! - 0.05) < 1e-8);
  assert.ok(Math.abs(moments.v[0]! - 0.00025) < 1e-9);
});
