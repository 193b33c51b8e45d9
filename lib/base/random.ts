/**
 * The one source of randomness. Nothing in lib calls Math.random: a generator is made from a seed,
 * passed in, and its state is saved with a checkpoint.
 */
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { createHash } from "node:crypto";
import { requireWhole } from "./given_numbers.ts";

/** A seeded generator (xoroshiro128+ of the pure-rand package) whose state can be saved. */
export class Random {
  #generator: ReturnType<typeof xoroshiro128plusFromState>;

  /**
   * @param seed any integer; equal seeds give equal streams on every machine
   * @param purpose names an independent stream of the same seed, so that adding one consumer of
   *   randomness does not shift another's
   * @throws {BadInput} for a seed that is no integer, or too large to be told from its neighbours
   */
  constructor(seed: number, purpose = "") {
    requireWhole(seed, "Random, seed", -Number.MAX_SAFE_INTEGER);
    // the package's own seeding gives equal first draws for all seeds: the state comes from a hash
    const { buffer, byteOffset } = createHash("sha256").update(`${seed} ${purpose}`).digest();
    const words = new DataView(buffer, byteOffset);
    this.#generator = xoroshiro128plusFromState(
      [0, 4, 8, 12].map((at) => words.getInt32(at, true)),
    );
  }

  /** The state to hand to {@linkcode Random.restore}; plain numbers, safe in JSON. */
  state(): number[] {
    return [...this.#generator.getState()];
  }

  /** Goes on where the state was taken. */
  restore(state: readonly number[]): void {
    this.#generator = xoroshiro128plusFromState(state);
  }

  /**
   * A uniform integer in [0, n), without modulo bias.
   *
   * @throws {BadInput} for an n that is not a positive integer
   */
  below(n: number): number {
    requireWhole(n, "below of Random, n");
    return uniformInt(this.#generator, 0, n - 1);
  }

  /** A uniform number in [0, 1). */
  uniform(): number {
    return uniformFloat64(this.#generator);
  }

  /**
   * A standard normal number (Box-Muller; the second of each pair is not kept, so the generator's
   * state is all there is).
   */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /**
   * n of the numbers 0..count - 1, every choice equally likely; ascending.
   *
   * @throws {BadInput} for numbers that are no sizes, or more than there are
   */
  distinct(count: number, n: number): number[] {
    requireWhole(count, "distinct of Random, count", 0);
    requireWhole(n, "distinct of Random, n", 0, count);
    const drawn = new Set<number>();
    for (let last = count - n; last < count; last++) { // Floyd's algorithm
      const candidate = this.below(last + 1);
      drawn.add(drawn.has(candidate) ? last : candidate);
    }
    return [...drawn].sort((a, b) => a - b);
  }
}
