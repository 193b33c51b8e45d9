/**
 * What was recorded on each data set with everything but the objective held fixed: the four methods
 * of the ablation, and sweeps of β and λ around them.
 */
import { BadInput } from "../base/bad_input.ts";
import { recordedRuns, type Wanted } from "./recorded.ts";
import type { Run } from "./run.ts";
import { runsFolder } from "./store.ts";

/** The fixed part of a data set's trainings. */
export interface Study {
  /** IHN's β for this data set: the reference's, and 1 on the synthetic data */
  readonly beta: number;
  /** RR's λ: the reference's on every data set */
  readonly lambda: number;
  /** the configuration but for the objective and the seed */
  readonly settings: Wanted;
}

const sizes = { model: "comirec-sa", K: 4, S: 1280, L: 20 };

/** By data set; all to early stopping but the synthetic data's short trainings. */
const studies: Readonly<Record<string, Study>> = {
  "synthetic": {
    beta: 1,
    lambda: 100,
    settings: { ...sizes, maxSteps: 3000, evaluateEvery: 200 },
  },
  "retailrocket-comirec": {
    beta: 0.1,
    lambda: 100,
    settings: { ...sizes, maxSteps: 1_000_000, evaluateEvery: 200, patience: 50 },
  },
  "gowalla-lightgcn": {
    beta: 1,
    lambda: 100,
    settings: { ...sizes, L: 40, maxSteps: 1_000_000, evaluateEvery: 1000, patience: 10 },
  },
  "books-kgat": {
    beta: 10,
    lambda: 100,
    settings: { ...sizes, maxSteps: 1_000_000, evaluateEvery: 1000, patience: 10 },
  },
};

/** The data sets with a study, in the order in which they are shown. */
export const studyNames: readonly string[] = Object.keys(studies);

/**
 * A data set's fixed settings.
 *
 * @throws {BadInput} for a data set without a study
 */
export function study(data: string): Study {
  const found = studies[data];
  if (found) return found;
  throw new BadInput("no study of it", "data set", data, `There are: ${studyNames.join(", ")}.`);
}

/**
 * The recorded runs of the ablation, by seed: ComiRec-SA, IHN alone, RR alone, and REMI, as far as
 * they are recorded.
 *
 * @throws {BadInput} for a data set without a study or without any of these runs
 */
export async function recordedAblation(data: string, folder: string = runsFolder): Promise<Run[]> {
  const { beta, lambda, settings } = study(data);
  const runs = await recordedRuns(data, { ...settings, objective: { softmax: "sampled" } }, folder);
  return runs.filter((run) => {
    const { beta: ofRun, lambda: itsLambda } = strengths(run);
    return [0, beta].includes(ofRun) && [0, lambda].includes(itsLambda);
  });
}

/**
 * The recorded runs in which one of β and λ is swept: β with λ at 0 and at the study's value, λ
 * with β at the study's value.
 *
 * @throws {BadInput} for a data set without a study or without any of these runs
 */
export async function recordedSweep(
  data: string,
  over: "beta" | "lambda",
  folder: string = runsFolder,
): Promise<Run[]> {
  const { beta, lambda, settings } = study(data);
  const runs = await recordedRuns(data, { ...settings, objective: { softmax: "sampled" } }, folder);
  return runs.filter((run) => {
    const { beta: ofRun, lambda: itsLambda } = strengths(run);
    return over === "beta" ? [0, lambda].includes(itsLambda) : ofRun === beta;
  });
}

/** β and λ of a run; 0 without IHN or RR. */
function strengths({ config }: Run): { beta: number; lambda: number } {
  const { ihn, rr } = config.objective as {
    readonly ihn?: { readonly beta: number };
    readonly rr?: { readonly lambda: number };
  };
  return { beta: ihn?.beta ?? 0, lambda: rr?.lambda ?? 0 };
}
