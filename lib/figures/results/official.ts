/** What the official code reached on our data, for comparison: results/official.json. */
import official from "../../../results/official.json" with { type: "json" };
import type { ReferenceCurve } from "./learning_curves.ts";
import { type Method, methodOf } from "../../results/method.ts";
import { type Table, table } from "../../show/table.ts";

const remi = { objective: { ihn: { beta: 1 }, rr: { lambda: 1 } } };

type OfficialRun = (typeof official.runs)[number];
type OfficialCurve = (typeof official.followed.curves)[number];

/** The official code's valid recall@50 along its trainings, for figure.learningCurves. */
export function officialCurves(): ReferenceCurve[] {
  const ofModel = ({ model }: OfficialCurve) => methodOf({ model });
  const ofRun = ({ method }: OfficialRun) => methodOf(method.startsWith("REMI") ? remi : {});
  return [
    ...official.runs.filter((run) => run.validRecall50.length > 0).map((run) =>
      curveOf(ofRun(run), `official code, seed ${run.seed}`, run.validRecall50)
    ),
    ...official.followed.curves.map((curve) =>
      curveOf(
        ofModel(curve),
        `program after the official code, seed ${curve.seed}`,
        curve.validRecall50,
      )
    ),
  ];
}

function curveOf(method: Method, label: string, points: number[][]): ReferenceCurve {
  return {
    method,
    label,
    points: points.map(([step, recall]) => ({ step: step!, recall: recall! })),
  };
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
