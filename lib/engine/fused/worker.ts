/** The second thread of a fused engine: waits for a step, takes its part of it, waits again. */
import { Barrier } from "./barrier.ts";
import { Phases } from "./phases.ts";
import type { Plan } from "./plan.ts";

/** What a worker is started with. */
export interface WorkerStart {
  readonly plan: Plan;
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly part: number;
}

/** A worker's global, of which it uses this much. */
interface WorkerGlobal {
  onmessage: ((event: MessageEvent<WorkerStart>) => void) | null;
  postMessage(message: "ready"): void;
  close(): void;
}

const scope = self as unknown as WorkerGlobal; // foreign boundary: typed as a window

scope.onmessage = ({ data: { plan, module, memory, part } }) => {
  const phases = new Phases(plan, module, memory, part);
  const barrier = new Barrier(phases.control.barrier, plan.threads);
  const meet = (): void => barrier.wait();
  scope.postMessage("ready");
  try {
    for (meet(); !phases.control.stop; meet()) phases.run(meet);
  } catch {
    barrier.break(); // the main thread's next wait reports it
  }
  scope.close();
};
