/**
 * The softmax loss of a batch over shared negatives, with its gradients, by the kernels: the
 * interest nearest to the target is selected and trained (lib/engine/assembly/interests.ts,
 * softmax_loss.ts), or every item meets its own nearest one (per_item_loss.ts). In a memory of its
 * own; numbers are copied in and out.
 */
import type { ObjectiveConfig } from "../engine_config.ts";
import { compiledModule } from "../wasm/modules.ts";
import { Addresses, checkPages, newMemory, roundUp } from "./addresses.ts";
import { configureNegatives, type NegativesPlan, planNegatives } from "./negatives_plan.ts";
import { paddedWidth } from "./rows_plan.ts";
import { instantiate, type Kernels } from "./step_kernels.ts";

/** Shapes of what goes in. */
export interface LossSizes {
  readonly B: number;
  readonly K: number;
  /** negatives, or the whole catalogue for the full softmax */
  readonly S: number;
  readonly d: number;
}

/** The loss at some point, and its gradients; arrays are valid until the next call. */
export interface LossGradients {
  /** the mean over the batch */
  readonly loss: number;
  /** [B] the selected interest of every user */
  readonly selected: Int32Array;
  /** [B, d] the interest itself */
  readonly readout: Float32Array;
  /** [B, K, d] */
  readonly interests: Float32Array;
  /** [B, d] */
  readonly target: Float32Array;
  /** [S, d] */
  readonly negatives: Float32Array;
}

/** Where everything lies; users and d are padded to multiples of 8, K to one of 4. */
interface Plan extends NegativesPlan {
  /** [users, K, d] interests */
  readonly V: number;
  /** the gradients of the selected ones, [users, d], or of all of them, [users, K, d] */
  readonly dV: number;
  /** [users, d] targets, readouts, gradients of the targets */
  readonly E: number;
  readonly R: number;
  readonly dE: number;
  /** [users] */
  readonly selected: number;
  readonly positive: number;
  readonly weights: number;
  /** [S] 0, 1, 2, ...: the negatives are all rows of `rows` */
  readonly ids: number;
  /** [4 blocks, d] negatives, then their gradients */
  readonly rows: number;
  /** scratch of the kernels */
  readonly R8: number;
  readonly scores: number;
  readonly importance: number;
  readonly ofOne: number;
  readonly winners: number;
  readonly terms: number;
  readonly pages: number;
}

function planOf({ B, K, S, d }: LossSizes, perItem: boolean): Plan {
  const at = new Addresses();
  const width = paddedWidth(d), users = roundUp(B, 8), rows = users * roundUp(K, 4);
  const trained = perItem ? rows : users;
  const negatives = planNegatives(at, S, width, trained);
  const { blocks } = negatives;
  const plan = {
    ...negatives,
    V: at.floats(rows * width),
    dV: at.floats(trained * width),
    E: at.floats(users * width),
    R: at.floats(users * width),
    dE: at.floats(users * width),
    selected: at.floats(users),
    positive: at.floats(users),
    weights: at.floats(users),
    ids: at.floats(S),
    rows: at.floats(blocks * 4 * width),
    R8: at.floats((perItem ? K : 1) * 8 * width),
    scores: at.floats(blocks * 32),
    importance: at.floats(blocks * 32),
    ofOne: at.floats(perItem ? blocks * 32 : 0),
    winners: at.floats(perItem ? blocks * 32 : 0),
    terms: at.floats(48),
  };
  return { ...plan, pages: at.pages };
}

/** What the memory is called. */
const WHAT = "the loss";

/** The loss of batches of one shape. */
export class SoftmaxKernels {
  readonly #floats: Float32Array;
  readonly #selected: Int32Array;

  private constructor(
    private readonly sizes: LossSizes,
    private readonly perItem: boolean,
    private readonly plan: Plan,
    private readonly kernels: Kernels,
    buffer: ArrayBufferLike,
  ) {
    this.#floats = new Float32Array(buffer);
    this.#selected = new Int32Array(buffer, plan.selected, sizes.B);
    new Uint32Array(buffer, plan.ids, sizes.S).forEach((_, i, ids) => ids[i] = i);
    new Float32Array(buffer, plan.weights, sizes.B).fill(1 / sizes.B);
  }

  /** @throws {BadInput} if their memory would exceed 4 GiB */
  static checkSize(sizes: LossSizes, objective: ObjectiveConfig): void {
    checkPages(planOf(sizes, objective.selection === "per-item").pages, WHAT);
  }

