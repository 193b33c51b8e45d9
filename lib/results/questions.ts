/**
 * The questions that the paper's tables and the project's own controls ask, each with the trainings
 * that answer it. All are in REMI's frame (uniform negatives, Adam 1e-3, Kaiming's start) and stop
 * by their data set's rule.
 */
import { BadInput } from "../base/bad_input.ts";
import { modelOf } from "../model/registry.ts";
import type { TrainConfig } from "../train/config.ts";
import {
  type Frame,
  frameOf,
  type Method,
  objectives,
  type Point,
  pointsOf,
  variants,
} from "./points.ts";
import { singleVector, sweptValues } from "./study.ts";

/** What is asked, and the trainings that answer it. */
export interface Question {
  readonly about: string;
  readonly points: readonly Point[];
}

const shop = frameOf("retailrocket-comirec");
const planted = frameOf("synthetic");
const books = frameOf("books-kgat");
const real = [shop, frameOf("gowalla-lightgcn"), books];

/** One vector a user: the masked mean is one, the reference's divides a sum over all positions. */
const means: readonly Method[] = [singleVector, { ...singleVector, options: { sum: "real" } }];

const single: readonly Method[] = [
  { model: "popularity", K: 1 },
  singleVector,
  { model: "gru4rec", K: 1 },
];

/** The models that either fix is put on, beside ComiRec-SA. */
const several = ["mind", "comirec-dr", "pimi", "re4", "umi-hn"] as const;

/** The nine models that need no profile, and REMI. */
export function main(frame: Frame): Point[] {
  return pointsOf(frame, [
    ...single,
    ...several.map((model) => ({ model })),
    ...[variants(frame).plain, variants(frame)["+IHN+RR"]],
  ]);
}

/**
 * ComiRec-DR at its authors' rate, five times the frame's; for RetailRocket only, because all
 * trainings together take too long as they are.
 */
const atAuthorsRate: TrainConfig = {
  model: "comirec-dr",
  learningRate: modelOf("comirec-dr").learningRate,
};

/** MIND as the reference has it on Amazon Books, and there alone: with a last layer of ReLUs. */
export const mindOnBooks: Method = { model: "mind", options: { relu: true } };

/**
 * A model as it is and with either fix or both. Capsules' routing learns nothing as shipped: with
 * RR the stop-gradient is lifted, and what that changes alone stands beside.
 */
function fixed(model: string, frame: Frame, alone: boolean): Method[] {
  const isLifted = modelOf(model).routing === "capsules";
  const lifted = { model, ...(isLifted && { options: { stopGradient: false } }) };
  const { "+IHN": ihn, "+RR": rr, "+IHN+RR": both } = objectives(frame);
  return [
    { model },
    ...(isLifted ? [lifted] : []),
    ...(alone ? [{ model, objective: ihn }, { ...lifted, objective: rr }] : []),
    { ...lifted, objective: both },
  ];
}

/** Every model with several interests, plain and with both fixes; with either, if asked. */
export function generality(frame: Frame, alone: boolean): Point[] {
  const models = ["comirec-sa", ...several];
  return pointsOf(frame, models.flatMap((model) => fixed(model, frame, alone)));
}

/**
 * Whether a gain is training speed or a better optimum: the baselines at other rates. Of MIND and
 * the means only higher ones; on RetailRocket, where a training takes minutes and not seconds, none
 * of MIND and not the highest: all together would take too long.
 */
function tuned(frame: Frame): Point[] {
  const { plain, "+IHN+RR": remi } = variants(frame);
  const usual = sweptValues.learningRate[0];
  const rates = sweptValues.learningRate.filter((rate) => frame === planted || rate < 1e-2);
  const usualAndHigher = rates.filter((rate) => rate >= usual);
  return pointsOf(frame, [
    ...withEach("learningRate", rates, [plain, remi]),
    ...withEach("learningRate", usualAndHigher, [
      ...(frame === planted ? [{ model: "mind" }] : []),
      ...means,
    ]),
  ]);
}

/** Single vectors without a fix and with IHN, and attention with K = 1 with either or both. */
function vectors(frame: Frame): Method[] {
  const attention = Object.values(variants(frame)).map((method) => ({ ...method, K: 1 }));
  const { plain, "+IHN": ihn } = objectives(frame);
  return [
    ...means.flatMap((method) => [plain, ihn].map((objective) => ({ ...method, objective }))),
    ...attention,
  ];
}

