/** A barrier for a fixed number of threads over shared memory. */

const ARRIVED = 0, ROUND = 16, BROKEN = 32; // a cache line each

/** Checks of the round before a thread goes to sleep: steps are short, waking up takes longer. */
const SPINS = 2000;

/** Threads that call {@linkcode Barrier.wait} go on when all have called it. */
export class Barrier {
  /**
   * One of the threads' views of it.
   *
   * @param words at least 33 words of shared memory, zero at first, the same for every thread
   * @param failure why a thread has broken it, if that is known
   */
  constructor(
    private readonly words: Int32Array,
    private readonly threads: number,
    private readonly failure: () => string = () => "",
  ) {}

  /**
   * Waits for the others.
   *
   * @param patience seconds after which they are given up, for ever
   * @throws {Error} if a thread has broken the barrier, or one does not come
   */
  wait(patience = Infinity): void {
    const { words, threads } = this;
    const round = Atomics.load(words, ROUND);
    this.#check();
    if (Atomics.add(words, ARRIVED, 1) === threads - 1) {
      Atomics.store(words, ARRIVED, 0);
      Atomics.add(words, ROUND, 1);
      Atomics.notify(words, ROUND);
    } else {
      for (let i = 0; i < SPINS && Atomics.load(words, ROUND) === round; i++);
      // second by second, so that a machine that was asleep has used up one of them
      for (let waited = 0; Atomics.load(words, ROUND) === round; waited++) {
        if (waited >= patience) {
          this.break();
          throw new Error(`another thread of the engine did not come within ${patience} s`);
        }
        Atomics.wait(words, ROUND, round, 1000);
      }
    }
    this.#check();
  }

  /** Releases all threads with an error, now and for ever: for a thread that cannot go on. */
  break(): void {
    Atomics.store(this.words, BROKEN, 1);
    Atomics.add(this.words, ROUND, 1);
    Atomics.notify(this.words, ROUND);
  }

  #check(): void {
    if (Atomics.load(this.words, BROKEN) === 0) return;
    const reason = this.failure();
    throw new Error(`another thread of the engine failed${reason && `: ${reason}`}`);
  }
}
