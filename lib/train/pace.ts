/** How fast a training goes: rate over the last seconds, and time left. */

/** Seconds over which the rate is taken. */
const WINDOW = 10;

/** Steps against wall-clock seconds, evaluations included. */
export class Pace {
  readonly #marks: { step: number; at: number }[];
  readonly #started: number;

  /** @param step where the count starts, @param earlier seconds spent before a resume */
  constructor(step: number, readonly earlier: number, readonly now: () => number = seconds) {
    this.#started = now();
    this.#marks = [{ step, at: this.#started }];
  }

  /** Notes that `step` steps are done. */
  mark(step: number): void {
    const at = this.now();
    this.#marks.push({ step, at });
    while (this.#marks.length > 2 && at - this.#marks[1]!.at >= WINDOW) this.#marks.shift();
  }

  /** Steps per second over the window; 0 before the first mark. */
  get stepsPerSecond(): number {
    const [first, last] = [this.#marks[0]!, this.#marks.at(-1)!];
    return last.at > first.at ? (last.step - first.step) / (last.at - first.at) : 0;
  }

  /** Seconds until `target` steps at this rate; Infinity before the first mark. */
  secondsUntil(target: number): number {
    const rate = this.stepsPerSecond;
    return rate > 0 ? (target - this.#marks.at(-1)!.step) / rate : Infinity;
  }

  /** Seconds of work so far, those before a resume included. */
  get elapsed(): number {
    return this.earlier + this.now() - this.#started;
  }
}

function seconds(): number {
  return performance.now() / 1000;
}
