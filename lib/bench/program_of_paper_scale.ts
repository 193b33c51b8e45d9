/** Started by bench_paper_scale.ts as a program of its own, so that its memory is its own. */
import process from "node:process";
import { join } from "../base/paths.ts";
import type { Dataset } from "../data/interactions.ts";
import { fromCsv } from "../data/from_csv.ts";
import { countsOf } from "../data/manifest.ts";
import { synthetic } from "../data/synthetic.ts";
import { FusedEngine } from "../engine/fused/fused_engine.ts";
import { Evaluator } from "../evaluate/evaluate.ts";
import { train } from "../train/trainer.ts";
import { type Duration, timed } from "./clock.ts";
import { Stopwatch } from "./stopwatch.ts";

const [part, folder, interests, steps, sampled] = JSON.parse(Deno.args[0]!) as [
  part: "write" | "train",
  folder: string,
  interests: number,
  steps: number,
  sampled: number,
];
const file = join(folder, "events.csv");

/** Invented behaviours, 82 users and 1,200 clicks to an interest of 50 items, as events. */
async function write(): Promise<void> {
  const users = 82 * interests;
  const { train, valid, test } = synthetic({ users, interests, length: [8, 21] });
  using out = await Deno.open(file, { write: true, create: true, truncate: true });
  const writer = out.writable.getWriter();
  const encoder = new TextEncoder();
  await writer.write(encoder.encode("user,item\n"));
  let user = 0;
  for (const { offsets, items } of [train, valid, test]) {
    for (let u = 1; u < offsets.length; u++, user++) {
      const own = items.subarray(offsets[u - 1]!, offsets[u]!);
      await writer.write(encoder.encode(Array.from(own, (item) => `u${user},i${item}\n`).join("")));
    }
  }
  await writer.close();
}

/** Milliseconds of preparing, a step and an evaluation, and GiB. */
async function measure() {
  let dataset!: Dataset;
  const prepare = await timed(async () => {
    dataset = await fromCsv(file, { user: "user", item: "item", name: "paper-scale" });
  });
  const watches = { wall: new Stopwatch(), processor: new Stopwatch(processorTime) };
  for (const watch of Object.values(watches)) {
    watch.method(FusedEngine.prototype, "step", "steps");
    watch.method(Evaluator.prototype, "userMetrics", "evaluations");
  }
  const config = {
    objective: { ihn: { beta: 10 }, rr: { lambda: 100 } },
    maxSteps: steps,
    evaluateEvery: steps,
  };
  const trained = await train(dataset, config, { folder, restart: true });
  const spent = (what: string, times: number): Duration => ({
    wall: watches.wall.spent.get(what)! / times,
    processor: watches.processor.spent.get(what)! / times,
  });
  const [step, evaluation] = [spent("steps", steps), spent("evaluations", 2)]; // valid and test
  const validation = { users: sampled, seed: 1 };
  const few = await Evaluator.create(dataset, trained.config.L, { validation });
  const table = trained.engine.table();
  const sample = await timed(() => few.metrics(trained.engine, { table }, "valid"));
  const gib = peakMemory() / 2 ** 30;
  return { counts: countsOf(dataset), prepare, step, evaluation, sample, gib };
}

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Bytes that this process had at most, where the system tells; else those that it has. */
function peakMemory(): number {
  try {
    const [, kib] = Deno.readTextFileSync("/proc/self/status").match(/^VmHWM:\s*(\d+) kB$/m)!;
    return Number(kib) * 1024;
  } catch {
    return Deno.memoryUsage().rss;
  }
}

if (part === "write") await write();
else console.log(JSON.stringify(await measure()));
Deno.exit(0);
