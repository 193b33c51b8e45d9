/** Recorded benchmarks as tables: the ratios first, the times they come from second. */
import { type BenchRecord, meets, type Ratio } from "../../bench/record.ts";
import type { Summary } from "../../bench/summary.ts";
import { type Table, table } from "../../show/table.ts";

/**
 * Ratios with their spread over the rounds, the target, and whether the median meets it.
 *
 * @throws {BadInput} for a record without ratios
 */
export function benchmarkTable(record: BenchRecord): Table {
  return table(record.ratios.map(ratioRow), { digits: { ratio: 3 }, caption: captionOf(record) });
}

/** What was measured, a row a contestant: by the clock, and by processor time where it is known. */
export function benchmarkTimes(record: BenchRecord): Table {
  const rows = record.measurements.map(({ name, unit, threads, wall, processor }) => ({
    what: name,
    threads,
    unit,
    least: wall.least,
    "median, by the clock": wall.median,
    quartiles: quartiles(wall),
    "median, processor time": processor?.median ?? null,
    rounds: wall.count,
  }));
  return table(rows, { caption: captionOf(record) });
}

/** The target of a ratio in words: "at least 3". */
function targetText({ target }: Ratio): string | null {
  if (!target) return null;
  return "atLeast" in target ? `at least ${target.atLeast}` : `at most ${target.atMost}`;
}

function ratioRow(ratio: Ratio) {
  const { name, of, to, by, times } = ratio;
  const met = meets(ratio);
  return {
    comparison: name,
    ratio: times.median,
    quartiles: quartiles(times),
    target: targetText(ratio),
    met: met === null ? null : met ? "yes" : "no",
    "time of": of,
    "divided by": to,
    "measured by": by === "wall" ? "the clock" : "processor time",
  };
}

function captionOf({ about, date, machine, deno }: BenchRecord): string {
  return `${about}. ${machine}, Deno ${deno}, ${date.slice(0, 10)}`;
}

function quartiles({ quartile1, quartile3 }: Summary): string {
  return `${digits(quartile1)}-${digits(quartile3)}`;
}

/** Three digits; all of them before the point. */
function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
