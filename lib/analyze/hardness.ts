/** How hard the negatives of a trained model are: the numbers behind IHN's figures. */
import { counted } from "../base/counted.ts";
import { BadInput } from "../base/bad_input.ts";
import { requireWhole } from "../base/given_numbers.ts";
import { mean } from "../base/statistics.ts";
import { type CatalogueScores, catalogueScores } from "./catalogue_scores.ts";
import { effectiveNumber, negativeGradient, requireBeta } from "./easy_negatives.ts";
import {
  catalogueParts,
  type IdealNegatives,
  idealNegatives,
  ownShare,
} from "./ideal_negatives.ts";
import { type EstimateStudy, estimateStudy } from "./negatives_estimate.ts";
import { requireNearest } from "./selected_interest.ts";
import { Random } from "../base/random.ts";
import { recordedKeys } from "../train/run.ts";
import type { TrainedModel } from "../train/trained_model.ts";
import { methodOf } from "../results/method.ts";

/**
 * Scores the whole catalogue for some valid users, each by the interest that the next item selects.
 *
 * @param users how many; 50 unless said otherwise
 * @throws {BadInput} for a training that does not train the interest nearest to the target
 */
export async function hardnessOf(
  trained: TrainedModel,
  { users = 50 }: { readonly users?: number } = {},
): Promise<Hardness> {
  requireNearest(trained, "hardnessOf");
  return new Hardness(trained, await catalogueScores(trained, users));
}

/** What the error is drawn from. */
export interface EstimateErrorData {
  /** [U][betas] a study a user, all of the same βs and draws */
  readonly studies: readonly (readonly EstimateStudy[])[];
  /** whose, e.g. "synthetic, 12 valid users, REMI after 2,800 steps" */
  readonly about: string;
  /** the number of draws of a training, which the title speaks of */
  readonly S: number;
  /** keys of the runs behind the numbers */
  readonly runs?: readonly string[];
}

/** One user's negatives. */
export interface GradientByScoreData {
  /** [n] x_j */
  readonly scores: Float64Array;
  /** x+ */
  readonly positive: number;
  /** who and by what, e.g. "synthetic, valid user 3, REMI after 2,800 steps" */
  readonly about: string;
  /** keys of the runs behind the numbers */
  readonly runs?: readonly string[];
}

/** What the distribution is drawn from. */
export interface IdealNegativesData {
  /** ascending in β; the slider's values */
  readonly levels: readonly IdealNegatives[];
  /** shares of the catalogue, hardest first, ascending: those of the levels' massOfHardest */
  readonly parts: readonly number[];
  /** share of the catalogue that are a user's own items; null without a planted truth */
  readonly ownShare: number | null;
  /** the β that the slider stands on at first */
  readonly beta: number;
  /** whose, e.g. "synthetic, 50 valid users, REMI after 2,800 steps" */
  readonly about: string;
  /** keys of the runs behind the numbers */
  readonly runs?: readonly string[];
}

/** What the estimate's figures are drawn from. */
export interface NegativesEstimateData {
  /** a study a β, of the same draws */
  readonly study: readonly EstimateStudy[];
  /** whose, e.g. "synthetic, valid user 3, REMI after 2,800 steps" */
  readonly about: string;
  /** repetitions of the study */
  readonly repetitions: number;
  /** the number of draws of a training, which the title speaks of */
  readonly S: number;
  /** keys of the runs behind the numbers */
  readonly runs?: readonly string[];
}

/** The estimate of one model. */
export interface Estimates {
  /** of the first user, for figure.negativesEstimate */
  readonly ofOne: NegativesEstimateData;
  /** of some users, for figure.estimateError and its table */
  readonly ofSome: EstimateErrorData;
}

/** How the estimate is studied. */
export interface EstimatesOptions {
  readonly betas: readonly number[];
  /** numbers of draws, ascending, the training's S among them */
  readonly draws: readonly number[];
  readonly repetitions: number;
  /** users of the studies, the first ones; 8 unless said otherwise */
  readonly users?: number;
}

/** A model's negatives; made by {@linkcode hardnessOf}. */
export class Hardness {
  constructor(readonly trained: TrainedModel, readonly users: readonly CatalogueScores[]) {}

