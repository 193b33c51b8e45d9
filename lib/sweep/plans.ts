/** The declared plans, by name. A training that several plans ask for is trained once. */
import { BadInput } from "../base/bad_input.ts";
import { singleVector, type Study, study, sweptValues } from "../results/study.ts";
import type { TrainConfig } from "../train/config.ts";
import { type Point, variants } from "./plan.ts";

/** A plan and what it is for. */
export interface Plan {
  readonly about: string;
  readonly points: readonly Point[];
}

/** A data set with its study. */
interface Planned extends Study {
  readonly data: string;
}

const retailrocket = planned("retailrocket-comirec");
const synthetic = planned("synthetic");
const gowalla = planned("gowalla-lightgcn");
const books = planned("books-kgat");

function planned(data: string): Planned {
  return { data, ...study(data) };
}

function pointsOf(
  { data, settings, seeds }: Planned,
  configs: readonly TrainConfig[],
): Point[] {
  return seeds.flatMap((seed) =>
    configs.map((config) => ({ data, config: { ...settings, ...config, seed } }))
  );
}

/** ComiRec-SA and each fix alone and together. */
function ablation(study: Planned): Point[] {
  return pointsOf(study, Object.values(variants(study)));
}

/** Recall against S, and the full softmax; IHN has none, so REMI's full softmax is RR alone. */
function negatives(study: Planned): Point[] {
  const { plain: base, "+RR": rr, "+IHN+RR": remi } = variants(study);
  const sampled = [base, remi, singleVector].flatMap((method) =>
    sweptValues.S.map((S) => ({ ...method, S }))
  );
  const full = [base, rr, singleVector].map((method) => ({
    ...method,
    objective: { ...method.objective, softmax: "full" as const },
  }));
  return pointsOf(study, [...sampled, ...full]);
}

/**
 * Both ends of the paper against the number of interests; K = 1 has nothing to select. RR alone
 * with K = 1 is the cleanest contrast: flat routing and nothing else.
 */
function interests(study: Planned): Point[] {
  const { plain: base, "+RR": rr, "+IHN+RR": remi } = variants(study);
  const all = [base, remi].flatMap((method) => sweptValues.K.map((K) => ({ ...method, K })));
  return pointsOf(study, [...all, { ...rr, K: 1 }]);
}

/** Lambda at the data set's beta; lambda 0 is IHN alone. */
function lambdas(study: Planned): Point[] {
  const of = (lambda: number) => variants({ beta: study.beta, lambda });
  return pointsOf(study, [
    of(0)["+IHN"],
    ...sweptValues.lambda.map((lambda) => of(lambda)["+IHN+RR"]),
  ]);
}

/** Beta with lambda 100; beta 0 is RR alone. */
function betas(study: Planned): Point[] {
  const of = (beta: number) => variants({ beta, lambda: study.lambda });
  return pointsOf(study, [
    of(0)["+RR"],
    ...sweptValues.beta.map((beta) => of(beta)["+IHN+RR"]),
  ]);
}

/** Beta without RR; beta 0 is ComiRec-SA. */
function betasAlone(study: Planned): Point[] {
  const of = (beta: number) => variants({ beta, lambda: 0 });
  return pointsOf(study, [
    of(0).plain,
    ...sweptValues.beta.map((beta) => of(beta)["+IHN"]),
  ]);
}

/**
 * What it costs to stop earlier than the reference: one seed of each method with its rule, where
 * the study does.
 */
function patience({ longer, ...study }: Planned): Point[] {
  return longer ? ablation({ ...study, seeds: [1], settings: longer }) : [];
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
  "books-beta": {
    about: "why IHN costs recall on Amazon Books: beta with and without RR",
    points: [betas, betasAlone].flatMap((of) => of(books)),
  },
  "patience": {
    about: "what stopping earlier than the reference costs: one seed of each method with its rule",
    points: [books, synthetic, retailrocket, gowalla].flatMap(patience),
  },
};

/**
 * The plan of that name.
 *
 * @throws {BadInput} naming the known ones
 */
export function planOf(name: string): Plan {
  if (Object.hasOwn(plans, name)) return plans[name]!;
  throw new BadInput("unknown plan", "sweep", name, `Known: ${Object.keys(plans).join(", ")}.`);
}
