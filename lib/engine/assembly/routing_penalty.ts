/**
 * The routing penalty's entry of one user, the diagonal of C = (A - mean A) (A - mean A)^T:
 *
 *     c_k = sum over all L slots of (A_kl - 1/L)^2,
 *
 * the mean being over all L slots, padding included, as in the reference code. The n real rows are
 * summed; each of the L - n padding slots has A = 0 and adds 1/L^2.
 */
import { madd } from "./simd";

// @ts-ignore: decorator
@inline
/** c of four heads; a [n][4] their routing weights. */
export function routingPenalty(a: usize, n: i32, L: i32): v128 {
  const mean = f32x4.splat(<f32>1 / <f32>L);
  let c = f32x4.splat(<f32>(L - n) / (<f32>L * <f32>L));
  const end = a + (<usize>n << 4);
  for (let q = a; q < end; q += 16) {
    const difference = f32x4.sub(v128.load(q), mean);
    c = madd(difference, difference, c);
  }
  return c;
}
