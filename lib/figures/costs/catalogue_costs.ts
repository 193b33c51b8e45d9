/** What a step takes against the size of the catalogue, from the record of `bench steps`. */
import { BadInput } from "../../base/bad_input.ts";
import type { BenchRecord, Measurement } from "../../bench/record.ts";
import type { Figure } from "../../show/figure.ts";
import { grouped } from "../../show/theme.ts";
import { logAxis } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { styleOf } from "../grammar/styles.ts";
import { line } from "../grammar/marks.ts";
import { clockInWords, haveOneThread, timeOf } from "./clocks.ts";

/** "fused, 368k items" and the like. */
const NAMED = /^(.+), (\d+)(k|M) items$/;

/** A step's time with one catalogue. */
interface Point {
  readonly who: string;
  readonly items: number;
  readonly ms: number;
  readonly measured: Measurement;
}

/**
 * Lines of who was measured with two catalogues or more: milliseconds a step against items.
 *
 * @throws {BadInput} for a record without any
 */
export function catalogueCosts({ measurements, about, machine, date }: BenchRecord): Figure {
  const points = measurements.flatMap((measured): Point[] => {
    const [, who, count, unit] = measured.name.match(NAMED) ?? [];
    if (who === undefined) return [];
    const items = Number(count) * (unit === "k" ? 1e3 : 1e6);
    return [{ who, items, ms: timeOf(measured).median, measured }];
  });
  const lines = [...Map.groupBy(points, ({ who }) => who)]
    .map(([who, its]) => ({ who, its: its.toSorted((a, b) => a.items - b.items) }))
    .filter(({ its }) => its.length > 1);
  if (lines.length === 0) {
    const remedy = "Pass one of deno task bench steps.";
    throw new BadInput("no two catalogues in it", "record", about, remedy);
  }
  const shown = lines.flatMap(({ its }) => its.map(({ measured }) => measured));
  const growth = ({ its }: typeof lines[number]) => its.at(-1)!.ms / its[0]!.ms;
  const inWords = (one: typeof lines[number]) =>
    `${one.who} ×${growth(one).toFixed(2)} from ${grouped(one.its[0]!.items)} to ` +
    `${grouped(one.its.at(-1)!.items)} items`;
  return draw({
    finding: `A step's time: ${inWords(lines[0]!)}`,
    about: [
      about,
      clockInWords(shown) + (haveOneThread(shown) ? ", one thread" : ""),
      `${machine}, ${date.slice(0, 10)}`,
    ],
    more: `${lines.map(inWords).join("; ")}.`,
    data: lines.map(({ who, its }, i) =>
      line(its.map(({ items }) => items), its.map(({ ms }) => ms), {
        name: who,
        ...styleOf(i),
      }, { marks: 9, hover: "%{x:,} items<br>%{y:.3g} ms" })
    ),
    layout: {
      hovermode: "closest",
      xaxis: logAxis("items (log scale)", lines.flatMap(({ its }) => its.map((one) => one.items)), {
        marked: [...new Set(lines.flatMap(({ its }) => its.map(({ items }) => items)))],
        own: { tickformat: "~s" },
      }),
      yaxis: logAxis(
        "ms per step (log scale)",
        lines.flatMap(({ its }) => its.map(({ ms }) => ms)),
      ),
    },
  });
}
