/** The declared plans, by name. A training that several plans ask for is trained once. */
import { BadInput } from "../base/bad_input.ts";
import type { TrainConfig } from "../train/config.ts";
import { type Point, points, type Settings, singleVector, variants } from "./plan.ts";

/** A plan and what it is for. */
export interface Plan {
  readonly about: string;
  readonly points: readonly Point[];
}

/** The reference's lambda, in its code's scaling, on every data set. */
const LAMBDA = 100;

/** Numbers of sampled negatives on the axis of the paper's figure. */
const S = [10, 40, 160, 640, 1280, 5120];
const K = [1, 2, 4, 8];
const LAMBDAS = [1, 10, 100, 1000];
const BETAS = [0.1, 1, 10];

/** A data set with the reference's settings for it, its beta, and how it is trained here. */
interface Study {
  readonly data: string;
  readonly beta: number;
  readonly settings: Settings;
  readonly seeds: readonly number[];
}

/** Until nothing is gained for 50 validations, as the reference does it for this data set. */
const retailrocket: Study = {
  data: "retailrocket-comirec",
  beta: 0.1,
  settings: { L: 20, evaluateEvery: 200 },
  seeds: [1, 2, 3],
};

/** A fixed small number of steps: 20 seconds a training. */
const synthetic: Study = {
  data: "synthetic",
  beta: 1,
  settings: { L: 20, maxSteps: 3000 },
  seeds: [1, 2, 3, 4, 5],
};

const gowalla: Study = {
  data: "gowalla-lightgcn",
  beta: 1,
  settings: { L: 40, evaluateEvery: 1000, patience: 10 },
  seeds: [1, 2, 3],
};

const books: Study = {
  data: "books-kgat",
  beta: 10,
  settings: { L: 20, evaluateEvery: 1000, patience: 10 },
  seeds: [1, 2, 3],
};

function pointsOf({ data, settings, seeds }: Study, configs: readonly TrainConfig[]): Point[] {
  return points(data, settings, seeds, configs);
}

/** ComiRec-SA and each fix alone and together. */
function ablation(study: Study): Point[] {
  return pointsOf(study, Object.values(variants(study.beta, LAMBDA)));
}

/** Recall against S, and the full softmax; IHN has none, so REMI's full softmax is RR alone. */
function negatives(study: Study): Point[] {
  const { "ComiRec-SA": base, "RR alone": rr, REMI } = variants(study.beta, LAMBDA);
  const sampled = [base, REMI, singleVector].flatMap((method) => S.map((S) => ({ ...method, S })));
  const full = [base, rr, singleVector].map((method) => ({
    ...method,
    objective: { ...method.objective, softmax: "full" as const },
  }));
  return pointsOf(study, [...sampled, ...full]);
}

/** Both ends of the paper against the number of interests; K = 1 has nothing to select. */
function interests(study: Study): Point[] {
  const { "ComiRec-SA": base, REMI } = variants(study.beta, LAMBDA);
  return pointsOf(study, [base, REMI].flatMap((method) => K.map((K) => ({ ...method, K }))));
}

/** Lambda at the data set's beta; lambda 0 is IHN alone. */
function lambdas(study: Study): Point[] {
  const of = (lambda: number) => variants(study.beta, lambda);
  return pointsOf(study, [of(0)["IHN alone"], ...LAMBDAS.map((lambda) => of(lambda).REMI)]);
}

/** Beta with lambda 100; beta 0 is RR alone. */
function betas(study: Study): Point[] {
  const of = (beta: number) => variants(beta, LAMBDA);
  return pointsOf(study, [of(0)["RR alone"], ...BETAS.map((beta) => of(beta).REMI)]);
}

/** Beta without RR; beta 0 is ComiRec-SA. */
function betasAlone(study: Study): Point[] {
  const of = (beta: number) => variants(beta, 0);
  return pointsOf(study, [of(0)["ComiRec-SA"], ...BETAS.map((beta) => of(beta)["IHN alone"])]);
}

/** What the shorter patience on the larger data costs: one seed with the reference's 50. */
function patience(study: Study): Point[] {
  const { "ComiRec-SA": base, REMI } = variants(study.beta, LAMBDA);
  return points(study.data, { ...study.settings, patience: 50 }, [1], [base, REMI]);
}

/** All plans. */
export const plans: Readonly<Record<string, Plan>> = {
  "synthetic": {
    about: "the four methods, S, K, lambda and beta on the synthetic data, 3,000 steps",
    points: [ablation, negatives, interests, lambdas, betas, betasAlone]
      .flatMap((of) => of(synthetic)),
  },
  "retailrocket": {
    about: "the four methods at the reference's settings, to early stopping",
    points: ablation(retailrocket),
  },
  "retailrocket-negatives": {
    about: "recall against the number of sampled negatives, and the full softmax",
    points: negatives(retailrocket),
  },
  "retailrocket-interests": {
    about: "recall and effective negatives against the number of interests",
    points: interests(retailrocket),
  },
  "retailrocket-lambda": {
    about: "recall and collapse against lambda",
    points: lambdas(retailrocket),
  },
  "retailrocket-beta": {
    about: "recall and effective negatives against beta",
    points: betas(retailrocket),
  },
  "gowalla": {
    about: "the four methods on Gowalla, patience 10 validations of 1,000 steps",
    points: ablation(gowalla),
  },
  "books": {
    about: "the four methods on Amazon Books, patience 10 validations of 1,000 steps",
    points: ablation(books),
  },
  "patience": {
    about: "what the shorter patience on Gowalla and Books costs: one seed with 50",
    points: [...patience(gowalla), ...patience(books)],
  },
};

/**
 * The plan of that name.
 *
 * @throws {BadInput} naming the known ones
 */
export function planOf(name: string): Plan {
  const plan = plans[name];
  if (plan) return plan;
  throw new BadInput("unknown plan", "sweep", name, `Known: ${Object.keys(plans).join(", ")}.`);
}