  /**
   * Sampled softmax, IHN, or full softmax, of the selection that the objective says.
   *
   * @throws {BadInput} if the memory would exceed 4 GiB or what the machine has, or it lacks the
   *   instructions
   */
  static async create(sizes: LossSizes, objective: ObjectiveConfig): Promise<SoftmaxKernels> {
    const perItem = objective.selection === "per-item";
    const plan = planOf(sizes, perItem);
    const module = await compiledModule("fused", "simd");
    const memory = newMemory(plan.pages, WHAT);
    const kernels = instantiate(module, memory);
    kernels.setSizes(paddedWidth(sizes.d), 0, sizes.K);
    configureNegatives(kernels, plan, objective);
    return new SoftmaxKernels(sizes, perItem, plan, kernels, memory.buffer);
  }

  /**
   * The loss and its gradients.
   *
   * @param interests [B, K, d]
   * @param target    [B, d]
   * @param negatives [S, d]
   */
  run(interests: Float32Array, target: Float32Array, negatives: Float32Array): LossGradients {
    const { plan, kernels, sizes: { B, K, S, d } } = this;
    const stride = 4 * paddedWidth(d);
    this.#write(plan.V, interests, K, roundUp(K, 4));
    this.#write(plan.E, target);
    this.#write(plan.rows, negatives);
    const { ids, zeros, blocks, N4, D4, strideD4 } = plan;
    kernels.packNegatives(plan.rows, stride, ids, S, zeros, 0, blocks, N4, D4, strideD4);
    kernels.selectInterests(plan.V, B, plan.E, plan.R, plan.selected, plan.positive);
    const sum = this.perItem ? this.#ofNearest() : this.#ofReadouts();
    return {
      loss: sum / B,
      selected: this.#selected.slice(),
      readout: this.#read(plan.R, B),
      interests: this.perItem ? this.#read(plan.dV, B, K, roundUp(K, 4)) : this.#ofSelected(),
      target: this.#read(plan.dE, B),
      negatives: this.#read(plan.rows, S),
    };
  }

  /** The sum of the losses of the selected interests, and all gradients. */
  #ofReadouts(): number {
    const { plan, kernels, sizes: { B } } = this;
    const sum = kernels.softmaxLoss(
      B,
      0,
      plan.R,
      plan.positive,
      plan.E,
      plan.weights,
      plan.R8,
      plan.scores,
      plan.importance,
      plan.terms,
      plan.dV,
      plan.dE,
    );
    kernels.negativesBackward(roundUp(B, 8), plan.R, plan.rows, 0, plan.blocks);
    return sum;
  }

  /** The same where every item meets its nearest interest. */
  #ofNearest(): number {
    const { plan, kernels, sizes: { B, K } } = this;
    const sum = kernels.perItemLoss(
      B,
      plan.V,
      plan.R,
      plan.selected,
      plan.positive,
      plan.E,
      plan.weights,
      plan.R8,
      plan.scores,
      plan.importance,
      plan.ofOne,
      plan.winners,
      plan.terms,
      plan.dV,
      plan.dE,
    );
    kernels.negativesBackward(roundUp(B, 8) * roundUp(K, 4), plan.V, plan.rows, 0, plan.blocks);
    return sum;
  }

  /** [B, K, d] the gradients of the readouts where they come from, 0 elsewhere. */
  #ofSelected(): Float32Array {
    const { B, K, d } = this.sizes;
    const gradients = new Float32Array(B * K * d); // [B, K, d]
    const width = paddedWidth(d);
    this.#selected.forEach((k, b) => {
      const from = this.plan.dV / 4 + b * width;
      gradients.set(this.#floats.subarray(from, from + d), (b * K + k) * d);
    });
    return gradients;
  }

  /**
   * Copies groups of rows [n, group, d] to rows that are padded to [n, padded group, width] with
   * zeros: what was not finite in an earlier batch may have spread there.
   */
  #write(address: number, values: Float32Array, group = 1, paddedGroup = 1): void {
    const { d } = this.sizes;
    const width = paddedWidth(d), size = group * d;
    if (width === d && group === paddedGroup) return this.#floats.set(values, address / 4);
    const n = values.length / size;
    for (let i = 0; i < n; i++) {
      const from = i * size, to = address / 4 + i * paddedGroup * width;
      this.#floats.fill(0, to, to + paddedGroup * width);
      for (let g = 0; g < group; g++) {
        const row = values.subarray(from + g * d, from + (g + 1) * d);
        this.#floats.set(row, to + g * width);
      }
    }
  }

  /** n groups of rows, from where they lie if they are not padded. */
  #read(address: number, n: number, group = 1, paddedGroup = 1): Float32Array {
    const { d } = this.sizes;
    const width = paddedWidth(d), first = address / 4;
    if (width === d && group === paddedGroup) {
      return this.#floats.subarray(first, first + n * group * d);
    }
    const rows = new Float32Array(n * group * d); // [n, group, d]
    for (let i = 0; i < n; i++) {
      for (let g = 0; g < group; g++) {
        const from = first + (i * paddedGroup + g) * width;
        rows.set(this.#floats.subarray(from, from + d), (i * group + g) * d);
      }
    }
    return rows;
  }
}
