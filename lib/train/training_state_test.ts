import assert from "node:assert/strict";
import type { Engine } from "../engine/engine.ts";
import { type CheckpointMeta, TrainingState } from "./training_state.ts";

Deno.test("a training of any length goes on: a loss for each of 200,000 steps", () => {
  const restored: number[] = [];
  const engine = {
    backend: "wasm",
    stateInPlace: () => ({ arrays: {} }),
    restore: ({ step }: { step: number }) => void restored.push(step),
  } as unknown as Engine;
  const long = new TrainingState(10);
  const losses = { loss: 1, softmaxLoss: 1, routingPenalty: 0 };
  for (let step = 0; step < 200_000; step++) long.record(losses);
  const about = { key: "", random: [], seconds: 1, fingerprint: "", code: "", begunBy: [] };
  const { meta } = long.checkpoint(engine, about);
  const goesOn = new TrainingState(10);
  goesOn.restore({ meta: JSON.parse(JSON.stringify(meta)) as CheckpointMeta, arrays: {} }, engine);
  assert.deepEqual(restored, [200_000]);
  assert.equal(goesOn.losses.length, 200_000);
  assert.deepEqual(goesOn.losses.at(-1), { step: 200_000, loss: 1 });
});
