/**
 * The published trainings of each data set by question: the four methods of the ablation, and
 * sweeps of β, λ, K and S around them.
 */
import { isDeepStrictEqual } from "node:util";
import { BadInput } from "../base/bad_input.ts";
import { resultsPath } from "../base/files.ts";
import { knownName } from "../base/known_name.ts";
import type { Run } from "../train/run.ts";
import { type Answer, answersTo } from "./answers.ts";
import { NoneRecorded, noneRecorded, recordedRuns, withCurves } from "./recorded.ts";
import { recordedSnapshots, type RunSnapshots } from "./snapshots.ts";
import { study, studyNames } from "./study.ts";

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
  const wanted = { ...study(data).settings, objective: { softmax: "sampled" } };
  return (await recordedRuns(data, wanted, folder)).filter((run) => isOfAblation(data, run));
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
  const its = strengths(run);
  return [0, beta].includes(its.beta) && [0, lambda].includes(its.lambda);
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
        seed === short.seed && isDeepStrictEqual(objective, short.config.objective)
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

/** The settings that a study sweeps. */
const studySweeps = ["beta", "lambda", "K", "S"] as const;

/**
 * The recorded runs in which one of β, λ, K and S is swept, as far as they are recorded:
 *
 * - beta: β with λ at 0 and at the study's value
 * - lambda: λ with β at the study's value
 * - K: the interests of ComiRec-SA and REMI
 * - S: the negatives of ComiRec-SA, REMI and YouTube DNN, with their full softmax; there is none
 *   with IHN, so RR alone stands for REMI's
 *
 * @throws {BadInput} for a data set without a study or without any of these runs, or another
 *                    setting
 */
export async function recordedSweep(
  data: string,
  over: (typeof studySweeps)[number],
  folder: string = resultsPath(),
): Promise<Run[]> {
  knownName(over, studySweeps, "recordedSweep, over");
  const { beta, lambda, settings: { model, K, S, ...common } } = study(data);
  const wanted = {
    beta: { ...common, model, K, S, objective: { softmax: "sampled" } },
    lambda: { ...common, model, K, S, objective: { softmax: "sampled" } },
    K: { ...common, model, S, objective: { softmax: "sampled" } },
    S: common,
  }[over];
  const runs = await recordedRuns(data, wanted, folder);
  const belongs = ({ beta: ofRun, lambda: itsLambda, softmax, ...its }: Strengths) => {
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

/** The questions whose trainings go through one more setting. */
export const askedSweeps = {
  "lambda alone": "rest",
  "L": "rest",
  "learningRate": "tuned",
  "K with RR": "one-vector",
} as const;

/** The name of a sweep that a question asks for. */
export type AskedSweep = keyof typeof askedSweeps;

/**
 * The recorded runs of a question in which one setting is swept:
 *
 * - lambda alone: λ of RR alone, from ComiRec-SA on
 * - L: the history's length of ComiRec-SA and REMI
 * - learningRate: that of REMI and its baselines
 * - K with RR: the interests of RR alone
 *
 * @throws {NoneRecorded} for a data set without any of these runs
 * @throws {BadInput} for a data set without a study, or another setting
 */
export async function askedSweep(
  data: string,
  over: AskedSweep,
  folder: string = resultsPath(),
): Promise<Run[]> {
  const answers = await askedAnswers(data, over, folder);
  const lines = answers.flatMap(({ run }) => run ?? []);
  if (lines.length === 0) {
    const remedy = answers.length > 0
      ? `Record them with deno task sweep ${askedSweeps[over]}.`
      : `It is asked of ${(await dataOf(over, folder)).join(" and ")}: name one of these.`;
    throw new NoneRecorded(`none recorded with another ${over}`, folder, data, remedy);
  }
  const runs = await withCurves(lines, folder);
  if (over !== "lambda alone") return runs;
  const ablation = await recordedAblation(data, folder).catch(noneRecorded);
  return [...ablation.filter((run) => isPlain(strengths(run))), ...runs];
}

/**
 * The same as they are declared, recorded or not.
 *
 * @throws {BadInput} for a data set without a study, or another setting
 */
export async function askedAnswers(
  data: string,
  over: AskedSweep,
  folder: string = resultsPath(),
): Promise<Answer[]> {
  knownName(over, Object.keys(askedSweeps) as AskedSweep[], "askedSweep, over");
  const { beta, lambda, settings } = study(data);
  const belongs = ({ beta: itsBeta, lambda: itsLambda, softmax, S }: Strengths) => {
    if (over === "learningRate") return true;
    if (softmax === "full") return false;
    if (over === "K with RR") return itsBeta === 0 && itsLambda === lambda && S === settings.S;
    if (over === "lambda alone") return itsBeta === 0 && itsLambda > 0;
    return (itsBeta === 0 && itsLambda === 0) || (itsBeta === beta && itsLambda === lambda);
  };
  return (await answersTo(askedSweeps[over], folder)).filter((answer) =>
    answer.data === data && belongs(strengths(answer))
  );
}

/** The data sets of which a question is asked. */
async function dataOf(over: AskedSweep, folder: string): Promise<string[]> {
  const asked: string[] = [];
  for (const name of studyNames) {
    if ((await askedAnswers(name, over, folder)).length > 0) asked.push(name);
  }
  return asked;
}

function isPlain({ beta, lambda }: Strengths): boolean {
  return beta === 0 && lambda === 0;
}

/** What tells the runs of a study apart; β and λ are 0 without their fix. */
interface Strengths {
  readonly model: string;
  readonly K: number;
  readonly S: number;
  readonly softmax: string;
  readonly beta: number;
  readonly lambda: number;
}

function strengths({ config: { model, K, S, objective } }: Pick<Run, "config">): Strengths {
  const { softmax, ihn, rr } = objective;
  return { model, K, S, softmax, beta: ihn?.beta ?? 0, lambda: rr?.lambda ?? 0 };
}
