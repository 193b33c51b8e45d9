/**
 * The one source of randomness. Nothing in lib calls Math.random: a generator is made from a seed,
 * passed in, and its state is saved with a checkpoint.
 */
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus, xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

/** A seeded generator (xoroshiro128+ of the pure-rand package) whose state can be saved. */
export class Random {
  #generator: ReturnType<typeof xoroshiro128plus>;

  /** @param seed any 32-bit integer; equal seeds give equal streams on every machine */
  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed);
  }

  /** A generator that goes on where {@linkcode Random.state} was taken. */
  static resume(state: readonly number[]): Random {
    const random = new Random(0);
    random.#generator = xoroshiro128plusFromState(state);
    return random;
  }

  /** The state to hand to {@linkcode Random.resume}; plain numbers, safe in JSON. */
  state(): number[] {
    return [...this.#generator.getState()];
  }

  /** A uniform integer in [0, n), without modulo bias. */
  below(n: number): number {
    return uniformInt(this.#generator, 0, n - 1);
  }

  /** A uniform number in [0, 1). */
  uniform(): number {
    return uniformFloat64(this.#generator);
  }

  /** A standard normal number (Box-Muller; the second of each pair is not kept, so the generator's state is all there is). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** An independent generator for a named purpose, so that adding one consumer does not shift another's stream. */
  static stream(seed: number, purpose: string): Random {
    let hash = 0x811c9dc5 ^ seed; // FNV-1a over the name, started from the seed
    for (let i = 0; i < purpose.length; i++) {
      hash = Math.imul(hash ^ purpose.charCodeAt(i), 0x01000193);
    }
    return new Random(hash | 0);
  }
}