/**
 * The controls of the claim that negatives help several interests more than one vector. Beside the
 * usual S the fewest and the most; 640 is left out, and on RetailRocket, where a training takes
 * minutes, IHN at either, because all together would take too long.
 */
function oneVector(frame: Frame): Point[] {
  const { plain, "+RR": rr } = variants(frame);
  const withoutIhn = vectors(frame).filter(({ objective }) => !objective?.ihn);
  return pointsOf(frame, [
    ...withEach("S", [10, 5120], frame === planted ? vectors(frame) : withoutIhn),
    ...withEach("K", sweptValues.K, [plain, rr]),
  ]);
}

/** Remedies that came later: a drawn interest, and a penalty on interests that are alike. */
function remedies(frame: Frame): Point[] {
  const repel = { lambda: 1 };
  const { plain, "+RR": rr } = objectives(frame);
  return pointsOf(frame, [
    { objective: { ...plain, selection: "bam" } },
    { objective: { ...plain, repel } },
    { objective: { ...rr, repel } },
  ]);
}

/**
 * Lambda without IHN, and the full softmax: IHN has none, and one of the means stands for both. On
 * RetailRocket, where such a training takes up to an hour, the full softmax has one seed.
 */
function lambdaAndSoftmax(frame: Frame): Point[] {
  const { plain, "+RR": rr } = variants(frame);
  const lambdas = sweptValues.lambda.map((lambda) => variants({ ...frame, lambda })["+RR"]);
  const full = [plain, rr, singleVector].map((method): Method => ({
    ...method,
    objective: { ...method.objective, softmax: "full" },
  }));
  const ofFull = frame === planted ? frame : { ...frame, seeds: [1] };
  return [...pointsOf(frame, lambdas), ...pointsOf(ofFull, full)];
}

/** How much of a history is read. */
function historyLengths(frame: Frame): Point[] {
  const { plain, "+IHN+RR": remi } = variants(frame);
  return pointsOf(frame, withEach("L", sweptValues.L, [plain, remi]));
}

/** Every configuration with every value of one setting. */
function withEach<K extends keyof TrainConfig>(
  key: K,
  values: readonly TrainConfig[K][],
  configs: readonly TrainConfig[],
): TrainConfig[] {
  return values.flatMap((value) => configs.map((config) => ({ ...config, [key]: value })));
}

/** By name. */
export const questions: Readonly<Record<string, Question>> = {
  "main": {
    about: "nine models and REMI on RetailRocket, Gowalla and Books",
    points: [
      ...real.flatMap(main),
      ...pointsOf(shop, [atAuthorsRate]),
      ...pointsOf(books, [mindOnBooks]),
    ],
  },
  "profiles": {
    about: "UMI beside UMI_HN and ComiRec-SA on the synthetic data, whose users have profiles",
    points: pointsOf(planted, [{ model: "umi" }, { model: "umi-hn" }, {}]),
  },
  "generality": {
    about: "IHN, RR and both on every model with several interests",
    points: real.flatMap((frame) => generality(frame, frame === shop)),
  },
  "tuned": {
    about: "learning rates of REMI and its baselines on RetailRocket and the synthetic data",
    points: [planted, shop].flatMap(tuned),
  },
  "one-vector": {
    about: "one vector a user, with S and K, and the fixes that it can have",
    points: [
      ...[planted, ...real].flatMap((frame) => pointsOf(frame, vectors(frame))),
      ...[planted, shop].flatMap(oneVector),
    ],
  },
  "remedies": {
    about: "BaM, repel, and repel with RR on RetailRocket and the synthetic data",
    points: [planted, shop].flatMap(remedies),
  },
  "rest": {
    about: "lambda without IHN, the full softmax, and L",
    points: [...[planted, shop].flatMap(lambdaAndSoftmax), ...historyLengths(shop)],
  },
};

/**
 * The question of that name.
 *
 * @throws {BadInput} naming the known ones
 */
export function questionOf(name: string): Question {
  if (Object.hasOwn(questions, name)) return questions[name]!;
  throw new BadInput("no such question", "name", name, `Known: ${Object.keys(questions)}.`);
}
