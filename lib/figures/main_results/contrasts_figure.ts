/** What is added to a method: gains of recall by comparison, and whether the rule tells them. */
import { TESTED, type TestedContrast } from "../../compare/contrasts.ts";
import type { PairedTest } from "../../compare/paired_tests.ts";
import { spreadOf } from "../../compare/spread.ts";
import { type Method, methodOf } from "../../results/method.ts";
import { BadInput } from "../../base/bad_input.ts";
import { cutShort } from "../../train/run.ts";
import { signed } from "../../base/signed.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { literal } from "../../show/literal.ts";
import { ink } from "../../show/theme.ts";
import { axis, labelRoom } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { note, said, whiskers } from "../grammar/marks.ts";
import { inOneLegend, on, panels } from "../grammar/panels.ts";

const quantities = ["R@20", "R@50"] as const satisfies readonly (typeof TESTED)[number][];

type Look = Pick<Method, "colour" | "symbol">;

/** How the fixes look, which are also the additions that a title puts first. */
const styles: Readonly<Record<string, Look>> = {
  "RR": methodOf({ objective: { rr: { lambda: 1 } } }),
  "IHN": methodOf({ objective: { ihn: { beta: 1 } } }),
  "IHN and RR": methodOf({ objective: { ihn: { beta: 1 }, rr: { lambda: 1 } } }),
};

const other: Look = { colour: ink.muted, symbol: "x" };

/**
 * A row a comparison: the mean gain of recall@20 (left) and recall@50 (right), whiskers from the
 * least to the greatest seed. Full marks are told from 0 by the paired rule, open ones are not, or
 * have too few seeds. Comparisons without a common seed are left out.
 *
 * @throws {BadInput} if none has a common seed
 */
export function contrastsFigure(contrasts: readonly TestedContrast[]): Figure {
  const there = contrasts.filter(({ tests }) => tests["R@50"] !== null);
  if (there.length === 0) {
    const remedy = "deno task sweep --list says what is missing.";
    throw new BadInput("no two recorded runs of one seed", "comparisons", "none", remedy);
  }
  const names = [...new Set(there.map(({ from }) => from.data))];
  const rows = there.map((contrast, i) => ({
    contrast,
    place: i + 0.8 * names.indexOf(contrast.from.data), // a gap between data sets
  }));
  const places = rows.map(({ place }) => place);
  const runs = [...new Set(there.flatMap(({ tests }) => tests["R@50"]!.runs))];
  return draw({
    finding: findingOf(there),
    about: [
      "test users",
      "full: told from 0 by the paired rule",
      "whiskers: all seeds",
      ...names.map((data) => cutInWords(data, there)),
      there.length < contrasts.length &&
      `${there.length} of ${contrasts.length} comparisons so far`,
    ],
    more: there.map((contrast) => inNumbers(contrast)).join("; ") + ".",
    runs,
    height: Math.max(290, 150 + 27 * (places.at(-1)! + 1)), // two lines of small print in the least
    data: inOneLegend(
      quantities.flatMap((quantity, panel) =>
        [...looksOf(there)].flatMap(([added, look]) =>
          tracesOf(rows.filter(({ contrast }) => contrast.added === added), quantity, panel, look)
        )
      ),
    ),
    layout: {
      hovermode: "closest",
      margin: { l: labelRoom(there.map(({ label }) => label.slice(0, 44))), r: 20 },
      ...panels(quantities.map((quantity, panel) => ({
        x: axis(`gain of ${quantity}<br>(points)`, {
          domain: panel === 0 ? [0, 0.47] : [0.53, 1],
          zeroline: true,
          zerolinecolor: ink.axis,
          zerolinewidth: 1.5,
        }),
        y: {
          tickmode: "array",
          tickvals: places,
          ticktext: there.map((contrast) => literal(contrast.label, 44)),
          range: [places.at(-1)! + 0.6, -1.1],
          showticklabels: panel === 0,
          ticks: "",
          showgrid: false,
        },
      }))),
      annotations: names.map((data) =>
        note(`<b>${literal(data, 28)}</b>`, {
          xref: "paper",
          x: 0,
          xanchor: "right",
          xshift: -8,
          y: rows.find(({ contrast }) => contrast.from.data === data)!.place - 0.75,
        })
      ),
    },
  });
}

/** "synthetic: capped"; null where early stopping ended all trainings of a data set. */
function cutInWords(data: string, contrasts: readonly TestedContrast[]): string | null {
  const its = contrasts.filter(({ from }) => from.data === data);
  const cut = cutShort(its.flatMap(({ from, to }) => [...from.runs, ...to.runs]));
  return cut && `${data}: ${cut}`;
}

