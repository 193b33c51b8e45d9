/** Both kinds of collapse in one picture: how much an interest expresses, how alike they are. */
import { BadInput } from "../../base/bad_input.ts";
import { type Measures, recordedKeys, type Run } from "../../train/run.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { houseLayout, ink } from "../../show/theme.ts";
import { panelEnding } from "../grammar/panels.ts";
import { type MethodRuns, runsByMethod } from "../../compare/group_runs.ts";
import { seedsOfMethods } from "../../compare/spread.ts";
import { measuredUsers } from "../grammar/sample_words.ts";

/** From here on the left of the plane is called collapsed, and its top homogenised. */
const HALF = { expressed: 50, cosine: 0.5 } as const;

/** The share of the height for panels; above it is the name of the first row's. */
const TOP = 0.95;

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
  const panels = byData
    .map((runs) => runs.filter(({ measures }) => measures && placeOf(measures)))
    .filter((runs) => runs.length > 0)
    .map((runs, p): Panel => ({ name: runs[0]!.data.name, groups: runsByMethod(runs), p, runs }));
  if (panels.length === 0) {
    throw new BadInput(
      "no run has measures of both collapses",
      "figure's runs",
      byData.flat().map((run) => run.key).join(", "),
      "Record some with deno task train.",
    );
  }
  const finding = findingOf(panels);
  const about = [
    `${panels.map(({ name }) => name).join(", ")}, means over ${measuredUsers}`,
    `lines: trainings, ${
      seedsOfMethods(panels.flatMap(({ groups }) => groups.map(({ runs }) => runs.length)))
    }`,
    "marks: best steps",
    "grey lines: half of uniform routing, cosine 0.5",
  ].join("\u00a0· ");
  const columns = Math.min(2, panels.length);
  const rows = Math.ceil(panels.length / columns);
  const names = new Set<string>();
  return {
    alt: `${finding}. ${about}.`,
    runs: recordedKeys(panels.flatMap(({ runs }) => runs)),
    data: panels.flatMap((panel) => tracesOf(panel, names)),
    layout: houseLayout({ finding, about, height: 200 + 300 * rows }, {
      hovermode: "closest",
      annotations: panels.flatMap(cornersOf),
      shapes: panels.flatMap(halvesOf),
      ...Object.fromEntries(panels.flatMap(({ p }) => {
        const [left, right] = domain(p % columns, columns, 0.12);
        const [below, above] = domain(rows - 1 - Math.floor(p / columns), rows, 0.24);
        return [
          [`xaxis${panelEnding(p)}`, {
            title: { text: "effective items (% of uniform routing)" },
            range: [0, 104],
            domain: [left, right],
            anchor: `y${panelEnding(p)}`,
          }],
          [`yaxis${panelEnding(p)}`, {
            title: { text: p % columns === 0 ? "cosine of a user's interests" : "" },
            range: [-0.12, 1.1],
            domain: [TOP * below, TOP * above],
            anchor: `x${panelEnding(p)}`,
          }],
        ];
      })),
    }),
  };
}

interface Panel {
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
function findingOf(panels: readonly Panel[]): string {
  const all = panels.flatMap(({ groups }) =>
    groups.map((group) => ({ name: group.style.name, where: whereOf(group) }))
  );
  const clauses = phrases.flatMap(([at, phrase]) => {
    const counts = Map.groupBy(all.filter(({ where }) => where === at), ({ name }) => name);
    const byCount = Map.groupBy([...counts], ([, places]) => places.length);
    const said = [...byCount].map(([n, methods]) =>
      methods.map(([name]) => name).join(" and ") + onDataSets(n, panels.length)
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

function tracesOf({ groups, p }: Panel, names: Set<string>): Trace[] {
  const axes = { xaxis: `x${panelEnding(p)}`, yaxis: `y${panelEnding(p)}` };
  return groups.flatMap(({ style, runs }): Trace[] => {
    const first = !names.has(style.name);
    names.add(style.name);
    const shared = { type: "scatter", legendgroup: style.name, ...axes };
    const paths = runs.map(({ curve, seed }): Trace => {
      const points = curve.flatMap(({ step, measures }) => {
        const place = measures && placeOf(measures);
        return place ? [{ step, ...place }] : [];
      });
      return {
        ...shared,
        mode: "lines",
        x: points.map(({ expressed }) => expressed),
        y: points.map(({ cosine }) => cosine),
        customdata: points.map(({ step }) => step),
        line: { color: style.colour, width: 1.5 },
        opacity: 0.55,
        showlegend: false,
        hovertemplate: `${style.name}, seed ${seed}<br>step %{customdata:,}<br>` + said,
      };
    });
    const best = runs.map(({ measures }) => placeOf(measures!)!);
    return [...paths, {
      ...shared,
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
      showlegend: first,
      legendrank: 1000 + style.rank,
      hovertemplate: `${style.name}, seed %{customdata}, best step<br>` + said,
    }];
  });
}

const said = "%{x:.1f} % of uniform<br>cosine %{y:.2f}<extra></extra>";

/** The name above a panel, and what its corners mean. */
function cornersOf({ name, p }: Panel): object[] {
  const at = (x: number, y: number, text: string, xanchor: string, size: number, dy = 0) => ({
    xref: `x${panelEnding(p)} domain`,
    yref: `y${panelEnding(p)} domain`,
    x,
    y,
    yshift: dy,
    text,
    xanchor,
    yanchor: y < 0.5 ? "bottom" : "top",
    showarrow: false,
    align: xanchor,
    font: { size, color: size > 12 ? ink.text : ink.muted },
  });
  return [
    at(0, 1, `<b>${name}</b>`, "left", 14, 24),
    at(0.02, 0.99, "few items, alike", "left", 12),
    at(0.98, 0.99, "many items, alike", "right", 12),
    at(0.02, 0.01, "few items, different", "left", 12),
    at(0.98, 0.01, "many items, different", "right", 12),
  ];
}

function halvesOf({ p }: Panel): object[] {
  const [x, y] = [`x${panelEnding(p)}`, `y${panelEnding(p)}`];
  const line = { color: ink.axis, width: 1, dash: "dot" };
  const { expressed, cosine } = HALF;
  return [
    {
      type: "line",
      xref: x,
      x0: expressed,
      x1: expressed,
      yref: `${y} domain`,
      y0: 0,
      y1: 1,
      line,
    },
    { type: "line", yref: y, y0: cosine, y1: cosine, xref: `${x} domain`, x0: 0, x1: 1, line },
  ];
}

function domain(place: number, count: number, gap: number): [number, number] {
  const size = (1 - gap * (count - 1)) / count;
  return [place * (size + gap), Math.min(1, place * (size + gap) + size)];
}
