/** Both kinds of collapse in one picture: how much an interest expresses, how alike they are. */
import { BadInput } from "../../base/bad_input.ts";
import { type Measures, recordedKeys, type Run } from "../../train/run.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { ink } from "../../show/theme.ts";
import { axis, covering } from "../grammar/axes.ts";
import { draw, type Keys } from "../grammar/drawing.ts";
import { line, note, rule, said } from "../grammar/marks.ts";
import { inOneLegend, on, panelEnding, panels, panelTitle, within } from "../grammar/panels.ts";
import { type MethodRuns, runsByMethod } from "../../compare/group_runs.ts";
import { seedsOfMethods } from "../../compare/spread.ts";
import { measuredUsersOf } from "../grammar/sample_words.ts";

/** From here on the left of the plane is called collapsed, and its top homogenised. */
const HALF = { expressed: 50, cosine: 0.5 } as const;

/** A place in the plane of both collapses. */
export interface Place {
  /** effective items of an interest, % of what uniform routing of the same histories gives */
  readonly expressed: number;
  /** mean cosine of two interests of a user */
  readonly cosine: number;
}

/**
 * The two collapses against each other, a panel a data set. To the right: the effective items of an
 * interest, in % of uniform routing. Upwards: the cosine of a user's interests. Thin lines are
 * trainings, from their first evaluation on, a line a seed; marks are best steps. Interests that
 * express few items stand at the left, interests that are all alike at the top.
 *
 * @param byData runs of one data set each; those without measures are left out
 * @throws {BadInput} for no runs with measures, several settings of one method, or one of its seeds
 *                    twice
 */
export function collapsePlane(byData: readonly (readonly Run[])[]): Figure {
  const planes = byData
    .map((runs) => runs.filter(({ measures }) => measures && placeOf(measures)))
    .filter((runs) => runs.length > 0)
    .map((runs, p): Plane => ({ name: runs[0]!.data.name, groups: runsByMethod(runs), p, runs }));
  if (planes.length === 0) {
    throw new BadInput(
      "no run has measures of both collapses",
      "figure's runs",
      byData.flat().map((run) => run.key).join(", "),
      "Record some with deno task train.",
    );
  }
  const cosines = planes.flatMap(({ runs }) =>
    runs.flatMap((run) =>
      [run, ...run.curve].flatMap(({ measures }) => {
        const place = measures && placeOf(measures);
        return place ? [place.cosine] : [];
      })
    )
  );
  const seeds = planes.flatMap(({ groups }) => groups.map(({ runs }) => runs.length));
  const rows = Math.ceil(planes.length / 2);
  return draw({
    finding: findingOf(planes),
    about: [
      `${planes.map(({ name }) => name).join(", ")}, means over ${
        measuredUsersOf(planes.flatMap(({ runs }) => runs))
      }`,
      `lines: trainings, ${seedsOfMethods(seeds)}`,
      "marks: best steps",
      "grey lines: half of uniform routing, cosine 0.5",
    ],
    runs: recordedKeys(planes.flatMap(({ runs }) => runs)),
    height: 200 + 300 * rows,
    data: inOneLegend(planes.flatMap(tracesOf)),
    layout: {
      hovermode: "closest",
      annotations: planes.flatMap(cornersOf),
      shapes: planes.flatMap(({ p }) => [
        rule({ x: HALF.expressed }, { ending: panelEnding(p) }),
        rule({ y: HALF.cosine }, { ending: panelEnding(p) }),
      ]),
      ...panels(
        planes.map(({ p }) => ({
          x: axis("effective items<br>(% of uniform routing)", { range: [0, 104] }),
          y: axis(p % 2 === 0 ? "cosine of a user's interests" : "", {
            range: covering([-0.24, 1.24], cosines),
            dtick: 0.2,
          }),
        })),
        { xgap: 0.12, ygap: 0.28, height: TOP },
      ),
    },
  });
}

/** The share of the height for panels; above it is the name of the first row's. */
const TOP = 0.95;

interface Plane {
  readonly name: string;
  readonly groups: readonly MethodRuns[];
  readonly runs: readonly Run[];
  readonly p: number;
}

/** Where a run's measures stand in the plane; null if it lacks some of them. */
export function placeOf(measures: Measures): Place | null {
  const [items, uniform, cosine] = [
    measures["effective-items"],
    measures["effective-items-uniform"],
    measures["interest-cosine"],
  ];
  if (items === undefined || uniform === undefined || cosine === undefined) return null;
  return { expressed: 100 * items / uniform, cosine };
}

