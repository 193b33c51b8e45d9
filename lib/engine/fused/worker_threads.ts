/** The threads of an engine besides the main one. */
import type { Worker } from "node:worker_threads";
import { Barrier } from "./barrier.ts";
import type { Control } from "./control.ts";
import type { WorkerStart } from "./fused_worker.ts";

/** Seconds without another thread after which it is taken to be dead: no phase takes as long. */
const PATIENCE = 600;

/** Workers that take their parts of every step. */
export class WorkerThreads {
  readonly #barrier: Barrier;

  private constructor(
    private readonly workers: readonly Worker[],
    private readonly control: Control,
  ) {
    this.#barrier = new Barrier(control.barrier, 1 + workers.length, () => control.failure);
    for (const worker of workers) {
      worker.once("error", (error) => this.fail(error));
      worker.once("exit", () => this.fail("it has ended"));
    }
  }

  /** Starts the workers that a plan's number of threads asks for; none for one thread. */
  static async start(start: Omit<WorkerStart, "part">, control: Control): Promise<WorkerThreads> {
    const workers: Worker[] = [];
    for (let part = 1; part < start.plan.threads; part++) {
      workers.push(await startWorker({ ...start, part }));
    }
    return new WorkerThreads(workers, control);
  }

  /**
   * Where the main thread and the workers wait for each other.
   *
   * @throws {Error} if a worker has failed, with its reason, or does not come
   */
  readonly meet = (): void => {
    if (this.workers.length > 0) this.#barrier.wait(PATIENCE);
  };

  /** Lets no thread wait for one that failed, now or later. */
  fail(reason: unknown): void {
    if (this.workers.length === 0) return;
    this.control.failure = String(reason);
    this.#barrier.break();
  }

  /** Ends the workers, wherever they are. */
  end(): void {
    if (this.workers.length === 0) return;
    this.control.stop = true;
    this.#barrier.break();
    for (const worker of this.workers) worker.terminate();
  }
}

async function startWorker(start: WorkerStart): Promise<Worker> {
  // only now: one thread, as in a browser, needs none of it
  const { Worker } = await import("node:worker_threads");
  const worker = new Worker(new URL("./fused_worker.ts", import.meta.url), { workerData: start });
  return await new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.once("message", () => {
      worker.unref(); // an engine that nobody disposed of must not keep the process alive
      resolve(worker);
    });
  });
}
