/**
 * What is published on each data set, declared before any of it has run: the data by its hash, the
 * settings that are held fixed, and the values of those that vary. A recorded run that is none of
 * these trainings enters no published figure or table.
 */
import { BadInput } from "../base/bad_input.ts";
import type { DataHashes } from "../data/interactions.ts";
import { resolveConfig, type TrainConfig } from "../train/config.ts";
import type { Run } from "../train/run.ts";
import { forData } from "../train/for_data.ts";
import { runKey } from "../train/run_key.ts";
import { differences, idleStrengths, settingsOf } from "./settings.ts";

/**
 * The fixed part of a data set's trainings, with the hashes of the data: what a run of this name on
 * other data does not have.
 */
export interface Study extends DataHashes {
  /** IHN's β for this data set: the reference's, and 1 on the synthetic data */
  readonly beta: number;
  /** RR's λ: the reference's on every data set */
  readonly lambda: number;
  readonly seeds: readonly number[];
  /** the configuration but for the objective and the seed */
  readonly settings: TrainConfig;
  /** the same with the reference's stopping rule, where these stop earlier */
  readonly longer?: TrainConfig;
}

/** The values of what is swept; β and λ may be 0 as well, and the softmax full. */
export const sweptValues = {
  /** numbers of sampled negatives on the axis of the paper's figure */
  S: [10, 40, 160, 640, 1280, 5120],
  K: [1, 2, 4, 8],
  lambda: [1, 10, 100, 1000],
  beta: [0.1, 1, 10],
  /** of L and the rate the usual one first */
  L: [20, 5, 10, 40],
  learningRate: [1e-3, 3e-4, 3e-3, 1e-2],
} as const;

/** The contrast with one vector a user. */
export const singleVector: Pick<TrainConfig, "model" | "objective" | "K"> = {
  model: "youtube-dnn",
  K: 1,
};

const sizes = { model: "comirec-sa", B: 128, L: 20, K: 4, S: 1280, d: 64, learningRate: 1e-3 };

/**
 * The reference's rule: until 50 validations in a row bring nothing better. Its code ends at the
 * 51st, so that a gain there would still count.
 */
const toTheEnd = { maxSteps: 1_000_000, patience: 50 };

/** Settings with a rule that stops earlier, and the same with the reference's. */
function stoppedBy(
  earlier: TrainConfig,
  settings: TrainConfig,
): Pick<Study, "settings" | "longer"> {
  const longer = { ...settings, ...toTheEnd };
  return { settings: { ...longer, ...earlier }, longer };
}

/** By data set. */
const studies: Readonly<Record<string, Study>> = {
  "synthetic": {
    hash: "b30f0c6b7ed4b6f5201690ce82b57609981fa8e376c4397e8d8254dcb6d2e846",
    profilesHash: "205bc522f20cb92a1613f6ed5daaca986792d20b33e5ea073d1f8eecb06651aa",
    beta: 1,
    lambda: 100,
    seeds: [1, 2, 3, 4, 5],
    ...stoppedBy({ maxSteps: 3000 }, { ...sizes, evaluateEvery: 200 }),
  },
  "retailrocket-comirec": {
    hash: "4254e1b34b287053d8089fc54b7424481e48e42bf9944d54c059eb85b0641a71",
    beta: 0.1,
    lambda: 100,
    seeds: [1, 2, 3],
    settings: { ...sizes, ...toTheEnd, evaluateEvery: 200 },
  },
  "gowalla-lightgcn": {
    hash: "db4df9d1e0f8f61a7bc2748422727eb75f47cd7e977d96c670a644633283c81b",
    beta: 1,
    lambda: 100,
    seeds: [1, 2, 3],
    ...stoppedBy({ patience: 10 }, { ...sizes, L: 40, evaluateEvery: 1000 }),
  },
  "books-kgat": {
    hash: "53cde686bcae3dded9fc96e34a28d520af825b1b8e316e2abd2a4adbc9a63e19",
    beta: 10,
    lambda: 100,
    seeds: [1, 2, 3],
    ...stoppedBy({ patience: 10 }, { ...sizes, evaluateEvery: 1000 }),
  },
};

/** The data sets with a study, in the order in which they are shown. */
export const studyNames: readonly string[] = Object.keys(studies);

/**
 * A data set's study.
 *
 * @throws {BadInput} for a data set without one
 */
export function study(data: string): Study {
  if (Object.hasOwn(studies, data)) return studies[data]!;
  throw new BadInput("no study of it", "data set", data, `There are: ${studyNames.join(", ")}.`);
}

/** What a run, or its snapshots, is known by. */
export type Identified = Pick<Run, "key" | "config" | "data" | "seed">;

/**
 * Why a run on a data set with a study is none of its trainings; null if it is one, and for data
 * sets without a study, whose runs are their owner's.
 *
 * @param named paths of settings that may have any value because they are asked for
 */
export function strangeness(run: Identified, named: readonly string[] = []): string | null {
  const { hash, beta, lambda, seeds, settings, longer } = studies[run.data.name] ?? {};
  if (!settings || !seeds) return null;
  if (run.data.hash !== hash) return `other data than the ${run.data.name} of the study`;
  if (run.key !== runKey(run.config, run.data)) return "a key that is not its configuration's";
  const isNamed = (path: string) =>
    named.some((name) => path === name || path.startsWith(`${name}.`));
  if (!seeds.includes(run.seed) && !isNamed("seed")) return `seed ${run.seed}`;
  const own = settingsOf(run.config);
  if (own.S === Infinity && run.config.S !== settings.S && !isNamed("S")) {
    return `S ${run.config.S}, which the full softmax does not use`;
  }
  const [idle] = idleStrengths(run.config).filter((path) => !isNamed(path));
  if (idle !== undefined) return `${idle} 0, which trains the same as without it`;
  const strange = (rule: TrainConfig, values: Values) => {
    const apart = differences(own, settingsOf(forData(resolveConfig(rule), run.data))).filter((
      path,
    ) => !isNamed(path));
    const unknown = apart.filter((path) => !values[path]?.all.includes(own[path]));
    const swept = apart.filter((path) =>
      !(values[path]?.usual ?? values[path]?.all)?.includes(own[path])
    );
    return unknown.length > 0 || swept.length > 1 ? swept : [];
  };
  const ofS = { all: [...sweptValues.S, Infinity], usual: [] };
  const softmax = { all: ["sampled", "full"] };
  const values = {
    "objective.softmax": softmax,
    "objective.ihn.beta": { all: [0, beta, ...sweptValues.beta], usual: [0, beta] },
    "objective.rr.lambda": { all: [0, lambda, ...sweptValues.lambda], usual: [0, lambda] },
    K: { all: sweptValues.K, usual: [] },
    S: ofS,
  };
  const wrong = [settings, ...(longer ? [longer] : [])].flatMap((rule) => [
    strange(rule, values),
    strange({ ...rule, ...singleVector }, { "objective.softmax": softmax, S: ofS }),
  ]);
  const [least] = wrong.sort((a, b) => a.length - b.length);
  return least!.length === 0 ? null : least!.map((path) => `${path} ${own[path]}`).join(", ");
}

/** By path: the values that a setting has in a study. */
interface Values {
  readonly [path: string]: {
    readonly all: readonly unknown[];
    /** those that it may have while another setting is swept; all, if it is left out */
    readonly usual?: readonly unknown[];
  };
}
