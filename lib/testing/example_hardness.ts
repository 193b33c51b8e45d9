/** Made-up scores for the tests of the figures of IHN: formulas, no model and no data. */
import { Random } from "../base/random.ts";
import type { CatalogueScores } from "../analyze/catalogue_scores.ts";
import { catalogueParts, idealNegatives, ownShare } from "../analyze/ideal_negatives.ts";
import { estimateStudy } from "../analyze/negatives_estimate.ts";
import type {
  EstimateErrorData,
  GradientByScoreData,
  IdealNegativesData,
  NegativesEstimateData,
} from "../analyze/hardness.ts";
import type { WorkedNegativesOptions } from "../figures/hard_negatives/worked_negatives.ts";

const about = "made-up data";

/** Two made-up users of a catalogue of 400 items. */
const users: readonly CatalogueScores[] = [1, 2].map((seed) => {
  const random = new Random(seed);
  const scores = Float64Array.from({ length: 400 }, () => random.normal() / 2);
  const own = Uint8Array.from(scores, (x) => x > 0.8 ? 1 : 0);
  return { user: seed, target: 7, positive: 1.5, scores: scores.with(6, 1.5), own };
});

/** Five made-up negatives. */
export const exampleWorked: WorkedNegativesOptions = {
  scores: [1.5, 1, 0, -1, -2],
  positive: 2,
  betas: [0, 0.1, 1, 10],
  beta: 1,
};

/** The made-up users' distributions. */
export function exampleIdeal(): IdealNegativesData {
  const parts = catalogueParts(400);
  const levels = [0, 0.1, 1, 10].map((beta) => idealNegatives(users, beta, parts));
  return { levels, parts, ownShare: ownShare(users), beta: 1, about, runs: [] };
}

/** One made-up user's negatives. */
export const exampleGradient: GradientByScoreData = {
  scores: users[0]!.scores,
  positive: users[0]!.positive,
  about,
  runs: [],
};

function studies() {
  const options = { betas: [0, 1, 10], draws: [5, 50, 500], repetitions: 100 };
  return users.map(({ scores }) => estimateStudy(scores, { ...options, random: new Random(1) }));
}

/** The estimate for one made-up user. */
export function exampleEstimate(): NegativesEstimateData {
  return { study: studies()[0]!, about, repetitions: 100, S: 500, runs: [] };
}

/** Its error, for both. */
export function exampleError(): EstimateErrorData {
  return { studies: studies(), about, S: 500, runs: [] };
}
