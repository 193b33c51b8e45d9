/** The declared plans, by name. A training that several plans ask for is trained once. */
import { BadInput } from "../base/bad_input.ts";
import { type Frame, frameOf, type Point, pointsOf, variants } from "../results/points.ts";
import { generality, main, mindOnBooks, type Question, questions } from "../results/questions.ts";
import { singleVector, study, sweptValues } from "../results/study.ts";

/** A plan and what it is for. */
export type Plan = Question;

const retailrocket = frameOf("retailrocket-comirec");
const synthetic = frameOf("synthetic");
const gowalla = frameOf("gowalla-lightgcn");
const books = frameOf("books-kgat");

/** ComiRec-SA and each fix alone and together. */
function ablation(frame: Frame): Point[] {
  return pointsOf(frame, Object.values(variants(frame)));
}

/** Recall against S, and the full softmax; IHN has none, so REMI's full softmax is RR alone. */
function negatives(frame: Frame): Point[] {
  const { plain: base, "+RR": rr, "+IHN+RR": remi } = variants(frame);
  const sampled = [base, remi, singleVector].flatMap((method) =>
    sweptValues.S.map((S) => ({ ...method, S }))
  );
  const full = [base, rr, singleVector].map((method) => ({
    ...method,
    objective: { ...method.objective, softmax: "full" as const },
  }));
  return pointsOf(frame, [...sampled, ...full]);
}

/**
 * Both ends of the paper against the number of interests; K = 1 has nothing to select. RR alone
 * with K = 1 is the cleanest contrast: flat routing and nothing else.
 */
function interests(frame: Frame): Point[] {
  const { plain: base, "+RR": rr, "+IHN+RR": remi } = variants(frame);
  const all = [base, remi].flatMap((method) => sweptValues.K.map((K) => ({ ...method, K })));
  return pointsOf(frame, [...all, { ...rr, K: 1 }]);
}

/** Lambda at the data set's beta; lambda 0 is IHN alone. */
function lambdas(frame: Frame): Point[] {
  const of = (lambda: number) => variants({ beta: frame.beta, lambda });
  return pointsOf(frame, [
    of(0)["+IHN"],
    ...sweptValues.lambda.map((lambda) => of(lambda)["+IHN+RR"]),
  ]);
}

/** Beta with lambda 100; beta 0 is RR alone. */
function betas(frame: Frame): Point[] {
  const of = (beta: number) => variants({ beta, lambda: frame.lambda });
  return pointsOf(frame, [
    of(0)["+RR"],
    ...sweptValues.beta.map((beta) => of(beta)["+IHN+RR"]),
  ]);
}

/** Beta without RR; beta 0 is ComiRec-SA. */
function betasAlone(frame: Frame): Point[] {
  const of = (beta: number) => variants({ beta, lambda: 0 });
  return pointsOf(frame, [
    of(0).plain,
    ...sweptValues.beta.map((beta) => of(beta)["+IHN"]),
  ]);
}

/**
 * What it costs to stop earlier than the reference: one seed of each method with its rule, where
 * the study does.
 */
function patience(frame: Frame): Point[] {
  const { longer } = study(frame.data);
  return longer ? ablation({ ...frame, seeds: [1], settings: longer }) : [];
}

/** One of the paper's own data sets: the frame of a smaller one, with the reference's rule. */
function ofPaper(data: string, like: Frame): Frame {
  const { settings, longer = settings } = study(like.data);
  return { ...like, data, settings: longer };
}

const paperBooks = ofPaper("books", books);
const paper = [paperBooks, ofPaper("gowalla", gowalla), ofPaper("retailrocket", retailrocket)];

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
  ...questions,
  "paper": {
    about: "the models and their fixes on the paper's own three data sets, for who has the files",
    points: [
      ...paper.flatMap((frame) => [...main(frame), ...generality(frame, true)]),
      ...pointsOf(paperBooks, [mindOnBooks]),
    ],
  },
  "paper-curves": {
    about: "S, K, lambda and beta of REMI and ComiRec-SA on the same",
    points: paper.flatMap((frame) =>
      [negatives, interests, lambdas, betas].flatMap((of) => of(frame))
    ),
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
