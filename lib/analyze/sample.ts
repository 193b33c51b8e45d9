/** The fixed sample on which a model is analysed: the same users and negatives at every step. */
import { BadInput } from "../base/bad_input.ts";
import { Random } from "../base/random.ts";
import { chosenUsers, type Histories } from "../data/batch.ts";
import type { Dataset } from "../data/interactions.ts";
import { type EvaluationCases, evaluationCases } from "../evaluate/cases.ts";

/** How large a sample is. */
export interface SampleSize {
  /** valid users; all of them if there are fewer */
  readonly users: number;
  /** negatives, shared by the users */
  readonly negatives: number;
}

/** Valid users as a training example sees them, and negatives. */
export interface Sample extends Histories {
  /** [U, L] the last L of the first 80 % of a user's items, 0 after the last real one */
  readonly history: Int32Array;
  /** [U] */
  readonly length: Int32Array;
  /** [U] the item that follows the history */
  readonly target: Int32Array;
  /** [n] uniform draws from the catalogue, with replacement, as in training */
  readonly negatives: Int32Array;
  /** [U] their indices in the valid split */
  readonly users: Uint32Array;
}

/**
 * Draws the sample with a generator of its own, whose seed is not the training's: trainings of the
 * same data are analysed on the same users and negatives whatever their seeds, methods and K.
 *
 * @throws {BadInput} for a size that is not a positive integer, or data without a valid user
 */
export function drawSample(dataset: Dataset, L: number, { users, negatives }: SampleSize): Sample {
  checkSize("negatives", negatives);
  const random = new Random(0, "analysed negatives");
  return {
    ...drawUsers(dataset, L, users),
    negatives: new Int32Array(negatives).map(() => 1 + random.below(dataset.itemCount)),
  };
}

/**
 * Some valid users as a training example sees them, the same for every model of the data. Another
 * number of users is another choice, not a part of this one.
 *
 * @throws {BadInput} for a number that is not a positive integer, or data without a valid user
 */
export function drawUsers(dataset: Dataset, L: number, n: number): Omit<Sample, "negatives"> {
  checkSize("users", n);
  const cases = evaluationCases(dataset.valid, L);
  if (cases.count === 0) {
    throw new BadInput(
      "no user with a history and a target",
      `valid split of ${dataset.name}`,
      cases.count,
      "Analyse data with more users.",
    );
  }
  const random = new Random(0, "analysed users");
  return casesOf(cases, random.distinct(cases.count, Math.min(n, cases.count)));
}

function checkSize(name: keyof SampleSize, value: number): void {
  if (Number.isInteger(value) && value > 0) return;
  throw new BadInput("not a size", `sample size ${name}`, value, "Give an integer >= 1.");
}

/** Some of the evaluated users, as a training example sees them. */
export function casesOf(
  cases: EvaluationCases,
  chosen: readonly number[],
): Omit<Sample, "negatives"> {
  return {
    ...chosenUsers(cases, chosen),
    target: Int32Array.from(chosen, (u) => cases.targets(u)[0]!),
    users: Uint32Array.from(chosen, (u) => cases.users[u]!),
  };
}