  /**
   * The distribution q_β for figure.idealNegatives.
   *
   * @param beta the one that is shown first, added to the others if it is not among them
   * @throws {BadInput} for a β that is no hardness
   */
  ideal(betas: readonly number[], beta: number): IdealNegativesData {
    const parts = catalogueParts(this.trained.dataset.itemCount);
    requireBetas(betas, "ideal of hardnessOf, betas");
    requireBeta(beta);
    const all = [...new Set([...betas, beta])].sort((a, b) => a - b);
    return {
      levels: all.map((value) => idealNegatives(this.users, value, parts)),
      parts,
      ownShare: ownShare(this.users),
      beta,
      ...this.#about(`${this.users.length} valid users`),
    };
  }

  /**
   * One user's negatives for figure.gradientByScore: all items but the target.
   *
   * @param index among the users that were measured
   * @throws {BadInput} if there is no such user
   */
  gradient(index: number): GradientByScoreData {
    const user = this.users[index];
    if (!user) {
      const remedy = `Give 0 to ${this.users.length - 1}; hardnessOf measures more if it is told.`;
      throw new BadInput("no such user", "gradient of hardnessOf", index, remedy);
    }
    return {
      scores: withoutTarget(user),
      positive: user.positive,
      ...this.#about(`valid user ${user.user}, all other items as negatives`),
    };
  }

  /** The effective number of negatives if all items but the target are negatives; mean of users. */
  effectiveNegatives(beta: number): number {
    return mean(
      this.users.map((user) =>
        effectiveNumber(negativeGradient(withoutTarget(user), user.positive, beta).weights)
      ),
    );
  }

  /**
   * The part of sum |dL/dx_j| that falls on items of the user's planted interests, the target left
   * out; mean of users, null without a planted truth.
   */
  gradientOnOwn(beta: number): number | null {
    if (this.users.some(({ own }) => !own)) return null;
    return mean(this.users.map((user) => {
      const { weights } = negativeGradient(withoutTarget(user), user.positive, beta);
      const own = user.own!.filter((_, i) => i !== user.target - 1);
      const size = (of: (j: number) => number) =>
        weights.reduce((sum, w, j) => sum + Math.abs(w) * of(j), 0);
      return size((j) => own[j]!) / size(() => 1);
    }));
  }

  /** The standard deviation of a user's scores over the catalogue; mean of users. */
  scoreSpread(): number {
    return mean(this.users.map(({ scores }) => {
      const centre = mean([...scores]);
      return Math.sqrt(mean(Array.from(scores, (x) => (x - centre) ** 2)));
    }));
  }

  /**
   * Algorithm 1's estimate over seeded draws, which are the same for all users.
   *
   * @throws {BadInput} as `estimateStudy`, or for a number of users that is not a positive integer
   */
  estimates({ betas, draws, repetitions, users = 8 }: EstimatesOptions): Estimates {
    const S = this.trained.config.S;
    const studies = this.#studies({ betas, draws, repetitions, users });
    const ofOne = this.#about(`valid user ${this.users[0]!.user}`);
    const ofSome = this.#about(`${studies.length} valid users`);
    return {
      ofOne: { study: studies[0]!, repetitions, S, ...ofOne },
      ofSome: { studies, S, ...ofSome },
    };
  }

  /** Bias and standard deviation of the estimate from the training's own S draws; mean of users. */
  errorAt(beta: number, repetitions: number, users = 8): { bias: number; sd: number } {
    const at = this.#studies({ betas: [beta], draws: [this.trained.config.S], repetitions, users })
      .map(([study]) => study!.points[0]!);
    return {
      bias: mean(at.map(({ bias }) => bias)),
      sd: mean(at.map(({ sd }) => sd)),
    };
  }

  #studies({ users, ...options }: Required<EstimatesOptions>): EstimateStudy[][] {
    requireBetas(options.betas, "estimates of hardnessOf, betas");
    requireWhole(users, "estimates of hardnessOf, users");
    return this.users.slice(0, users).map(({ scores }) =>
      estimateStudy(scores, { ...options, random: new Random(1, "estimates") })
    );
  }

  #about(whose: string): { readonly about: string; readonly runs?: readonly string[] } {
    const { dataset, run } = this.trained;
    const { name } = methodOf(run.config);
    return {
      about: `${dataset.name}, ${whose}, ${name} after ${counted(run.bestStep, "step")}`,
      runs: recordedKeys([run]),
    };
  }
}

/** @throws {BadInput} for no list, or a β that is no hardness */
export function requireBetas(betas: readonly number[], where: string): void {
  if (!Array.isArray(betas) || betas.length === 0) {
    throw new BadInput("not a list of values of β", where, betas, "For example [0, 1, 10].");
  }
  betas.forEach(requireBeta);
}

function withoutTarget({ scores, target }: CatalogueScores): Float64Array {
  return scores.filter((_, i) => i !== target - 1);
}