type PlacedRow = { readonly contrast: TestedContrast; readonly place: number };

function isTold({ verdict }: PairedTest): boolean {
  return verdict === "higher" || verdict === "lower";
}

function tracesOf(
  rows: readonly PlacedRow[],
  quantity: (typeof quantities)[number],
  panel: number,
  { colour, symbol }: Look,
): Trace[] {
  const tests = rows.map(({ contrast }) => contrast.tests[quantity]!);
  const spreads = tests.map(({ gains }) => spreadOf(gains));
  const { added, to } = rows[0]!.contrast;
  const name = to.method.name === added ? added : `+ ${added}`;
  const inLegend = {
    type: "scatter",
    mode: "markers",
    name,
    x: [null],
    y: [null],
    marker: { symbol, size: 11, color: colour },
    ...on(panel),
  };
  return [inLegend, {
    type: "scatter",
    mode: "markers",
    x: spreads.map(({ mean }) => mean),
    y: rows.map(({ place }) => place),
    error_x: { ...whiskers(spreads), color: colour, thickness: 2, width: 5 },
    marker: {
      symbol,
      size: 11,
      color: tests.map((test) => isTold(test) ? colour : "#ffffff"),
      line: { color: colour, width: 2 },
    },
    text: tests.map((test, i) =>
      `${literal(`${rows[i]!.contrast.label}, ${test.data}`)}<br>` +
      `${signed(test.overSeeds.mean)} points of ${quantity}, ${test.seeds.length} seeds: ` +
      test.verdict
    ),
    showlegend: false,
    ...said("%{text}", name),
    ...on(panel),
  }];
}

/** The look of every addition; none looks like a fix that the figure has, too. */
function looksOf(contrasts: readonly TestedContrast[]): Map<string, Look> {
  const groups = Map.groupBy(contrasts, ({ added }) => added);
  const fixes = [...groups.keys()].flatMap((added) => styles[added] ?? []);
  const look = (added: string): Look => {
    const leadTo = methodOfAll(groups.get(added)!);
    const taken = fixes.some(({ colour }) => colour === leadTo?.colour);
    return styles[added] ?? (leadTo && !taken ? leadTo : other);
  };
  return new Map([...groups.keys()].map((added) => [added, look(added)]));
}

/** What all of them lead to, if that is one method. */
function methodOfAll(contrasts: readonly TestedContrast[]): Method | null {
  const methods = contrasts.map(({ to }) => to.method);
  return methods.every(({ name }) => name === methods[0]!.name) ? methods[0]! : null;
}

/**
 * "Comparisons with higher recall@50: RR in 8 of 8, BaM in 1 of 2", of those with enough seeds, for
 * all that is added; without a fix among them "Of 6 comparisons recall@20: 0 higher, 3 lower; @50:
 * 1 higher, 2 lower". How many have too few seeds is said in either.
 */
function findingOf(contrasts: readonly TestedContrast[]): string {
  const judged = contrasts.filter(({ tests }) => tests["R@50"]!.verdict !== "too few seeds");
  const count = (
    some: readonly TestedContrast[],
    verdict: PairedTest["verdict"],
    quantity: (typeof quantities)[number] = "R@50",
  ) => some.filter(({ tests }) => tests[quantity]!.verdict === verdict).length;
  if (judged.length === 0) return "Gains of recall@50: too few seeds to judge";
  const groups = Map.groupBy(judged, ({ added }) => added);
  const fixes = Object.keys(styles).filter((added) => groups.has(added));
  const few = contrasts.length - judged.length;
  const rest = few > 0 ? `; ${few} more with too few seeds` : "";
  if (fixes.length === 0) {
    const [at20, at50] = quantities.map((quantity) =>
      `${count(judged, "higher", quantity)} higher, ${count(judged, "lower", quantity)} lower`
    );
    return `Of ${judged.length} comparisons recall@20: ${at20}; @50: ${at50}${rest}`;
  }
  const others = [...groups.keys()].filter((added) => !fixes.includes(added));
  const counted = [...fixes, ...others].map((added) => {
    const its = groups.get(added)!;
    const name = added === "IHN and RR" ? "both" : added;
    return `${name} in ${count(its, "higher")} of ${its.length}`;
  });
  return `Comparisons with higher recall@50: ${counted.join(", ")}${rest}`;
}

function inNumbers(contrast: TestedContrast): string {
  const of = (quantity: (typeof quantities)[number]) => {
    const { overSeeds, verdict } = contrast.tests[quantity]!;
    return `${signed(overSeeds.mean)} points of ${quantity} (${verdict})`;
  };
  return `${contrast.label} on ${contrast.from.data}: ${quantities.map(of).join(", ")}`;
}
