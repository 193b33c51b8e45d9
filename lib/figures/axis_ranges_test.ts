/** No figure draws a point, or the end of a whisker, outside of an axis whose ends are set. */
import assert from "node:assert/strict";
import { resultsPath } from "../base/files.ts";
import type { Figure } from "../show/figure.ts";
import { everyFigure } from "../testing/every_figure.ts";
import { exampleCollapse } from "../testing/example_collapses.ts";
import { exampleError, exampleEstimate } from "../testing/example_hardness.ts";
import { exampleInterests, exampleMargins, exampleShares } from "../testing/example_negatives.ts";
import { exampleLambdas } from "../testing/example_penalties.ts";
import { testPublished } from "../testing/test_published.ts";
import { toy } from "../analyze/toy/toy_user.ts";
import type { Measures, Run } from "../train/run.ts";
import { figure } from "./mod.ts";

type Keys = Readonly<Record<string, unknown>>;
type Drawn = Pick<Figure, "data" | "layout" | "frames">;

/** What may lie outside, and why. */
const meant: Readonly<Record<string, string>> = {
  margins: "bins with next to no negatives are left out at the ends",
  penaltyPadding: "a push on its way to 0, on a logarithmic axis",
  routingOverTraining: "a menu moves the axes to one user after another",
};
/** The same of published files. */
const MEANT = /margins/;

/** The numbers of a trace along an axis, with the ends of its whiskers. */
function* numbersOf(trace: Keys, along: "x" | "y"): Generator<number> {
  const values = trace[along];
  if (!Array.isArray(values) && !ArrayBuffer.isView(values)) return;
  const { array, arrayminus = array } = (trace[`error_${along}`] ?? {}) as Record<string, number[]>;
  for (const [i, value] of Array.from(values as ArrayLike<unknown>).entries()) {
    if (typeof value !== "number" || Number.isNaN(value)) continue;
    yield* [value, value + (array?.[i] ?? 0), value - (arrayminus?.[i] ?? 0)];
  }
}

/** Axes and their numbers outside. */
function outside({ data, layout, frames }: Drawn): string[] {
  const states = [{ data, layout: {} as Keys }, ...(frames ?? []) as Drawn[]];
  return states.flatMap((state) =>
    (state.data as readonly Keys[]).flatMap((trace) =>
      (["x", "y"] as const).flatMap((along) => {
        const name = `${along}axis${String(trace[`${along}axis`] ?? along).slice(1)}`;
        const axis = { ...(layout[name] ?? {}) as Keys, ...(state.layout?.[name] ?? {}) as Keys };
        if (!Array.isArray(axis.range) || axis.type === "category") return [];
        const [low, high] = (axis.range as number[]).toSorted((a, b) => a - b) as [number, number];
        const isOut = (at: number) => at < low - 1e-9 || at > high + 1e-9;
        return [...numbersOf(trace, along)]
          .filter((value) => axis.type === "log" ? isOut(Math.log10(value)) : isOut(value))
          .filter((value) => axis.type !== "log" || value > 0)
          .map((value) => `${name}: ${value}`);
      })
    )
  );
}

for (const [name, make] of Object.entries(everyFigure)) {
  if (name in meant) continue;
  Deno.test(`${name} draws nothing outside of its axes`, async () => {
    assert.deepEqual(outside(await make()), []);
  });
}

await testPublished("no published figure draws outside of its axes", ["results/figures"], () => {
  const files = [...Deno.readDirSync(resultsPath("figures"))].map(({ name }) => name)
    .filter((name) => name.endsWith(".json") && !MEANT.test(name));
  assert.ok(files.length > 50);
  for (const file of files) {
    const drawn = JSON.parse(Deno.readTextFileSync(resultsPath("figures", file)));
    assert.deepEqual(outside(drawn), [], file);
  }
});

/** The run with other measures everywhere, and others at its best step. */
function measured(run: Run, everywhere: Measures, best: Measures = everywhere): Run {
  const curve = run.curve.map((point) => ({
    ...point,
    measures: { ...point.measures, ...everywhere },
  }));
  return { ...run, curve, measures: { ...run.measures, ...best } };
}

/** Figures of values that none of the usual ranges has. */
const extremes: Readonly<Record<string, () => Figure | Promise<Figure>>> = {
  hardAndEasy: () =>
    figure.hardAndEasy(
      exampleInterests.map((run) => measured(run, { "hard-for-user-easy-for-selected": 0.9 })),
    ),
  outranked: () =>
    figure.outranked(exampleMargins.map((recorded) => ({
      ...recorded,
      snapshots: recorded.snapshots.map((snapshot) => ({
        ...snapshot,
        margins: { ...snapshot.margins, userMax: [1, 4, 95, 0] },
      })),
    }))),
  collapsePlane: () =>
    figure.collapsePlane([
      exampleCollapse.map((run) => measured(run, { "interest-cosine": -0.5 })),
    ]),
  lambdaPlane: () =>
    figure.lambdaPlane(
      exampleLambdas.map((run) => measured(run, { "interest-cosine": -0.6 }, run.measures)),
    ),
  gradientShares: () =>
    figure.gradientShares({
      ...exampleShares,
      byK: exampleShares.byK.map(({ K, shares }) => {
        const more = { ...shares, negatives: shares.negatives.with(0, 1e-4) };
        return { K, shares: more };
      }),
    }),
  negativesEstimate: () => {
    const { study, ...rest } = exampleEstimate();
    const higher = study.map((of) => ({
      ...of,
      points: of.points.map((point) => ({ ...point, high: 30, mean: 40 })),
    }));
    return figure.negativesEstimate({ ...rest, study: higher });
  },
  estimateError: () => {
    const { studies, ...rest } = exampleError();
    const wider = studies.map((ofUser) =>
      ofUser.map((of) => ({
        ...of,
        points: of.points.map((point) => ({
          ...point,
          sd: 40,
          bias: -1e-6,
          biasError: 1e-9,
          firstOrder: { bias: -50, sd: 1e-5 },
        })),
      }))
    );
    return figure.estimateError({ ...rest, studies: wider });
  },
  toyRouting: () => {
    const H = toy.history.map(({ vector }) => vector.map((value) => 3 * value));
    return figure.toyRouting([{ step: 0, A: toy.A, H }, { step: 9, A: toy.A }]);
  },
};

for (const [name, make] of Object.entries(extremes)) {
  Deno.test(`${name} draws what its usual axes do not have`, async () => {
    assert.deepEqual(outside(await make()), []);
  });
}
