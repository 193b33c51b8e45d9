/**
 * A training step as a thread sees it: five phases with a barrier between them. Every phase is cut
 * into parts that do not depend on the number of threads, or whose results do not: so one thread
 * and two give the same bits.
 */
import { Control } from "./control.ts";
import { forward, type Lap, packDense } from "./forward.ts";
import { configureNegatives } from "../core/negatives_plan.ts";
import { configureRows } from "../core/rows_plan.ts";
import { instantiate, type Kernels } from "../core/step_kernels.ts";
import { denseAddresses, type Plan, stride8, strideX4, SUB_BATCHES } from "./memory_plan.ts";

/** One thread's view of the engine: kernels of its own over the shared memory. */
export class Phases {
  /** the thread's own instance of the kernels */
  readonly kernels: Kernels;
  /** what the threads share of a step's numbers */
  readonly control: Control;
  /** replaced by measurements */
  lap: Lap = () => {};

  /**
   * Instantiates the kernels.
   *
   * @param part this thread's number, 0..plan.threads - 1
   */
  constructor(
    private readonly plan: Plan,
    module: WebAssembly.Module,
    memory: WebAssembly.Memory,
    private readonly part: number,
  ) {
    this.kernels = instantiate(module, memory);
    this.control = new Control(memory.buffer, plan.control);
    configure(this.kernels, plan);
  }

  /** All phases; `meet` waits for the other threads. */
  run(meet: () => void): void {
    this.kernels.setAdamStep(this.control.rate, this.control.correction);
    this.#catchUp();
    meet();
    this.#pack();
    meet();
    for (let s = this.part; s < SUB_BATCHES; s += this.plan.threads) this.#subBatch(s);
    meet();
    this.#negatives();
    meet();
    this.#update();
    meet();
  }

  /** This thread's share of n things: from and to. */
  #share(n: number): [number, number] {
    const { threads } = this.plan;
    return [Math.floor(n * this.part / threads), Math.floor(n * (this.part + 1) / threads)];
  }

  /** Brings the rows of the step to the last one. */
  #catchUp(): void {
    const [from, to] = this.#share(this.control.uniqueRows);
    this.kernels.catchUp(this.plan.rows, from, to, this.control.step);
    this.lap("catch-up");
  }

  /** Gathers targets and negatives, and packs the dense parameters. */
  #pack(): void {
    const { plan, kernels } = this;
    const targets = plan.ids + 4 * this.control.rowsBefore(SUB_BATCHES);
    const negatives = targets + 4 * plan.config.sizes.B;
    const [from, to] = this.#share(plan.blocks);
    kernels.packNegatives(
      plan.table,
      plan.tableStride,
      negatives,
      plan.S,
      plan.zeros,
      from,
      to,
      plan.N4,
      plan.D4,
      plan.strideD4,
    );
    if (this.part === plan.threads - 1) {
      kernels.gatherRows(plan.table, plan.tableStride, targets, plan.config.sizes.B, plan.E);
      packDense(kernels, plan);
    }
    this.lap("pack");
  }

  /** Forward and backward of one half of the users, everything but the negatives' gradients. */
  #subBatch(s: number): void {
    const { plan, kernels, control } = this;
    const { sizes, config } = plan;
    const sub = plan.subBatches[s]!, scratch = plan.scratch[this.part]!;
    if (sub.users === 0) return;
    const rowsBefore = control.rowsBefore(s), n = control.rowsBefore(s + 1) - rowsBefore;
    const panels = Math.ceil(n / 8);
    const { W1, W2T, P } = denseAddresses(sub.gradients, sizes);
    const R = plan.R + sub.firstUser * sizes.rowBytes, E = plan.E + sub.firstUser * sizes.rowBytes;
    const dH = plan.rowGradients + rowsBefore * sizes.rowBytes;
    const dE = plan.rowGradients +
      (control.rowsBefore(SUB_BATCHES) + sub.firstUser) * sizes.rowBytes;

    forward(kernels, plan, sub, scratch, plan.ids + 4 * rowsBefore, n, sub.users, this.lap);
    kernels.selectInterests(scratch.V, sub.users, E, R, sub.selected, sub.positive);
    this.lap("interests");
    const loss = kernels.softmaxLoss(
      sub.users,
      sub.firstUser,
      R,
      sub.positive,
      E,
      sub.userWeights,
      scratch.R8,
      scratch.scores,
      scratch.importance,
      scratch.small,
      sub.dR,
      dE,
    );
    this.lap("loss");
    const lambda = config.objective.rr?.lambda ?? 0;
    const penalty = kernels.interestsBackward(
      scratch.weights,
      panels,
      sub.offsets,
      sub.users,
      scratch.H,
      sub.dR,
      sub.selected,
      4 * lambda * penaltyWeight(plan),
      config.sizes.L,
      scratch.dLogits,
      dH,
    );
    control.setSums(s, loss, penalty);
    this.lap("interests");
    kernels.attentionBackwardHidden(
      scratch.Z,
      scratch.dLogits,
      panels,
      plan.W2G,
      scratch.D,
      scratch.D8,
      scratch.Z8,
      stride8(panels),
      scratch.small,
    );
    this.lap("d(pre)");
    kernels.attentionBackwardInput(
      plan.W1R,
      scratch.D,
      panels,
      n,
      sub.positions,
      dH,
      P,
      config.sizes.L,
      scratch.small,
    );
    this.lap("dX");
    kernels.attentionBackwardWeights(
      scratch.X4,
      strideX4(panels),
      scratch.D8,
      scratch.Z8,
      stride8(panels),
      scratch.dLogits,
      panels * 8,
      W1,
      W2T,
    );
    this.lap("dW");
  }

  /** Gradients of the negatives' rows. */
  #negatives(): void {
    const { plan, control } = this;
    const { B } = plan.config.sizes;
    const dN = plan.rowGradients + (control.rowsBefore(SUB_BATCHES) + B) * plan.sizes.rowBytes;
    const [from, to] = this.#share(plan.blocks);
    this.kernels.negativesBackward(SUB_BATCHES * plan.sizes.users, plan.R, dN, from, to);
    this.lap("dN");
  }

  /** Adam of the touched rows and of the dense parameters. */
  #update(): void {
    const { plan, kernels, control } = this;
    const [from, to] = this.#share(control.uniqueRows);
    kernels.rowsAdam(
      plan.rows,
      from,
      to,
      plan.first,
      plan.next,
      plan.rowGradients,
      control.step,
      plan.scratch[this.part]!.row,
    );
    const [start, end] = this.#share(plan.sizes.dense / 4);
    const at = 16 * start, n = 4 * (end - start);
    const gradients = plan.subBatches[0]!.gradients + at;
    for (let s = 1; s < SUB_BATCHES; s++) {
      kernels.addTo(gradients, plan.subBatches[s]!.gradients + at, n);
    }
    kernels.adam(plan.parameters + at, gradients, plan.moments1 + at, plan.moments2 + at, n);
    this.lap("Adam");
  }
}

/** What the sum of c_k^2 is multiplied with: the scaling of the routing penalty. */
export function penaltyWeight(plan: Plan): number {
  const { d, B } = plan.config.sizes;
  return plan.config.objective.rr?.scaling === "batch-mean" ? 1 / B : 1 / (d * d);
}

/** Tells an instance what stays the same from step to step. */
function configure(kernels: Kernels, plan: Plan): void {
  const { sizes, config } = plan;
  kernels.setSizes(sizes.d, sizes.hidden, config.sizes.K);
  configureNegatives(kernels, plan, config.objective);
  configureRows(kernels, plan, config.adam);
}
