/** What every engine holds itself to once it is disposed of. */
import assert from "node:assert/strict";
import type { Batch } from "../data/batch.ts";
import type { Engine } from "../engine/engine.ts";

/** Disposes of an engine, and asserts that it refuses everything afterwards. */
export async function assertDisposed(engine: Engine, batch: Batch): Promise<void> {
  const [parameters, state] = [engine.parameters(), engine.state()];
  engine.dispose();
  engine.dispose(); // twice does no harm
  const asked: readonly (() => unknown)[] = [
    () => engine.step(batch),
    () => engine.interests(batch),
    () => engine.parameters(),
    () => engine.table(),
    () => engine.load(parameters),
    () => engine.state(),
    () => engine.stateInPlace(),
    () => engine.restore(state),
  ];
  for (const ask of asked) {
    await assert.rejects(async () => await ask(), /^Error: this engine was disposed of$/, `${ask}`);
  }
}
