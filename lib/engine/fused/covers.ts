/** What the fused engine covers. */
import { uncoveredAdam } from "../core/rows_plan.ts";
import type { EngineConfig } from "../engine_config.ts";

/**
 * Whether the fused engine computes a configuration: null if it does, else the reason in plain
 * words, fit to be shown when another backend is taken instead.
 */
export function fusedCovers(config: EngineConfig): string | null {
  const { model, objective, adam } = config;
  if (model !== "comirec-sa") {
    return `the fused engine computes comirec-sa only, not ${model}`;
  }
  if (objective.selection !== undefined && objective.selection !== "hard") {
    return "the fused engine trains the interest nearest to the target only";
  }
  if ((objective.repel?.lambda ?? 0) !== 0) return "the fused engine has no penalty on cosines";
  if (objective.softmax === "full" && (objective.ihn?.beta ?? 0) !== 0) {
    return "interest-aware hard negatives need sampled negatives, not the full softmax";
  }
  if ((objective.ihn?.beta ?? 0) < 0) {
    return "the fused engine's hard negatives need a beta that is not negative";
  }
  return uncoveredAdam(adam);
}
