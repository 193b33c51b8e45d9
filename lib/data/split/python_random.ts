/**
 * CPython's random.seed and random.shuffle, to the bit: the official code splits with them.
 * Source: Modules/_randommodule.c (init_by_array) and Lib/random.py (_randbelow_with_getrandbits).
 */
import { mersenneFromState } from "pure-rand/generator/mersenne";

/** Words of the Mersenne Twister's state. */
const WORDS = 624;

/** Python's generator, seeded with a non-negative integer of 32 bits. */
export class PythonRandom {
  readonly #twister: ReturnType<typeof mersenneFromState>;

  /** `random.seed(seed)` */
  constructor(seed: number) {
    this.#twister = mersenneFromState([0, ...initByArray(seed)]);
    for (let word = 0; word < WORDS; word++) this.#twister.next(); // a state is kept twisted
  }

  /** `random.shuffle(array)`, in place. */
  shuffle(array: Uint32Array): void {
    for (let last = array.length - 1; last > 0; last--) {
      const other = this.#below(last + 1);
      [array[last], array[other]] = [array[other]!, array[last]!];
    }
  }

  /** Just enough bits for n, drawn again until they are less. */
  #below(n: number): number {
    const unused = Math.clz32(n);
    for (;;) {
      const bits = this.#twister.next() >>> unused;
      if (bits < n) return bits;
    }
  }
}

/** The state that an array of one word seeds. */
function initByArray(key: number): Int32Array {
  const state = new Int32Array(WORDS);
  state[0] = 19650218;
  const mixed = (i: number) => state[i - 1]! ^ (state[i - 1]! >>> 30);
  for (let i = 1; i < WORDS; i++) state[i] = Math.imul(1812433253, mixed(i)) + i;
  let i = 1;
  const onward = () => {
    if (++i < WORDS) return;
    state[0] = state[WORDS - 1]!;
    i = 1;
  };
  for (let round = 0; round < WORDS; round++) {
    state[i] = (state[i]! ^ Math.imul(mixed(i), 1664525)) + key;
    onward();
  }
  for (let round = 1; round < WORDS; round++) {
    state[i] = (state[i]! ^ Math.imul(mixed(i), 1566083941)) - i;
    onward();
  }
  state[0] = 0x80000000;
  return state;
}
