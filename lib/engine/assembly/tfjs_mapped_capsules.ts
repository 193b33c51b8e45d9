/**
 * The way back through routing (tfjs_capsules.ts) with one map of the items for all interests,
 * where C_3 is a constant: the layouts are the same, x [n, d] the rows of the items.
 */
import { addOuter, begin, gather, rowBytes, squashBackward, turnTo } from "./capsule_parts";

/**
 * What learns where C_3 is a constant and all votes are u_l = W^T x_l: only interests whose
 * gradient is not 0, of K most often one. G [m, d] = sum_l C_3l x_l and dv_3 of those m, and which
 * they are.
 */
export function packTrained(
  B: i32,
  L: i32,
  K: i32,
  d: i32,
  n: i32,
  slots: usize,
  x: usize,
  routing: usize,
  dV: usize,
  G: usize,
  packedV: usize,
  which: usize,
): i32 {
  begin(L, d, 1);
  let m = 0;
  for (let i = 0; i < B * K; i++) {
    if (i % K == 0) {
      turnTo(slots, n);
      slots += <usize>L << 2;
    }
    if (isTrained(dV)) {
      gather(routing, x, G);
      memory.copy(packedV, dV, rowBytes);
      store<i32>(which + (m << 2), i);
      G += rowBytes;
      packedV += rowBytes;
      m++;
    }
    routing += <usize>L << 2;
    dV += rowBytes;
  }
  return m;
}

/** The gradients [m, d] of s from s and the gradients of v, which they replace. */
export function squashRowsBackward(m: i32, d: i32, S: usize, dV: usize): void {
  begin(0, d, 1);
  for (let i = 0; i < m; i++) {
    squashBackward(S, dV, dV);
    S += rowBytes;
    dV += rowBytes;
  }
}

/** dx_l += C_3l H_i of the interests that packTrained found. */
export function spreadTrained(
  m: i32,
  L: i32,
  K: i32,
  d: i32,
  n: i32,
  slots: usize,
  which: usize,
  routing: usize,
  H: usize,
  dx: usize,
): void {
  begin(L, d, 1);
  for (let i = 0; i < m; i++) {
    const interest = load<i32>(which + (i << 2));
    turnTo(slots + <usize>(interest / K * L << 2), n);
    addOuter(routing + <usize>(interest * L << 2), H, dx);
    H += rowBytes;
  }
}

function isTrained(dv: usize): bool {
  let any = i32x4.splat(0);
  for (let i: usize = 0; i < rowBytes; i += 16) any = v128.or(any, v128.load(dv + i));
  return v128.any_true(any);
}
