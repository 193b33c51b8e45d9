/** Parity with the official codes in short: a line a fixture, with its largest error. */
import { fusedCovers, FusedEngine } from "../engine/fused/fused_engine.ts";
import { methodOf } from "../results/method.ts";
import { evaluateParity, type EvaluationFixture } from "./evaluate_parity.ts";
import { fixture, fixturesOf, type TrainingFixture } from "./fixtures.ts";
import { autogradParity, type Comparison, trainingParity } from "./parity.ts";
import { casesOf } from "./parity_cases.ts";

/** A fixture of the official code through our code. */
export interface ParityLine {
  /** the fixture, and its variant where it has several */
  readonly fixture: string;
  /** what it trains, or "evaluation" */
  readonly method: string;
  /** what computed ours */
  readonly by: "kernels on wasm" | "fused" | "retrieval";
  /** numbers of quantities that were compared */
  readonly quantities: number;
  /** the one nearest to its tolerance, or farthest beyond it */
  readonly worst: Comparison;
  readonly good: boolean;
}

/** What is nearest to its tolerance; a tolerance of 0 is met or it is not. */
export function worstOf(comparisons: readonly Comparison[]): Comparison {
  return comparisons.reduce((a, b) => shareOfAllowed(a) >= shareOfAllowed(b) ? a : b);
}

function shareOfAllowed({ largestError, tolerance }: Comparison): number {
  return largestError === 0 ? 0 : largestError / tolerance; // no 0 / 0, which hides all before it
}

/** Whether everything is within its tolerance. */
export function atParity(comparisons: readonly Comparison[]): boolean {
  return comparisons.every(({ largestError, tolerance }) => largestError <= tolerance);
}

/**
 * Every fixture that the project ships, its variants included: forward, losses, gradients and the
 * parameters after five Adam steps, by our kernels beside tfjs and by the fused engine where it
 * covers the model; and the evaluation. `deno task parity` does it on every backend.
 */
export async function parityLines(): Promise<ParityLine[]> {
  const lines: ParityLine[] = [];
  const add = (
    name: string,
    method: string,
    by: ParityLine["by"],
    comparisons: readonly Comparison[],
  ) =>
    lines.push({
      fixture: name,
      method,
      by,
      quantities: comparisons.length,
      worst: worstOf(comparisons),
      good: atParity(comparisons),
    });
  for (const name of fixturesOf("training")) {
    for (const parity of casesOf(fixture<TrainingFixture>(name))) {
      const which = [name, parity.variant].filter(Boolean).join(" ");
      const method = methodOf(parity.config).name;
      add(which, method, "kernels on wasm", await autogradParity(parity, "kernels", "wasm"));
      if (fusedCovers(parity.config) !== null) continue;
      const engine = await FusedEngine.create(parity.config, parity.start);
      add(which, method, "fused", await trainingParity(parity, engine));
      engine.dispose();
    }
  }
  for (const name of fixturesOf("evaluation")) {
    const { comparisons } = await evaluateParity(fixture<EvaluationFixture>(name));
    add(name, "evaluation", "retrieval", comparisons);
  }
  return lines;
}
