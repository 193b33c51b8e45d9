import assert from "node:assert/strict";
import { PythonRandom } from "./python_random.ts";

/** `l = list(range(n)); random.seed(seed); random.shuffle(l)` */
function shuffled(n: number, seed: number): number[] {
  const array = Uint32Array.from({ length: n }, (_, i) => i);
  new PythonRandom(seed).shuffle(array);
  return [...array];
}

Deno.test("it shuffles as CPython does", () => {
  const ofCPython = [18, 12, 7, 11, 0, 19, 15, 6, 4, 1, 5, 2, 10, 16, 9, 13, 8, 3, 14, 17];
  assert.deepEqual(shuffled(20, 1230), ofCPython);
  const many = shuffled(1000, 7); // beyond the 624 words of the state
  assert.deepEqual(many.slice(0, 5), [878, 857, 349, 313, 382]);
  assert.deepEqual(many.slice(-5), [666, 404, 154, 970, 331]);
  assert.deepEqual(shuffled(1, 1), [0]);
});
