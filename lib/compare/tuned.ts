/** The baselines at other learning rates: each method at the rate that its valid users choose. */
import { resultsPath } from "../base/files.ts";
import { mean } from "../base/statistics.ts";
import { type Asked, askedBy } from "./asked_rows.ts";
import { type Contrast, testContrasts, type TestedContrast } from "./contrasts.ts";
import { inHouseOrder } from "../results/method.ts";

/** Which rates two methods are compared at. */
export const [USUAL_RATE, OWN_RATE] = ["both at the usual rate", "each at its own rate"] as const;

/** A method on one data set, at several learning rates. */
export interface Tuned {
  readonly data: string;
  /** the method's name, without a rate */
  readonly name: string;
  /** ascending in the rate, whether recorded or not */
  readonly rates: readonly Asked[];
  /** of two recorded rates or more that with the highest mean recall@50 of the valid users */
  readonly chosen?: Asked;
}

/** What is tuned on the data sets where it is asked for. */
export async function tunedMethods(folder: string = resultsPath()): Promise<Tuned[]> {
  const byData = Map.groupBy(await askedBy("tuned", folder), ({ data }) => data);
  const rows = [...byData.values()].flatMap((its) => inHouseOrder(its, ({ config }) => config));
  const groups = Map.groupBy(rows, ({ data, method }) => `${data} ${method.name}`);
  return [...groups.values()].map((group) => {
    const rates = group.toSorted((a, b) => a.config.learningRate - b.config.learningRate);
    const recorded = rates.filter(({ runs }) => runs.length > 0);
    const [best] = recorded.toSorted((a, b) => validRecall(b) - validRecall(a));
    const chosen = recorded.length > 1 ? best : undefined;
    const { data, method: { name } } = group[0]!;
    return { data, name, rates, ...chosen && { chosen } };
  });
}

function validRecall({ runs }: Asked): number {
  return mean(runs.map(({ valid }) => valid[50]!.recall));
}

/**
 * REMI against each baseline of its data set, twice: both at the usual rate, and each at its own
 * chosen one.
 *
 * @throws {BadInput} as {@linkcode testContrasts}
 */
export async function tunedContrasts(
  methods: readonly Tuned[],
  folder: string = resultsPath(),
): Promise<TestedContrast[]> {
  const usual = ({ rates }: Tuned) => rates.find(({ name, method }) => name === method.name)!;
  const contrasts = methods.filter(({ name }) => name === "REMI").flatMap((remi) => {
    const baselines = methods.filter(({ data, name }) => data === remi.data && name !== remi.name);
    return baselines.flatMap((baseline) => {
      const at = (added: string, of: (tuned: Tuned) => Asked): Contrast => ({
        added,
        label: `REMI over ${baseline.name}, ${added}`,
        from: of(baseline),
        to: of(remi),
      });
      return [
        at(USUAL_RATE, usual),
        at(OWN_RATE, (tuned) => tuned.chosen ?? { ...usual(tuned), runs: [] }),
      ];
    });
  });
  return await testContrasts(contrasts, folder);
}
