/**
 * What the official code, and a program written after it, reached on our data, for comparison:
 * results/official.json.
 */
import official from "../../../results/official.json" with { type: "json" };
import type { ReferenceCurve } from "./learning_curves.ts";
import { recordedFor } from "../../results/answers.ts";
import { type Method, methodOf } from "../../results/method.ts";
import { withCurves } from "../../results/recorded.ts";
import type { Run } from "../../train/run.ts";
import { type Table, table } from "../../show/table.ts";

const remi = { objective: { ihn: { beta: 1 }, rr: { lambda: 1 } } };

type OfficialRun = (typeof official.runs)[number];

/**
 * Valid recall@50 along trainings by the official code, and by a program written after it, for
 * figure.learningCurves.
 */
export function officialCurves(): ReferenceCurve[] {
  const ofRun = ({ method }: OfficialRun) => methodOf(method.startsWith("REMI") ? remi : {});
  return [
    ...official.runs.filter((run) => run.validRecall50.length > 0).map((run) =>
      curveOf(ofRun(run), `official code, seed ${run.seed}`, run.validRecall50)
    ),
    ...official.followed.curves.map((curve) =>
      curveOf(
        methodOf({ model: curve.model }),
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

/**
 * The recorded runs, with their curves, of the models that the program after the official code
 * trained: those of the main table at its rate, which is not ComiRec-DR's authors'.
 */
export async function runsBesideOfficial(): Promise<Run[]> {
  const models = new Set(official.followed.curves.map(({ model }) => model));
  const ofMain = await recordedFor("main");
  return await withCurves(
    ofMain.filter(({ data, config: { model, learningRate } }) =>
      data.name === official.data && models.has(model) && learningRate === 1e-3
    ),
  );
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
