/** One user's negatives, as all interests see them and as the selected one does. */
import { drawSample } from "./sample.ts";
import { scoresOf } from "./scores.ts";
import { itemLabel } from "../data/interactions.ts";
import { evaluationCases } from "../evaluate/cases.ts";
import { recordedKeys } from "../train/run.ts";
import type { TrainedModel } from "../train/trained_model.ts";
import type { HiddenNegativesData } from "../figures/easy_negatives/hidden_negatives.ts";

/**
 * The margins of uniform negatives for a test user's first target, for figure.hiddenNegatives.
 *
 * @param user index among the evaluated test users
 * @param n    negatives drawn, those that are the target left out
 */
export async function negativesOf(
  trained: TrainedModel,
  { user, n = 1280 }: { readonly user: number; readonly n?: number },
): Promise<HiddenNegativesData> {
  const { dataset, config, run } = trained;
  const cases = evaluationCases(dataset.test, config.L);
  const { interests } = await trained.interestsOf(cases.seen(user));
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
      `K = ${interests.length}, after ${run.bestStep} steps`,
    runs: recordedKeys([run]),
  };
}
