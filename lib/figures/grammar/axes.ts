/** Axes: plain ones, logarithmic ones that always name three values, and those of steps and K. */
import type { Keys } from "./drawing.ts";

/** An axis with its title, and what else it is told. */
export function axis(title: string, own: Keys = {}): Keys {
  return { title: { text: title }, ...own };
}

/** An axis of names: no ticks, no grid, no line. */
export const bare = { ticks: "", showgrid: false, showline: false } as const;

/**
 * The left margin for labels of an axis, in pixels: plotly makes room for Arial's widths, and some
 * browsers have only wider fonts.
 */
export function labelRoom(labels: readonly string[]): number {
  const longest = labels.reduce((most, { length }) => Math.max(most, length), 0);
  return 26 + Math.ceil(7.1 * longest);
}

/** Nothing in between is as wide as this factor: an axis from 1 to 4 has room for three ticks. */
const NARROWEST = 4;

/** Digits that ticks stand at in each decade, from few ticks to many. */
const ladders = [[1], [1, 3], [1, 2, 5], [1, 2, 3, 4, 5, 6, 7, 8, 9]];

/** What a logarithmic axis is told besides its values. */
export interface LogAxisOptions {
  /** values of which each has a tick, as far as they are three or more */
  readonly marked?: readonly number[];
  /** further keys */
  readonly own?: Keys;
}

/**
 * A logarithmic axis over these values, with three ticks or more.
 *
 * @param values of what is drawn; those that are not above 0 are left out
 */
export function logAxis(
  title: string,
  values: readonly number[],
  { marked = [], own = {} }: LogAxisOptions = {},
): Keys {
  const range = logRange(values);
  return axis(title, {
    type: "log",
    range,
    tickmode: "array",
    tickvals: new Set(marked).size >= 3 ? [...new Set(marked)] : logTicks(range),
    ...own,
  });
}

/** The axis of training steps; logarithmic for trainings to early stopping. */
export function stepAxis(steps: readonly number[], logarithmic: boolean, title = "step"): Keys {
  if (logarithmic) return logAxis(`${title} (log scale)`, steps, { own: { tickformat: "~s" } });
  return axis(title, { tickformat: "~s", rangemode: "tozero", nticks: 5 });
}

/** A logarithmic axis of numbers of interests. */
export function interestsAxis(Ks: readonly number[]): Keys {
  return logAxis("interests K", Ks, { marked: Ks });
}

/** Decimal logarithms of the ends, a little beyond the values and never too near to each other. */
export function logRange(values: readonly number[]): [number, number] {
  const logs = values.filter((value) => value > 0).map(Math.log10);
  if (logs.length === 0) return [-1, 1];
  const [least, most] = [Math.min(...logs), Math.max(...logs)];
  const half = Math.max(most - least, Math.log10(NARROWEST)) / 2;
  const [middle, room] = [(least + most) / 2, 0.1 * half];
  return [middle - half - room, middle + half + room];
}

/**
 * An axis' usual range, and a little beyond the values where some lie outside of it.
 *
 * @param values of what is drawn; those that are no finite numbers are not drawn
 */
export function covering(
  [low, high]: readonly [number, number],
  values: readonly (number | null)[],
): [number, number] {
  const room = 0.04 * (high - low);
  const drawn = values.filter((value) => value !== null).filter(Number.isFinite);
  return drawn.reduce<[number, number]>(([from, to], value) => [
    value < low ? Math.min(from, value - room) : from,
    value > high ? Math.max(to, value + room) : to,
  ], [low, high]);
}

/** Values to name between the ends: as few as will do, three or more. */
export function logTicks([from, to]: readonly [number, number]): number[] {
  const decades = Array.from(
    { length: Math.ceil(to) - Math.floor(from) + 1 },
    (_, i) => Math.floor(from) + i,
  );
  const all = ladders.map((digits) =>
    decades.flatMap((decade) => digits.map((digit) => Number(`${digit}e${decade}`)))
      .filter((value) => from <= Math.log10(value) && Math.log10(value) <= to)
  );
  return all.find((ticks) => ticks.length >= 3) ?? all.at(-1)!;
}
