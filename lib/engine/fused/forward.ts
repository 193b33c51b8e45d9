/** From histories to interests: the part of a step that is also asked for without training. */
import type { Kernels } from "../core/step_kernels.ts";
import { denseAddresses, type Plan, type Scratch, strideX4, type SubBatch } from "./memory_plan.ts";

/** Told when a stretch of work ends; for measurements. */
export type Lap = (name: string) => void;

/** Packs the dense parameters as the attention's kernels read them. */
export function packDense(kernels: Kernels, plan: Plan): void {
  const { d, hidden, groups } = plan.sizes;
  const { W1, W2T } = denseAddresses(plan.parameters, plan.sizes);
  kernels.packColumns(W1, d, hidden, plan.W1C);
  kernels.packRows(W1, d, hidden, plan.W1R);
  kernels.packRows(W2T, groups * 4, hidden, plan.W2G);
}

/** Routing weights and interests of `users` users with n history rows, into `scratch`. */
export function forward(
  kernels: Kernels,
  plan: Plan,
  sub: SubBatch,
  scratch: Scratch,
  ids: number,
  n: number,
  users: number,
  lap: Lap,
): void {
  const { sizes } = plan;
  const panels = Math.ceil(n / 8);
  kernels.gatherRows(plan.table, plan.tableStride, ids, n, scratch.H);
  kernels.packHistory(
    scratch.H,
    n,
    denseAddresses(plan.parameters, sizes).P,
    sub.positions,
    panels,
    scratch.X8,
    scratch.X4,
    strideX4(panels),
    scratch.small,
  );
  lap("gather");
  kernels.attentionForward(
    plan.W1C,
    scratch.X8,
    panels,
    scratch.Z,
    plan.W2G,
    scratch.weights,
    scratch.small,
  );
  lap("attention");
  kernels.interestsForward(scratch.weights, panels, sub.offsets, users, scratch.H, scratch.V);
}
