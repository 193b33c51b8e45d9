/** What the threads of an engine tell each other, in a corner of their shared memory. */
import { SUB_BATCHES } from "./memory_plan.ts";

/** The control block at `address`: words, floats and doubles over the same 1024 bytes. */
export class Control {
  /** words that only the barrier uses */
  readonly barrier: Int32Array;
  readonly #words: Int32Array;
  readonly #doubles: Float64Array;
  readonly #failure: Uint8Array;

  /** A view; every thread makes its own. */
  constructor(buffer: ArrayBufferLike, address: number) {
    this.barrier = new Int32Array(buffer, address, 64);
    this.#words = new Int32Array(buffer, address + 256, 64);
    this.#doubles = new Float64Array(buffer, address + 512, 32);
    this.#failure = new Uint8Array(buffer, address + 768, 256);
  }

  /** Whether the workers shall end instead of taking another step. */
  get stop(): boolean {
    return this.#words[0] === 1;
  }
  set stop(value: boolean) {
    this.#words[0] = value ? 1 : 0;
  }

  /**
   * Why a thread could not go on; "" if none has said so. Of the first that says it, and cut to
   * what there is room for.
   */
  get failure(): string {
    const end = this.#failure.indexOf(0);
    return new TextDecoder().decode(this.#failure.slice(0, end)); // a copy that is not shared
  }
  set failure(reason: string) {
    if (this.#failure[0] !== 0) return;
    this.#failure.set(new TextEncoder().encode(reason).subarray(0, this.#failure.length - 1));
  }

  /** The step being taken, from 1. */
  get step(): number {
    return this.#words[1]!;
  }
  set step(t: number) {
    this.#words[1] = t;
  }

  /** Different table rows that the step touches. */
  get uniqueRows(): number {
    return this.#words[2]!;
  }
  set uniqueRows(n: number) {
    this.#words[2] = n;
  }

  /** History rows before sub-batch s; before SUB_BATCHES: all of them. */
  rowsBefore(s: number): number {
    return this.#words[8 + s]!;
  }
  /** Sets {@linkcode Control.rowsBefore}. */
  setRowsBefore(s: number, n: number): void {
    this.#words[8 + s] = n;
  }

  /** lr / (1 - b1^t) of the step. */
  get rate(): number {
    return this.#doubles[0]!;
  }
  /** 1 / (1 - b2^t) of the step. */
  get correction(): number {
    return this.#doubles[1]!;
  }
  /** Sets rate and correction. */
  setAdamStep(rate: number, correction: number): void {
    this.#doubles[0] = rate;
    this.#doubles[1] = correction;
  }

  /** Results of a sub-batch: the sum of its users' losses, and of its squared penalty entries. */
  setSums(s: number, loss: number, penalty: number): void {
    this.#doubles[8 + 2 * s] = loss;
    this.#doubles[9 + 2 * s] = penalty;
  }
  /** The losses of all users, summed in the order of the sub-batches. */
  lossSum(): number {
    return this.#sum(8);
  }
  /** The squared penalty entries of all users, likewise. */
  penaltySum(): number {
    return this.#sum(9);
  }

  #sum(from: number): number {
    let sum = 0;
    for (let s = 0; s < SUB_BATCHES; s++) sum += this.#doubles[from + 2 * s]!;
    return sum;
  }
}
