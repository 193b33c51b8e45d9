/** Started by bench_training.ts as a program of its own; ends when its first step is done. */
import { FusedEngine } from "../engine/fused/fused_engine.ts";
import { data, train } from "../mod.ts";

const step = FusedEngine.prototype.step;
FusedEngine.prototype.step = function (batch) {
  console.log(step.call(this, batch).loss);
  Deno.exit(0);
};

await train(await data(Deno.args[0]!), { maxSteps: 1 }, { folder: Deno.args[1], restart: true });
