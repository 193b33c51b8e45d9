import assert from "node:assert/strict";
import { smallClicks, smallConfig } from "../testing/small_clicks.ts";
import { inFolder } from "../testing/in_folder.ts";
import { checkpointPath, readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import { resolveConfig, type TrainConfig } from "./config.ts";
import { fingerprint, isSameArithmetic } from "./fingerprint.ts";
import { runKey } from "./run_key.ts";
import { train } from "./trainer.ts";
import type { CheckpointMeta } from "./training_state.ts";

const small: TrainConfig = { ...smallConfig, maxSteps: 60 };
const config = resolveConfig(small);
const key = runKey(config, smallClicks);

Deno.test("a fingerprint is of model, kind of objective and backend, not of sizes", async () => {
  const of = (config: TrainConfig, backend = "fused") =>
    fingerprint(resolveConfig(config), backend);
  assert.match(await of({}), /^[0-9a-f]{32}$/);
  assert.equal(await of({ B: 7, d: 16, seed: 3, learningRate: 1 }), await of({}));
  const beta = (beta: number) => of({ objective: { ihn: { beta } } });
  assert.equal(await beta(10), await beta(1));
  assert.match(await of({ objective: { repel: { lambda: 0 } } }), /^[0-9a-f]{32}$/);
  const all = [of({}), beta(1), of({ objective: { rr: { lambda: 1 } } }), of({}, "cpu")];
  all.push(of({ model: "gru4rec" }, "cpu"));
  assert.equal(new Set(await Promise.all(all)).size, all.length);
});

/** A checkpoint at step 20, changed as if other code had written it. */
async function begun(folder: string, change: (meta: CheckpointMeta) => unknown): Promise<void> {
  const path = checkpointPath(key, folder);
  const probe = (_: unknown, step: number) =>
    step === 40 ? Promise.reject(new Error("killed")) : Promise.resolve({});
  const options = { folder, checkpointSeconds: 0, probes: [probe] };
  await assert.rejects(train(smallClicks, small, options), /killed/);
  const { meta, arrays } = (await readCheckpoint<CheckpointMeta>(path))!;
  await writeCheckpoint(`${path}.changed`, { meta: change(meta), arrays });
  await Deno.rename(`${path}.changed`, path);
}

Deno.test("a checkpoint of other arithmetic is refused, begun anew, or accepted and recorded", () =>
  inFolder(async (folder) => {
    const foreign = (meta: CheckpointMeta) => ({ ...meta, fingerprint: "f".repeat(16), code: "9" });
    await begun(folder, foreign);
    await assert.rejects(
      train(smallClicks, small, { folder }),
      /computes something else \(9\).*ffff, now .*--restart.*--accept-code/,
    );
    const mixed = await train(smallClicks, small, { folder, acceptCode: true });
    const now = await fingerprint(config, mixed.run.backend);
    assert.equal(mixed.run.fingerprint, now);
    assert.deepEqual(mixed.run.begunBy, [{ fingerprint: "f".repeat(16), code: "9", steps: 20 }]);
    mixed.engine.dispose();
    await begun(folder, foreign);
    const anew = await train(smallClicks, small, { folder, restart: true });
    assert.equal(anew.run.begunBy, undefined);
    anew.engine.dispose();
  }));

const damages: readonly (readonly [(meta: CheckpointMeta) => unknown, RegExp])[] = [
  [({ fingerprint: _, ...meta }) => meta, /fingerprint/],
  [(meta) => ({ ...meta, step: -1 }), /step/],
  [(meta) => ({ ...meta, step: 1e12 }), /step/],
  [(meta) => ({ ...meta, bestStep: meta.step + 1 }), /bestStep/],
  [(meta) => ({ ...meta, curve: [{ step: 20 }] }), /curve\.0\.valid/],
  [(meta) => ({ ...meta, since: null }), /since/],
  [() => null, /not a checkpoint/],
];

Deno.test("a checkpoint whose header cannot be is refused by file and key", () =>
  inFolder(async (folder) => {
    for (const [damage, told] of damages) {
      await begun(folder, damage);
      await assert.rejects(train(smallClicks, small, { folder }), (error: Error) => {
        assert.match(error.message, told);
        assert.match(error.message, /\.ckpt: not a checkpoint \(.*Delete it to start/);
        return true;
      });
      await Deno.remove(checkpointPath(key, folder));
    }
  }));

Deno.test("what was recorded of the first steps only is held against these", () => {
  const [first, late] = ["0123456789abcdef", "f".repeat(16)];
  assert.ok(isSameArithmetic(first, first + late));
  assert.ok(isSameArithmetic(first + late, first + late));
  assert.ok(!isSameArithmetic(first + first, first + late));
  assert.ok(!isSameArithmetic(late, first + late));
  assert.ok(!isSameArithmetic("", first + late));
});
