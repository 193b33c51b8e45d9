/** Negatives against the planted truth: are those that outrank the target things the user likes? */
import { BadInput } from "../base/bad_input.ts";
import { chanceToStop } from "../base/interrupt.ts";
import type { TrainedModel } from "../train/trained_model.ts";
import { drawSample, type SampleSize } from "./sample.ts";
import { userScores, vectorsByUser } from "./scores.ts";
import { requireNearest } from "./selected_interest.ts";

/** Lower bounds of the ranges of max_k x_kj - x_k*+. */
const FROM = [-Infinity, 0, 1, 2] as const;

/** The negatives in a range of margins for the user. */
export interface LikedNegatives {
  /** margins above this, up to the next range's */
  readonly from: number;
  /** their share of all negatives */
  readonly share: number;
  /** of them, those that the selected interest scores below the target; null without any */
  readonly hidden: number | null;
  /** of the hidden ones, those of an interest that the user has; null without any */
  readonly likedOfHidden: number | null;
  /** of those that are not hidden */
  readonly likedOfSeen: number | null;
}

/**
 * Counts the negatives of valid users by their margin for the user, by whether the selection hides
 * them, and by whether they belong to one of the user's planted interests.
 *
 * @param size 300 users and 1,280 negatives unless said otherwise
 * @throws {BadInput} for data without a planted truth, or a training that does not train the
 *                    interest nearest to the target
 */
export async function likedNegatives(
  { dataset, config, engine, parameters }: Pick<
    TrainedModel,
    "dataset" | "config" | "engine" | "parameters"
  >,
  { users = 300, negatives = 1280 }: Partial<SampleSize> = {},
): Promise<LikedNegatives[]> {
  requireNearest({ config }, "likedNegatives");
  const { truth } = dataset;
  if (!truth) {
    throw new BadInput("no planted interests", "data set", dataset.name, "Take synthetic data.");
  }
  const sample = drawSample(dataset, config.L, { users, negatives });
  const { K, interests } = await engine.interests(sample);
  const vectors = vectorsByUser(interests, K, config.d);
  const counts = FROM.map(() => ({ hidden: [0, 0], seen: [0, 0] })); // [not liked, liked]
  let u = 0, total = 0;
  for (const { positives, negatives: x } of userScores(vectors, parameters.table, sample)) {
    await chanceToStop("the analysis of negatives");
    const own = truth.interestsOfUser.valid[sample.users[u]!]!;
    const drawn = sample.negatives.filter((item) => item !== sample.target[u]);
    const positive = Math.max(...positives);
    const selected = x[positives.indexOf(positive)]!;
    drawn.forEach((item, j) => {
      const margin = Math.max(...x.map((scores) => scores[j]!)) - positive;
      const range = counts[FROM.findLastIndex((from) => margin > from)]!;
      const liked = own.includes(truth.interestOfItem[item]!) ? 1 : 0;
      (selected[j]! > positive ? range.seen : range.hidden)[liked]! += 1;
    });
    total += drawn.length;
    u++;
  }
  const likedOf = ([not, liked]: number[]) => not! + liked! > 0 ? liked! / (not! + liked!) : null;
  return counts.map(({ hidden, seen }, i) => {
    const [below, above] = [hidden[0]! + hidden[1]!, seen[0]! + seen[1]!];
    return {
      from: FROM[i]!,
      share: (below + above) / total,
      hidden: below + above > 0 ? below / (below + above) : null,
      likedOfHidden: likedOf(hidden),
      likedOfSeen: likedOf(seen),
    };
  });
}
