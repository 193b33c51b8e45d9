/** Runs sorted by RR's λ, with everything else but the seed held fixed. */
import { BadInput } from "../base/bad_input.ts";
import type { Run } from "../train/run.ts";
import type { ResolvedConfig } from "../train/config.ts";
import { eachSeedOnce } from "./together.ts";

/** The seeds of one λ. */
export interface LambdaRuns {
  /** in the code's scaling; 0 without RR */
  readonly lambda: number;
  /** as figures write it: "λ = 1,000" */
  readonly label: string;
  /** by seed, each seed once */
  readonly runs: readonly Run[];
}

/**
 * Groups the runs of one data set by λ, ascending.
 *
 * @throws {BadInput} for no runs, several data sets, another scaling than the code's, runs that
 *                    differ in more than λ and the seed, or a seed that one λ has twice
 */
export function runsByLambda(runs: readonly Run[]): LambdaRuns[] {
  const settings = new Set(runs.map(settingsOf));
  if (settings.size !== 1) {
    throw new BadInput(
      "not runs that differ in λ and the seed only",
      "figure's runs",
      runs.length === 0 ? "[]" : [...settings].slice(0, 2).join(" and "),
      "Ask for them with recordedSweep.",
    );
  }
  return [...Map.groupBy(runs, lambdaOf)].sort(([a], [b]) => a - b).map(([lambda, seeds]) => ({
    lambda,
    label: `λ = ${lambda.toLocaleString("en-US")}`,
    runs: eachSeedOnce(seeds).toSorted((a, b) => a.seed - b.seed),
  }));
}

function lambdaOf({ config }: Run): number {
  const { rr } = (config as unknown as ResolvedConfig).objective;
  if (rr === undefined || rr.scaling === "code") return rr?.lambda ?? 0;
  throw new BadInput(
    "λ has another scale there",
    "figure's runs, config.objective.rr.scaling",
    rr.scaling,
    'Pass runs with the scaling "code".',
  );
}

/** The data and the configuration but for λ, the seed, what computed it, and IHN switched off. */
function settingsOf({ config, data }: Run): string {
  const { seed: _seed, backend: _backend, objective, ...rest } =
    config as unknown as ResolvedConfig;
  const { softmax, ihn } = objective;
  return JSON.stringify([data.name, { ...rest, softmax, beta: ihn?.beta ?? 0 }]);
}
