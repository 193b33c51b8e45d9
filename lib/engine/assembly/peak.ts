/**
 * What the machine can do at most in WebAssembly: arithmetic without memory, and memory without
 * arithmetic. Only benchmarks use it (lib/bench/peak.ts).
 */
import { madd } from "./simd";

/**
 * `turns` times ten independent multiply-adds of four float32, 80 operations a turn; ten hide the
 * latency of each. The result only keeps the compiler from leaving the work out.
 */
export function multiplyAdd(turns: i32): f32 {
  let a = f32x4.splat(1), b = f32x4.splat(2), c = f32x4.splat(3), d = f32x4.splat(4);
  let e = f32x4.splat(5), f = f32x4.splat(6), g = f32x4.splat(7), h = f32x4.splat(8);
  let i = f32x4.splat(9), j = f32x4.splat(10);
  const x = f32x4.splat(0.5), y = f32x4.splat(1);
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

/** Reads and writes `bytes` (a multiple of 64) in place, from the first to the last. */
export function readAndWrite(at: usize, bytes: usize): void {
  const end = at + bytes;
  const one = f32x4.splat(1);
  while (at < end) {
    v128.store(at, f32x4.mul(v128.load(at), one));
    v128.store(at, f32x4.mul(v128.load(at, 16), one), 16);
    v128.store(at, f32x4.mul(v128.load(at, 32), one), 32);
    v128.store(at, f32x4.mul(v128.load(at, 48), one), 48);
    at += 64;
  }
}
