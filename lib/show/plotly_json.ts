/** A figure as JSON for plotly: plain for files, compact for notebooks. */
import { Buffer } from "node:buffer";
import type { Figure, Trace } from "./figure.ts";

/** A figure without typed arrays, undefined values and numbers that JSON lacks. */
interface PlainFigure {
  readonly data: readonly Trace[];
  readonly layout: object;
  readonly frames?: readonly PlainFrame[];
  readonly config: object;
}

interface PlainFrame {
  readonly data?: readonly Trace[];
  readonly traces?: readonly number[];
}

/**
 * A figure as plain JSON for plotly: typed arrays as lists, numbers with six significant digits,
 * which is more than a screen can show.
 */
export function plotlyJson({ data, layout, frames }: Figure): PlainFigure {
  // the buttons would cover the title
  const config = { displayModeBar: false, responsive: true };
  const figure = { data, layout, ...(frames ? { frames } : {}), config };
  return JSON.parse(JSON.stringify(figure, (_key, value) => {
    if (ArrayBuffer.isView(value)) return [...value as Float32Array];
    if (typeof value !== "number" || Number.isInteger(value)) return value;
    return Number.isFinite(value) ? Number(value.toPrecision(digitsOf(value))) : null;
  }));
}

/**
 * The same in few lines, since notebooks give each number of a list a line of its own: long lists
 * of numbers in plotly's binary form, and no frame repeats what all of them share with the figure.
 */
export function compactJson(figure: Figure): object {
  const { data, frames, ...others } = plotlyJson(figure);
  return {
    ...others,
    data: data.map(withBinary),
    ...(frames ? { frames: withoutRepeats(frames, data) } : {}),
  };
}

/** Lists shorter than this stay readable. */
const LONG = 8;

function withBinary({ x, ...trace }: Trace): Trace {
  const { y, z, customdata, type } = trace;
  const even = type === "scatter" && isLong(x) ? evenly(x) : null;
  return {
    ...trace,
    ...(even ?? (x === undefined ? {} : { x: isLong(x) ? binary(x) : x })),
    ...(isLong(y) ? { y: binary(y) } : {}),
    ...(isLong(z) ? { z: binary(z) } : isMatrix(z) ? { z: binaryMatrix(z) } : {}),
    ...(isLong(customdata) ? { customdata: binary(customdata) } : {}),
  };
}

/** Whole numbers at one distance, such as steps, as plotly's first value and distance. */
function evenly(values: Numbers): { readonly x0: number; readonly dx: number } | null {
  const [x0, x1] = values as readonly number[];
  const dx = x1! - x0!;
  const isEven = Number.isInteger(x0) && Number.isInteger(dx) && dx !== 0 &&
    values.every((value, i) => value === x0! + i * dx);
  return isEven ? { x0: x0!, dx } : null;
}

function withoutRepeats(frames: readonly PlainFrame[], data: readonly Trace[]): object[] {
  const targetOf = ({ traces }: PlainFrame, i: number) => traces?.[i] ?? i;
  const differs = new Set<string>();
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  for (const frame of frames) {
    frame.data?.forEach((trace, i) => {
      const target = targetOf(frame, i);
      for (const [key, value] of Object.entries(trace)) {
        if (!same(value, data[target]?.[key])) differs.add(`${target} ${key}`);
      }
    });
  }
  return frames.map((frame) => ({
    ...frame,
    data: frame.data?.map((trace, i) => {
      const own = Object.entries(trace).filter(([key]) =>
        differs.has(`${targetOf(frame, i)} ${key}`)
      );
      return withBinary(Object.fromEntries(own));
    }),
  }));
}

type Numbers = readonly (number | null)[];

function areNumbers(values: unknown): values is Numbers {
  return Array.isArray(values) &&
    values.every((value) => typeof value === "number" || value === null);
}

function isLong(values: unknown): values is Numbers {
  return areNumbers(values) && values.length >= LONG;
}

function isMatrix(rows: unknown): rows is readonly Numbers[] {
  return Array.isArray(rows) && rows.length > 0 && rows.every(areNumbers) &&
    rows.flat().length >= LONG;
}

/** Rows of one length: plotly leaves a cell without a number as empty as one that is not there. */
function binaryMatrix(rows: readonly Numbers[]): object {
  const width = Math.max(...rows.map((row) => row.length));
  const cells = rows.flatMap((row) => Array.from({ length: width }, (_, i) => row[i] ?? null));
  return { ...binary(cells), shape: `${rows.length}, ${width}` };
}

/** Six digits, and all before the point: moments in milliseconds have thirteen. */
function digitsOf(value: number): number {
  return Math.max(6, Math.floor(Math.log10(Math.abs(value))) + 1);
}

/**
 * plotly's typed array specification: whole numbers as such, others as float32, great ones
 * as float64, gaps as NaN.
 */
function binary(values: Numbers): object {
  const [dtype, array] = typed(values.map((value) => value ?? NaN));
  return { dtype, bdata: Buffer.from(array.buffer).toString("base64") };
}

function typed(values: readonly number[]): [dtype: string, array: ArrayBufferView] {
  const isWithin = (low: number, high: number) =>
    values.every((value) => Number.isInteger(value) && value >= low && value < high);
  if (isWithin(0, 2 ** 8)) return ["u1", Uint8Array.from(values)];
  if (isWithin(0, 2 ** 16)) return ["u2", Uint16Array.from(values)];
  if (isWithin(-(2 ** 31), 2 ** 31)) return ["i4", Int32Array.from(values)];
  // beyond 2^24, as of dates in milliseconds, float32 does not tell neighbours apart
  if (values.some((value) => Math.abs(value) >= 2 ** 24)) return ["f8", Float64Array.from(values)];
  return ["f4", Float32Array.from(values)];
}
