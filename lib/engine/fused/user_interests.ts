/** Interests and routing out of the engine's memory. */
import type { UserInterests } from "../engine.ts";
import type { Plan } from "./memory_plan.ts";

/** Interests of a model with routing. */
export interface RoutedInterests extends UserInterests {
  /** [U, K, L] */
  readonly routing: Float32Array;
}

/** Arrays for the interests of U users, all zero. */
export function emptyInterests(plan: Plan, users: number): RoutedInterests {
  const { K, L, d } = plan.config.sizes;
  return {
    K,
    interests: new Float32Array(users * K * d), // [U, K, d]
    routing: new Float32Array(users * K * L), // [U, K, L]
  };
}

/**
 * Copies what a forward pass over users from..from + count left in the first thread's scratch.
 *
 * @param floats the whole memory
 * @param length [U] real positions of every user
 * @param panels panels of eight rows that the pass had
 */
export function copyInterests(
  plan: Plan,
  floats: Float32Array,
  length: Int32Array,
  from: number,
  count: number,
  panels: number,
  to: RoutedInterests,
): void {
  const { K, L, d } = plan.config.sizes;
  const { sizes } = plan;
  const scratch = plan.scratch[0]!;
  const V = scratch.V / 4; // [users, 4 groups, d padded]
  const weights = scratch.weights / 4; // [groups][8 panels][4]
  let row = 0;
  for (let b = 0; b < count; b++) {
    const n = length[from + b]!;
    for (let k = 0; k < K; k++) {
      const head = (from + b) * K + k;
      const v = V + (b * 4 * sizes.groups + k) * sizes.d;
      to.interests.set(floats.subarray(v, v + d), head * d);
      const a = weights + ((k >> 2) * 8 * panels + row) * 4 + (k & 3);
      for (let l = 0; l < n; l++) to.routing[head * L + l] = floats[a + 4 * l]!;
    }
    row += n;
  }
}
