/**
 * The fused engine: a training step of ComiRec-SA with any of the objectives as hand-written
 * WebAssembly kernels over real positions only, with exact lazy Adam. It computes what the readable
 * definition (lib/model/comirec_sa.ts with lib/objective) computes, only faster.
 */
import { Worker } from "node:worker_threads";
import { BadInput } from "../../base/bad_input.ts";
import type { Batch, Histories } from "../../data/batch.ts";
import type { EngineConfig } from "../config.ts";
import type { Engine, EngineState, Parameters, StepLosses, UserInterests } from "../engine.ts";
import { compiledModule } from "../wasm/modules.ts";
import { Barrier } from "./barrier.ts";
import { CatchUp } from "./catch_up.ts";
import { fusedCovers } from "./covers.ts";
import { forward, type Lap, packDense } from "./forward.ts";
import { Layout } from "./layout.ts";
import { PackedBatch } from "./packed_batch.ts";
import { penaltyWeight, Phases } from "./phases.ts";
import { makePlan, type Plan } from "./plan.ts";
import { copyInterests, emptyInterests } from "./user_interests.ts";
import type { WorkerStart } from "./worker.ts";

export { fusedCovers };

/** How a fused engine computes; the results of 1 and 2 threads are the same bits. */
export interface FusedOptions {
  /** 1 unless asked otherwise; 2 is faster on idle cores only */
  readonly threads?: 1 | 2;
  /** fused multiply-add where the machine has it: faster, not the same bits on every machine */
  readonly relaxedSimd?: boolean;
}

/** ComiRec-SA with sampled softmax, IHN or full softmax, and RR, in WebAssembly. */
export class FusedEngine implements Engine {
  readonly backend = "fused";
  readonly #layout: Layout;
  readonly #batch: PackedBatch;
  readonly #catchUp: CatchUp;
  readonly #barrier: Barrier;
  readonly #meet: () => void;
  #step = 0;
  /** the step that every row of the table has been brought to; -1 when rows lag behind */
  #currentAt = -1;

