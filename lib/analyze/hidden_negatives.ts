/** One user's negatives, as all interests see them and as the selected one does. */
import { counted } from "../base/counted.ts";
import { drawSample } from "./sample.ts";
import { scoresOf } from "./scores.ts";
import { requireNearest } from "./selected_interest.ts";
import { itemLabel } from "../data/interactions.ts";
import { evaluationCases } from "../evaluate/cases.ts";
import { aboutUser } from "../train/one_history.ts";
import { recordedKeys } from "../train/run.ts";
import type { TrainedModel } from "../train/trained_model.ts";

/** A negative as the user and as the selected interest see it. */
export interface SeenNegative {
  /** the item in words */
  readonly label: string;
  /** the interest that scores it highest, from 0 */
  readonly interest: number;
  /** max_k x_kj - x_+ */
  readonly ofUser: number;
  /** x_k*j - x_+ of the selected interest k*; at most ofUser */
  readonly ofSelected: number;
}

/** What the figure is drawn from. */
export interface HiddenNegativesData {
  readonly negatives: readonly SeenNegative[];
  /** the selected interest, from 0 */
  readonly selected: number;
  /** number of interests */
  readonly K: number;
  /** who and by what, e.g. "synthetic, test user 7, K = 4" */
  readonly about: string;
  /** keys of the runs behind the numbers */
  readonly runs?: readonly string[];
}

/**
 * The margins of uniform negatives for a test user's first target, for figure.hiddenNegatives.
 *
 * @param user index among the evaluated test users
 * @param n    negatives drawn, those that are the target left out
 * @throws {BadInput} for a training that does not train the interest nearest to the target
 */
export async function negativesOf(
  trained: TrainedModel,
  { user, n = 1280 }: { readonly user: number; readonly n?: number },
): Promise<HiddenNegativesData> {
  const { dataset, config, run } = trained;
  requireNearest({ config }, "negativesOf");
  const cases = evaluationCases(dataset.test, config.L);
  const { interests } = await trained.interestsOf(
    cases.seen(user),
    aboutUser(dataset, dataset.test, cases.users[user]!, cases.seen(user).length),
  );
  const target = cases.targets(user)[0]!;
  const planted = dataset.truth?.interestsOfUser.test[cases.users[user]!];
  const scores = (item: number) => {
    const row = Float64Array.from(trained.embedding(item)); // [1, d]
    return interests.map((v) => scoresOf(v, row)[0]!); // [K]
  };
  const positives = scores(target);
  const positive = Math.max(...positives);
  const selected = positives.indexOf(positive);
  const { negatives } = drawSample(dataset, config.L, { users: 1, negatives: n });
  return {
    negatives: [...negatives].filter((item) => item !== target).map((item) => {
      const x = scores(item);
      const greatest = Math.max(...x);
      return {
        label: itemLabel(dataset, item),
        interest: x.indexOf(greatest),
        ofUser: greatest - positive,
        ofSelected: x[selected]! - positive,
      };
    }),
    selected,
    K: interests.length,
    about: `${dataset.name}, test user ${user}` +
      (planted ? ` with planted interests ${[...planted].join(", ")}, ` : ", ") +
      `target ${itemLabel(dataset, target)}, ` +
      `K = ${interests.length}, after ${counted(run.bestStep, "step")}`,
    runs: recordedKeys([run]),
  };
}
