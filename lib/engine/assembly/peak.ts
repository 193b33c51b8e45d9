/**
 * What the machine can do at most in WebAssembly: arithmetic without memory, and memory without
 * arithmetic. Only benchmarks use it (lib/bench/machine_peak.ts).
 */
import { madd } from "./simd";

/**
 * `turns` times ten independent multiply-adds of four float32, 80 operations a turn; ten hide the
 * latency of each. Factor and summand come from outside and the result is handed back, so that the
 * compiler can neither fold them into the loop nor leave the work out.
 */
export function multiplyAdd(turns: i32, factor: f32, summand: f32): f32 {
  let a = f32x4.splat(1), b = f32x4.splat(2), c = f32x4.splat(3), d = f32x4.splat(4);
  let e = f32x4.splat(5), f = f32x4.splat(6), g = f32x4.splat(7), h = f32x4.splat(8);
  let i = f32x4.splat(9), j = f32x4.splat(10);
  const x = f32x4.splat(factor), y = f32x4.splat(summand);
  for (let turn = 0; turn < turns; turn++) {
    a = madd(a, x, y);
    b = madd(b, x, y);
    c = madd(c, x, y);
    d = madd(d, x, y);
    e = madd(e, x, y);
    f = madd(f, x, y);
    g = madd(g, x, y);
    h = madd(h, x, y);
    i = madd(i, x, y);
    j = madd(j, x, y);
  }
  const sum = f32x4.add(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)), f32x4.add(e, f));
  const all = f32x4.add(sum, f32x4.add(f32x4.add(g, h), f32x4.add(i, j)));
  return f32x4.extract_lane(all, 0);
}

/** Multiplies `bytes` (a multiple of 64) of float32 in place, from the first to the last. */
export function readAndWrite(at: usize, bytes: usize, factor: f32): void {
  const end = at + bytes;
  const x = f32x4.splat(factor);
  while (at < end) {
    v128.store(at, f32x4.mul(v128.load(at), x));
    v128.store(at, f32x4.mul(v128.load(at, 16), x), 16);
    v128.store(at, f32x4.mul(v128.load(at, 32), x), 32);
    v128.store(at, f32x4.mul(v128.load(at, 48), x), 48);
    at += 64;
  }
}
