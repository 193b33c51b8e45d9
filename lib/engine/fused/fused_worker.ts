/** The second thread of a fused engine: waits for a step, takes its part of it, waits again. */
import { parentPort, workerData } from "node:worker_threads";
import { Barrier } from "./barrier.ts";
import { Phases } from "./phases.ts";
import type { Plan } from "./memory_plan.ts";

/** What a worker is started with. */
export interface WorkerStart {
  /** the memory's layout */
  readonly plan: Plan;
  /** the kernels, compiled */
  readonly module: WebAssembly.Module;
  /** the engine's shared memory */
  readonly memory: WebAssembly.Memory;
  /** the thread's number, from 1 */
  readonly part: number;
}

const { plan, module, memory, part } = workerData as WorkerStart;
const phases = new Phases(plan, module, memory, part);
const barrier = new Barrier(phases.control.barrier, plan.threads);
const meet = (): void => barrier.wait();
parentPort!.postMessage("ready");
try {
  for (meet(); !phases.control.stop; meet()) phases.run(meet);
} catch (error) {
  phases.control.failure = String(error); // the main thread's next wait reports it
  barrier.break();
}
