/**
 * The fused engine: a training step of ComiRec-SA with any of the objectives as hand-written
 * WebAssembly kernels over real positions only, with exact lazy Adam. It computes what the readable
 * definition (lib/model/comirec_sa.ts with lib/objective) computes, only faster.
 */
import type { Values } from "../../base/values.ts";
import { BadInput } from "../../base/bad_input.ts";
import type { Batch, Histories } from "../../data/batch.ts";
import { checkBatch, checkHistories } from "../checks.ts";
import type { EngineConfig } from "../engine_config.ts";
import {
  copyOfState,
  type Engine,
  engineDisposed,
  type EngineState,
  type Parameters,
  type StateInPlace,
  type StepLosses,
  type UserInterests,
} from "../engine.ts";
import { compiledModule } from "../wasm/modules.ts";
import { newMemory } from "../core/addresses.ts";
import { CatchUp } from "../core/catch_up_tables.ts";
import { catchUpViews } from "../core/rows_plan.ts";
import { fusedCovers } from "./covers.ts";
import { WorkerThreads } from "./worker_threads.ts";
import { forward, type Lap, packDense } from "./forward.ts";
import { Layout } from "./padded_layout.ts";
import { PackedBatch } from "./packed_batch.ts";
import { penaltyWeight, Phases } from "./phases.ts";
import { makePlan } from "./make_memory_plan.ts";
import type { Plan } from "./memory_plan.ts";
import { copyInterests, emptyInterests } from "./user_interests.ts";

export { fusedCovers };

/** How a fused engine computes; the results of 1 and 2 threads are the same bits. */
export interface FusedOptions {
  /** 1 unless asked otherwise; 2 is faster on idle cores only */
  readonly threads?: 1 | 2;
  /** fused multiply-add where the machine has it: faster, not the same bits on every machine */
  readonly relaxedSimd?: boolean;
}

/** What an engine holds until it is disposed of. */
interface Parts {
  /** the whole memory */
  readonly floats: Float32Array;
  readonly phases: Phases;
  readonly workers: WorkerThreads;
  readonly layout: Layout;
  readonly batch: PackedBatch;
  readonly catchUp: CatchUp;
}

/** ComiRec-SA with sampled softmax, IHN or full softmax, and RR, in WebAssembly. */
export class FusedEngine implements Engine {
  /** Its name among the backends. */
  readonly backend = "fused";
  #parts: Parts | null;
  #step = 0;
  /** the step that every row of the table has been brought to; -1 when rows lag behind */
  #currentAt = -1;

  private constructor(private readonly plan: Plan, parts: Parts) {
    this.#parts = parts;
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
    const memory = newMemory(plan.pages, "the fused engine");
    const { buffer } = memory;
    const layout = new Layout(plan, buffer);
    layout.load(parameters);
    const phases = new Phases(plan, module, memory, 0);
    return new FusedEngine(plan, {
      floats: new Float32Array(buffer),
      phases,
      workers: await WorkerThreads.start({ plan, module, memory }, phases.control),
      layout,
      batch: new PackedBatch(plan, buffer),
      catchUp: new CatchUp(config.adam, plan.catchUp, catchUpViews(plan, buffer)),
    });
  }

  /** Measures the stretches of the main thread's work in every step. */
  measure(lap: Lap): void {
    this.#open().phases.lap = lap;
  }

  /**
   * Takes one optimizer step and reports the losses before it.
   *
   * @throws {BadInput} for a wrong batch (lib/engine/checks.ts); nothing has changed then
   * @throws {Error} if a thread fails, with its reason; the engine is of no use then
   */
  step(batch: Batch): StepLosses {
    const { plan } = this;
    const { phases, workers, catchUp, batch: packed } = this.#open();
    checkBatch(batch, plan.config);
    const { control, kernels } = phases;
    const ids = packed.write(batch, control);
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
    catchUp.prepare(t);
    control.setAdamStep(catchUp.rate(t), catchUp.correction(t));
    phases.lap("batch");
    try {
      workers.meet();
      phases.run(workers.meet);
    } catch (error) {
      workers.fail(error);
      throw error;
    }
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
   * @throws {BadInput} for a wrong history (lib/engine/checks.ts)
   */
  // deno-lint-ignore require-await -- so that a wrong history rejects, as in the other engines
  async interests(histories: Histories): Promise<UserInterests> {
    const { plan } = this;
    checkHistories(histories, plan.config.sizes);
    const { phases: { kernels }, batch, floats } = this.#bringCurrent();
    const users = histories.length.length;
    const result = emptyInterests(plan, users);
    const sub = plan.subBatches[0]!, scratch = plan.scratch[0]!;
    packDense(kernels, plan);
    const chunk = plan.sizes.users;
    for (let first = 0; first < users; first += chunk) {
      const count = Math.min(chunk, users - first);
      const n = batch.writeHistories(histories, first, count, 0, 0);
      forward(kernels, plan, sub, scratch, plan.ids, n, count, () => {});
      const panels = Math.ceil(n / 8);
      copyInterests(plan, floats, histories.length, first, count, panels, result);
    }
    return result;
  }

  /**
   * The current parameters. Rows that lag behind are brought to the last step, in the memory as in
   * the copy: to the same values but for float32 rounding, so the steps that follow depend in their
   * last bits on whether and when this was called, and on nothing else.
   *
   * @param into earlier ones, all of which are overwritten and returned; new arrays unless given
   */
  parameters(into?: Parameters): Parameters {
    return this.#bringCurrent().layout.parameters(into);
  }

  /** The table as {@linkcode FusedEngine.parameters} gives it, without copying it. */
  table(): Values<Float32Array> {
    return this.#bringCurrent().layout.table();
  }

  /**
   * Replaces the parameter values and starts anew at step 0.
   *
   * @throws {BadInput} if names, sizes or values do not fit; nothing has changed then
   */
  load(parameters: Parameters): void {
    this.#open().layout.load(parameters);
    this.#step = 0;
    this.#currentAt = 0;
  }

  /** A copy of the state; nothing is brought current, nothing changes. */
  state(): EngineState {
    return copyOfState(this.stateInPlace());
  }

  /** The same without copying it; valid until the next step. */
  stateInPlace(): StateInPlace {
    return { step: this.#step, arrays: this.#open().layout.state() };
  }

  /**
   * Puts a saved state back.
   *
   * @throws {BadInput} if names, sizes or values do not fit; nothing has changed then
   */
  restore(state: StateInPlace): void {
    this.#open().layout.restore(state);
    this.#step = state.step;
    this.#currentAt = -1;
  }

  /** Ends the workers and lets the memory go; the engine cannot be used afterwards. */
  dispose(): void {
    this.#parts?.workers.end();
    this.#parts = null;
  }

  #open(): Parts {
    if (this.#parts === null) throw engineDisposed();
    return this.#parts;
  }

  #bringCurrent(): Parts {
    const parts = this.#open();
    if (this.#currentAt !== this.#step) {
      const next = this.#step + 1;
      parts.catchUp.prepare(next);
      parts.phases.kernels.catchUpItems(0, this.plan.config.sizes.itemCount + 1, next);
      this.#currentAt = this.#step;
    }
    return parts;
  }
}
