/**
 * What was recorded on each data set with everything but the objective held fixed: the four methods
 * of the ablation, and sweeps of β, λ, K and S around them.
 */
import { isDeepStrictEqual } from "node:util";
import { BadInput } from "../base/bad_input.ts";
import { resultsPath } from "../base/files.ts";
import { noneRecorded, recordedRuns, type Wanted } from "./recorded.ts";
import type { Run } from "../train/run.ts";
import { recordedSnapshots, type RunSnapshots } from "./snapshots.ts";

/** The fixed part of a data set's trainings. */
export interface Study {
  /** IHN's β for this data set: the reference's, and 1 on the synthetic data */
  readonly beta: number;
  /** RR's λ: the reference's on every data set */
  readonly lambda: number;
  /** the configuration but for the objective and the seed */
  readonly settings: Wanted;
  /** the same with the reference's stopping rule, where these stop earlier */
  readonly longer?: Wanted;
}

const sizes = { model: "comirec-sa", B: 128, L: 20, K: 4, S: 1280, d: 64, learningRate: 1e-3 };

/** The reference's rule: until 50 validations in a row bring nothing better. */
const toTheEnd = { maxSteps: 1_000_000, patience: 50 };

/** Settings with a rule that stops earlier, and the same with the reference's. */
function stoppedBy(earlier: Wanted, settings: Wanted): Pick<Study, "settings" | "longer"> {
  const longer = { ...settings, ...toTheEnd };
  return { settings: { ...longer, ...earlier }, longer };
}

/** By data set. */
const studies: Readonly<Record<string, Study>> = {
  "synthetic": {
    beta: 1,
    lambda: 100,
    ...stoppedBy({ maxSteps: 3000 }, { ...sizes, evaluateEvery: 200 }),
  },
  "retailrocket-comirec": {
    beta: 0.1,
    lambda: 100,
    settings: { ...sizes, ...toTheEnd, evaluateEvery: 200 },
  },
  "gowalla-lightgcn": {
    beta: 1,
    lambda: 100,
    ...stoppedBy({ patience: 10 }, { ...sizes, L: 40, evaluateEvery: 1000 }),
  },
  "books-kgat": {
    beta: 10,
    lambda: 100,
    ...stoppedBy({ patience: 10 }, { ...sizes, evaluateEvery: 1000 }),
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
export async function recordedAblation(
  data: string,
  folder: string = resultsPath(),
): Promise<Run[]> {
  const { settings } = study(data);
  const runs = await recordedRuns(data, { ...settings, objective: { softmax: "sampled" } }, folder);
  return runs.filter((run) => isOfAblation(data, run));
}

/**
 * The recorded snapshots of the same runs, by seed.
 *
 * @throws {BadInput} for a data set without a study or without any of these snapshots
 */
export async function recordedAblationSnapshots(
  data: string,
  folder: string = resultsPath(),
): Promise<RunSnapshots[]> {
  const wanted = { ...study(data).settings, objective: { softmax: "sampled" } };
  const found = await recordedSnapshots(data, wanted, folder);
  return found.filter((recorded) => isOfAblation(data, recorded));
}

function isOfAblation(data: string, run: Pick<Run, "config">): boolean {
  const { beta, lambda } = study(data);
  const { beta: ofRun, lambda: itsLambda, scaling } = strengths(run);
  return [0, beta].includes(ofRun) && [0, lambda].includes(itsLambda) && scaling === "code";
}

/** The ablations of all data sets that have one, a list of runs a data set. */
export async function recordedAblations(folder: string = resultsPath()): Promise<Run[][]> {
  const found: Run[][] = [];
  for (const data of studyNames) {
    const runs = await recordedAblation(data, folder).catch(noneRecorded);
    if (runs.length > 0) found.push(runs);
  }
  return found;
}

/** The same training twice: stopped by the study's rule, and by the reference's. */
export interface Lengthened {
  readonly short: Run;
  readonly longer: Run;
}

/**
 * The trainings of the ablations that are recorded with the reference's stopping rule too, on the
 * data sets whose study stops earlier; those of equal data, objective and seed together.
 *
 * @throws {BadInput} if there are none
 */
export async function recordedLonger(folder: string = resultsPath()): Promise<Lengthened[]> {
  const pairs: Lengthened[] = [];
  for (const ablation of await recordedAblations(folder)) {
    const { name } = ablation[0]!.data;
    const { longer } = study(name);
    if (!longer) continue;
    const found = await recordedRuns(name, longer, folder).catch(noneRecorded);
    for (const short of ablation) {
      const same = found.find(({ seed, config: { objective } }) =>
        seed === short.seed && isDeepStrictEqual(objective, short.config["objective"])
      );
      if (same) pairs.push({ short, longer: same });
    }
  }
  if (pairs.length > 0) return pairs;
  throw new BadInput(
    "no training is recorded with it as well",
    "the reference's stopping rule",
    folder,
    "Record them with deno task sweep patience.",
  );
}

/**
 * The recorded runs in which one of β, λ, K and S is swept, as far as they are recorded:
 *
 * - beta: β with λ at 0 and at the study's value
 * - lambda: λ with β at the study's value
 * - K: the interests of ComiRec-SA and REMI
 * - S: the negatives of ComiRec-SA, REMI and YouTube DNN, with their full softmax; there is none
 *   with IHN, so RR alone stands for REMI's
 *
 * @throws {BadInput} for a data set without a study or without any of these runs
 */
export async function recordedSweep(
  data: string,
  over: "beta" | "lambda" | "K" | "S",
  folder: string = resultsPath(),
): Promise<Run[]> {
  const { beta, lambda, settings: { model, K, S, ...common } } = study(data);
  const wanted = {
    beta: { ...common, model, K, S, objective: { softmax: "sampled" } },
    lambda: { ...common, model, K, S, objective: { softmax: "sampled" } },
    K: { ...common, model, S, objective: { softmax: "sampled" } },
    S: common,
  }[over];
  const runs = await recordedRuns(data, wanted, folder);
  const belongs = ({ beta: ofRun, lambda: itsLambda, softmax, ...its }: Strengths) => {
    if (its.scaling !== "code") return false;
    const plain = ofRun === 0 && itsLambda === 0;
    const remi = ofRun === beta && itsLambda === lambda;
    if (over === "beta") return [0, lambda].includes(itsLambda);
    if (over === "lambda") return ofRun === beta;
    if (over === "K") return plain || remi;
    if (its.model !== model) return plain;
    const rr = softmax === "full" && ofRun === 0 && itsLambda === lambda;
    return its.K === K && (plain || remi || rr);
  };
  return runs.filter((run) => belongs(strengths(run)));
}

/** What tells the runs of a study apart; β and λ are 0, and the scaling "code", without them. */
interface Strengths {
  readonly model: string;
  readonly K: number;
  readonly softmax: string;
  readonly beta: number;
  readonly lambda: number;
  readonly scaling: string;
}

function strengths({ config }: Pick<Run, "config">): Strengths {
  const { model, K, objective } = config as unknown as Pick<Strengths, "model" | "K"> & {
    readonly objective: {
      readonly softmax: string;
      readonly ihn?: { readonly beta: number };
      readonly rr?: { readonly lambda: number; readonly scaling: string };
    };
  };
  const { softmax, ihn, rr } = objective;
  const [beta, lambda, scaling] = [ihn?.beta ?? 0, rr?.lambda ?? 0, rr?.scaling ?? "code"];
  return { model, K, softmax, beta, lambda, scaling };
}
