import { data } from "./data/load.ts";
import { train } from "./train/trainer.ts";
import type { TrainConfig } from "./train/config.ts";
const clicks = await data("synthetic");
console.log(clicks.itemCount);
const steps = Number(Deno.args[0] ?? 400);
const runs: TrainConfig[] = JSON.parse(Deno.args[1]!);
for (const c of runs) {
  const t0 = performance.now();
  const model = await train(clicks, {
    ...c,
    maxSteps: steps,
    evaluateEvery: Math.ceil(steps / 4),
    seed: 1,
  }, { folder: "/tmp/models_ckpt", restart: true });
  const curve = model.run.curve.map((p) =>
    `${p.step}: loss ${p.loss.toFixed(3)} R50 ${(100 * p.valid[50]!.recall).toFixed(2)}`
  ).join(" | ");
  console.log(
    JSON.stringify(c),
    model.run.backend,
    ((performance.now() - t0) / 1000).toFixed(0) + " s",
    curve,
    JSON.stringify(model.run.curve.at(-1)!.terms ?? ""),
    "test R50",
    (100 * model.run.test[50]!.recall).toFixed(2),
  );
}
Deno.exit();
