/**
 * Contestants that do the same work take turns, round by round, so that whatever slows the machine
 * down slows all of them; ratios are taken within a round.
 */
import type { Duration } from "./clock.ts";
import type { Measurement, Ratio, Target } from "./record.ts";
import { summarized } from "./summary.ts";

/** One way to do the work. */
export interface Contestant {
  readonly name: string;
  /** threads that compute */
  readonly threads: 1 | 2;
  /** Works for a while; the time of one unit of work. */
  turn(): Promise<Duration>;
}

/** What the turns of a contest took. */
export class Contest {
  readonly #durations = new Map<string, Duration[]>();
  readonly #threads = new Map<string, number>();

  /** @param unit what a unit of work is, "step" for example */
  constructor(readonly unit: string) {}

  /**
   * Rounds in which each contestant has a turn, the first contestant another one each time. A round
   * before them is not counted: it fills caches and compiles.
   */
  async run(contestants: readonly Contestant[], rounds: number): Promise<void> {
    for (const { name, threads } of contestants) {
      this.#durations.set(name, []);
      this.#threads.set(name, threads);
    }
    for (let round = -1; round < rounds; round++) {
      for (let i = 0; i < contestants.length; i++) {
        const one = contestants[(i + round + 1) % contestants.length]!;
        const duration = await one.turn();
        if (round >= 0) this.#durations.get(one.name)!.push(duration);
      }
    }
  }

  /** Whether this contestant took part. */
  has(name: string): boolean {
    return this.#durations.has(name);
  }

  /** All contestants in the order in which they were named. */
  measurements(): Measurement[] {
    return [...this.#durations].map(([name, durations]) => ({
      name,
      unit: `ms per ${this.unit}`,
      threads: this.#threads.get(name)!,
      wall: summarized(durations.map(({ wall }) => wall)),
      processor: summarized(durations.map(({ processor }) => processor)),
    }));
  }

  /**
   * How many times as long `slower` takes as `faster`, round by round: by processor time where
   * each computes with one thread, which other programs on the machine do not touch, else by the
   * clock. Null if either did not take part.
   */
  ratio(name: string, slower: string, faster: string, target?: Target): Ratio | null {
    const above = this.#durations.get(slower), below = this.#durations.get(faster);
    if (!above || !below) return null;
    const single = this.#threads.get(slower) === 1 && this.#threads.get(faster) === 1;
    const by = single ? "processor" : "wall";
    const values = above.map((duration, round) => duration[by] / below[round]![by]);
    return {
      name,
      of: slower,
      to: faster,
      by,
      times: summarized(values),
      ...(target && { target }),
    };
  }
}

/** Whether both contestants took part. */
export function isRatio(ratio: Ratio | null): ratio is Ratio {
  return ratio !== null;
}