  private constructor(
    private readonly plan: Plan,
    private readonly memory: WebAssembly.Memory,
    private readonly phases: Phases,
    private readonly workers: readonly Worker[],
  ) {
    const { buffer } = memory;
    const { catchUp } = plan;
    this.#layout = new Layout(plan, buffer);
    this.#batch = new PackedBatch(plan, buffer);
    this.#barrier = new Barrier(phases.control.barrier, plan.threads);
    this.#meet = plan.threads === 1 ? () => {} : () => this.#barrier.wait();
    this.#catchUp = new CatchUp(plan.config.adam, catchUp, {
      perGap: new Float32Array(buffer, plan.perGap, (catchUp.maxGap + 1) * 8),
      perStart: new Float32Array(buffer, plan.perStart, (catchUp.settled + 1) * 8),
      secondDecay: new Float32Array(buffer, plan.secondDecay, catchUp.longestDecay + 1),
      steps: new Float32Array(buffer, plan.steps, (catchUp.settled + 1) * 2),
    });
  }

  /**
   * An engine with these parameters and no steps taken.
   *
   * @param parameters table [itemCount + 1, d]; dense W1 [d, 4d], W2 [4d, K], P [L, d]
   * @throws {BadInput} if {@linkcode fusedCovers} says no, the parameters do not fit the sizes, the
   *   memory would exceed 4 GiB or what the machine has, or it lacks the instructions
   */
  static async create(
    config: EngineConfig,
    parameters: Parameters,
    options: FusedOptions = {},
  ): Promise<FusedEngine> {
    const reason = fusedCovers(config);
    if (reason !== null) {
      throw new BadInput(reason, "backend", "fused", 'Use backend "auto" or another by name.');
    }
    const plan = makePlan(config, options.threads ?? 1);
    const module = await compiledModule("fused", options.relaxedSimd ? "relaxed" : "simd");
    const memory = allocate(plan.pages);
    const phases = new Phases(plan, module, memory, 0);
    const workers: Worker[] = [];
    for (let part = 1; part < plan.threads; part++) {
      workers.push(await startWorker({ plan, module, memory, part }));
    }
    const engine = new FusedEngine(plan, memory, phases, workers);
    try {
      engine.load(parameters);
    } catch (error) {
      engine.dispose();
      throw error;
    }
    return engine;
  }

  /** Measures the stretches of the main thread's work in every step. */
  measure(lap: Lap): void {
    this.phases.lap = lap;
  }

  /** @throws {BadInput} if the batch does not fit the sizes; nothing has changed then */
  step(batch: Batch): StepLosses {
    const { plan, phases } = this;
    const { control, kernels } = phases;
    const ids = this.#batch.write(batch, control);
    const t = this.#step + 1;
    control.step = t;
    control.uniqueRows = kernels.uniqueRows(
      plan.ids,
      ids,
      plan.slots,
      plan.rows,
      plan.first,
      plan.last,
      plan.next,
    );
    this.#catchUp.prepare(t);
    control.setAdamStep(this.#catchUp.rate(t), this.#catchUp.correction(t));
    phases.lap("batch");
    this.#meet();
    phases.run(this.#meet);
    this.#step = t;
    this.#currentAt = -1;
    const softmaxLoss = control.lossSum() / plan.config.sizes.B;
    const routingPenalty = control.penaltySum() * penaltyWeight(plan);
    const lambda = plan.config.objective.rr?.lambda ?? 0;
    return { loss: softmaxLoss + lambda * routingPenalty, softmaxLoss, routingPenalty };
  }

  /**
   * Interests and routing of any number of users. Brings the whole table current first, as
   * {@linkcode FusedEngine.parameters} does.
   *
   * @throws {BadInput} if a history does not fit the sizes
   */
  interests(histories: Histories): Promise<UserInterests> {
    this.#bringCurrent();
    const { plan, phases } = this;
    const users = histories.length.length;
    const result = emptyInterests(plan, users);
    const floats = new Float32Array(this.memory.buffer);
    packDense(phases.kernels, plan);
    const chunk = plan.sizes.users;
    for (let first = 0; first < users; first += chunk) {
      const count = Math.min(chunk, users - first);
      const n = this.#batch.writeHistories(histories, first, count, 0, 0);
      const sub = plan.subBatches[0]!, scratch = plan.scratch[0]!;
      forward(phases.kernels, plan, sub, scratch, plan.ids, n, count, () => {});
      const panels = Math.ceil(n / 8);
      copyInterests(plan, floats, histories.length, first, count, panels, result);
    }
    return Promise.resolve(result);
  }

  /**
   * The current parameters. Rows that lag behind are brought to the last step, in the memory as in
   * the copy: to the same values but for float32 rounding, so the steps that follow depend in their
   * last bits on whether and when this was called, and on nothing else.
   */
  parameters(): Parameters {
    this.#bringCurrent();
    return this.#layout.parameters();
  }

  /** @throws {BadInput} if names or sizes do not fit; nothing has changed then */
  load(parameters: Parameters): void {
    this.#layout.load(parameters);
    this.#step = 0;
    this.#currentAt = 0;
  }

  /** A copy of the state; nothing is brought current, nothing changes. */
  state(): EngineState {
    return { step: this.#step, arrays: this.#layout.state() };
  }

  /** @throws {BadInput} if names or sizes do not fit; nothing has changed then */
  restore(state: EngineState): void {
    this.#layout.restore(state.arrays);
    this.#step = state.step;
    this.#currentAt = -1;
  }

  /** Ends the workers and lets the memory go. The engine must not be used afterwards. */
  dispose(): void {
    if (this.workers.length > 0 && !this.phases.control.stop) {
      this.phases.control.stop = true;
      this.#barrier.break();
      for (const worker of this.workers) worker.terminate();
    }
  }

  #bringCurrent(): void {
    if (this.#currentAt === this.#step) return;
    const next = this.#step + 1;
    this.#catchUp.prepare(next);
    this.phases.kernels.catchUpItems(0, this.plan.config.sizes.itemCount + 1, next);
    this.#currentAt = this.#step;
  }
}

function allocate(pages: number): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new BadInput(
      "the machine cannot give the fused engine its memory (pages of 64 KiB)",
      "fused engine",
      pages,
      "Close other programs, or lower d, the batch, or the catalogue.",
    );
  }
}

function startWorker(start: WorkerStart): Promise<Worker> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: start });
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.once("message", () => {
      worker.unref(); // an engine that nobody disposed of must not keep the process alive
      resolve(worker);
    });
  });
}
