/** Made-up rows of the main table and comparisons, of the made-up runs. */
import type { Asked } from "../compare/asked_rows.ts";
import { byQuantity, type Contrast, TESTED, type TestedContrast } from "../compare/contrasts.ts";
import { entryOf, quantityOf } from "../compare/entries.ts";
import { studentInterval } from "../compare/significance.ts";
import { pairedVerdict } from "../compare/verdict.ts";
import type { MainResults } from "../figures/main_results/main_results.ts";
import { methodOf } from "../results/method.ts";
import { exampleRuns } from "./example_runs.ts";

/** The four variants of ComiRec-SA, a seed of the last missing. */
const rows: readonly Asked[] = [0, 1, 2, 3].map((variant): Asked => {
  const runs = exampleRuns.filter((_, i) => i % 4 === variant).slice(0, variant === 3 ? 2 : 3)
    .map((run) => ({ ...run, curve: [] }));
  const { config, data } = runs[0]!;
  const method = methodOf(config);
  return { data: data.name, config, method, name: method.name, declared: 3, runs };
});

/** One data set's standings: by mean, and nothing told apart. */
export const exampleMain: readonly MainResults[] = [{
  question: "main",
  data: rows[0]!.data,
  rows,
  paper: { source: "", numbers: [] },
  standings: byQuantity(TESTED.map((quantity) => {
    const entries = rows.map(({ runs }) => entryOf(runs, quantity)!);
    return rows.map((row, i) => ({
      row,
      entry: entries[i]!,
      rank: 1 + entries.filter(({ mean }) => mean > entries[i]!.mean).length,
      open: [1, rows.length] as const,
      best: false,
    }));
  })),
}];

function tested(contrast: Contrast): TestedContrast {
  const { from, to } = contrast;
  return {
    ...contrast,
    tests: byQuantity(TESTED.map((quantity) => {
      const of = quantityOf(quantity);
      const gains = to.runs.map((run, i) => of(run)! - of(from.runs[i]!)!);
      const evidence = { gains, overSeeds: studentInterval(gains), overUsers: null };
      return {
        data: from.data,
        quantity,
        seeds: to.runs.map(({ seed }) => seed),
        runs: [...from.runs, ...to.runs].map(({ key }) => key),
        ...evidence,
        verdict: pairedVerdict(evidence),
      };
    })),
  };
}

/** IHN, RR and both added to ComiRec-SA, the last with too few seeds. */
export const exampleContrasts: readonly TestedContrast[] = ["IHN", "RR", "IHN and RR"].map(
  (added, i) =>
    tested({ added, label: `${added} to ${rows[0]!.name}`, from: rows[0]!, to: rows[i + 1]! }),
);
