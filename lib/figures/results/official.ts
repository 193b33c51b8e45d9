/** What the official code reached on our data, for comparison: results/official.json. */
import official from "../../../results/official.json" with { type: "json" };
import type { ReferenceCurve } from "./learning_curves.ts";
import { methodOf } from "../../results/method.ts";
import { type Table, table } from "../../show/table.ts";

const remi = { objective: { ihn: { beta: 1 }, rr: { lambda: 1 } } };

type OfficialRun = (typeof official.runs)[number];

/** The official code's valid recall@50 along its trainings, for figure.learningCurves. */
export function officialCurves(): ReferenceCurve[] {
  return official.runs.filter((run) => run.validRecall50.length > 0).map((run) => ({
    method: methodOf(run.method.startsWith("REMI") ? remi : {}),
    label: `official code, seed ${run.seed}`,
    points: run.validRecall50.map(([step, recall]) => ({ step: step!, recall: recall! })),
  }));
}

/** The official code's test results, a row a run, in %. */
export function officialTable(): Table {
  return table(official.runs.map(rowOf), {
    digits: { "R@20": 2, "HR@20": 2, "R@50": 2, "HR@50": 2 },
    caption: `Official code on ${official.data}, test users, %`,
  });
}

function rowOf({ method, seed, bestStep, steps, test }: OfficialRun) {
  return {
    method,
    seed,
    "R@20": 100 * test[20].recall,
    "HR@20": 100 * test[20].hr,
    "R@50": 100 * test[50].recall,
    "HR@50": 100 * test[50].hr,
    "best step": bestStep,
    steps,
  };
}
