/**
 * Adam, as PyTorch computes it:
 *
 *     m = b1 m + (1 - b1) g,   v = b2 v + (1 - b2) g^2,
 *     p -= lr / (1 - b1^t)  m / ( sqrt(v / (1 - b2^t)) + eps )
 */
import { madd } from "./simd";

/** b1 and b2, 1 - b1 and 1 - b2 (rounded from double precision), eps. */
export let beta1: f32 = 0, beta2: f32 = 0, gain1: f32 = 0, gain2: f32 = 0, epsilon: f32 = 0;
/** lr / (1 - b1^t) and 1 / (1 - b2^t) of the step being taken */
let rate: f32 = 0, correction: f32 = 0;

/** The optimizer's constants. */
export function setAdam(b1: f32, b2: f32, oneMinusB1: f32, oneMinusB2: f32, eps: f32): void {
  beta1 = b1;
  beta2 = b2;
  gain1 = oneMinusB1;
  gain2 = oneMinusB2;
  epsilon = eps;
}

/** lr / (1 - b1^t) and 1 / (1 - b2^t) of the step t to be taken. */
export function setAdamStep(stepRate: f32, secondCorrection: f32): void {
  rate = stepRate;
  correction = secondCorrection;
}

/** One step of n values (a multiple of 4) at p with gradients g and moments m, v. */
export function adam(p: usize, g: usize, m: usize, v: usize, n: i32): void {
  const b1 = f32x4.splat(beta1), b2 = f32x4.splat(beta2);
  const a1 = f32x4.splat(gain1), a2 = f32x4.splat(gain2), eps = f32x4.splat(epsilon);
  const lr = f32x4.splat(rate), inverse = f32x4.splat(correction);
  const end = p + (<usize>n << 2);
  while (p < end) {
    const gradient = v128.load(g);
    const first = madd(a1, gradient, f32x4.mul(b1, v128.load(m)));
    const second = madd(a2, f32x4.mul(gradient, gradient), f32x4.mul(b2, v128.load(v)));
    v128.store(m, first);
    v128.store(v, second);
    const root = f32x4.add(f32x4.sqrt(f32x4.mul(second, inverse)), eps);
    v128.store(p, f32x4.sub(v128.load(p), f32x4.div(f32x4.mul(lr, first), root)));
    p += 16;
    g += 16;
    m += 16;
    v += 16;
  }
}

/** a += b, n values (a multiple of 4). */
export function addTo(a: usize, b: usize, n: i32): void {
  const end = a + (<usize>n << 2);
  while (a < end) {
    v128.store(a, f32x4.add(v128.load(a), v128.load(b)));
    a += 16;
    b += 16;
  }
}