type Where = "single" | "alike" | "neither" | "both" | "undecided";

/** Where all seeds of a method stand at their best steps, if they agree. */
function whereOf({ runs }: MethodRuns): Where {
  const places = runs.map(({ measures }) => placeOf(measures!)!);
  const agree = (values: readonly boolean[]) => new Set(values).size === 1;
  const single = places.map(({ expressed }) => expressed < HALF.expressed);
  const alike = places.map(({ cosine }) => cosine > HALF.cosine);
  if (!agree(single) || !agree(alike)) return "undecided";
  if (single[0]) return alike[0] ? "both" : "single";
  return alike[0] ? "alike" : "neither";
}

const phrases: readonly (readonly [Where, string])[] = [
  ["single", "few items an interest"],
  ["alike", "interests that are alike"],
  ["both", "few items, and the same ones"],
  ["neither", "many items that differ"],
  ["undecided", "seeds differ"],
];

/** Which methods stand where, on how many data sets; and whether any has neither collapse. */
function findingOf(planes: readonly Plane[]): string {
  const all = planes.flatMap(({ groups }) =>
    groups.map((group) => ({ name: group.style.name, where: whereOf(group) }))
  );
  const clauses = phrases.flatMap(([at, phrase]) => {
    const counts = Map.groupBy(all.filter(({ where }) => where === at), ({ name }) => name);
    const byCount = Map.groupBy([...counts], ([, places]) => places.length);
    const said = [...byCount].map(([n, methods]) =>
      methods.map(([name]) => name).join(" and ") + onDataSets(n, planes.length)
    );
    if (said.length === 0) return at === "neither" ? [`${phrase}: none`] : [];
    return [`${phrase}: ${said.join(", ")}`];
  });
  const finding = clauses.join("; ");
  return finding[0]!.toUpperCase() + finding.slice(1);
}

/** " on 3 of 4 data sets", and nothing if there is one. */
function onDataSets(n: number, total: number): string {
  if (total === 1) return "";
  return n === total ? ` on all ${total} data sets` : ` on ${n} of ${total}`;
}

function tracesOf({ groups, p }: Plane): Trace[] {
  return groups.flatMap(({ style, runs }): Trace[] => {
    const shared = { legendgroup: style.name, ...on(p) };
    const paths = runs.map(({ curve, seed }) => {
      const points = curve.flatMap(({ step, measures }) => {
        const place = measures && placeOf(measures);
        return place ? [{ step, ...place }] : [];
      });
      return line(points.map((at) => at.expressed), points.map((at) => at.cosine), {
        colour: style.colour,
      }, {
        hover: `${style.name}, seed ${seed}<br>step %{customdata:,}<br>${PLACE}`,
        width: 1.5,
        own: { ...shared, customdata: points.map(({ step }) => step), opacity: 0.55 },
      });
    });
    const best = runs.map(({ measures }) => placeOf(measures!)!);
    return [...paths, {
      type: "scatter",
      mode: "markers",
      name: style.name,
      x: best.map(({ expressed }) => expressed),
      y: best.map(({ cosine }) => cosine),
      customdata: runs.map(({ seed }) => seed),
      marker: {
        symbol: style.symbol,
        size: 13,
        color: style.colour,
        line: { color: "#ffffff", width: 1 },
      },
      legendrank: 1000 + style.rank,
      ...said(`${style.name}, seed %{customdata}, best step<br>${PLACE}`),
      ...shared,
    }];
  });
}

const PLACE = "%{x:.1f} % of uniform<br>cosine %{y:.2f}";

/** The name above a panel, and what its corners mean. */
function cornersOf({ name, p }: Plane): Keys[] {
  const at = (x: number, y: number, text: string) =>
    note(
      text,
      {
        ...within(p),
        x,
        y,
        xanchor: x < 0.5 ? "left" : "right",
        yanchor: y < 0.5 ? "bottom" : "top",
      },
      ink.muted,
      12,
    );
  return [
    panelTitle(name, p),
    at(0.02, 1, "few items,<br>alike"),
    at(0.98, 1, "many items,<br>alike"),
    at(0.02, 0.01, "few items,<br>different"),
    at(0.98, 0.01, "many items,<br>different"),
  ];
}
