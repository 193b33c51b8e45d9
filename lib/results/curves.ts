/**
 * Learning curves as Parquet: one file a run in results/curves, named by the run's key, a row an
 * evaluation and a column a quantity. The run's line holds the file's sha256.
 */
import { parquetReadObjects } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";
import { BadInput } from "../base/bad_input.ts";
import { checkedCurve } from "./record_schema.ts";
import { RECORD_AGAIN } from "./run_files.ts";
import type { CurvePoint } from "../train/run.ts";

/** One row: numbers by column, null where a quantity was not measured. */
type Row = Record<string, number | null>;

/** Columns that are no measure. */
const reserved = /^(?:step|loss|softmax_loss|routing_penalty|valid_[a-z_]+_\d+|term_.+)$/;

/** Stands before the further terms of a loss. */
const TERM = "term_";

/** Stands before measures whose name no underscores can stand for. */
const VERBATIM = "measure:";

/**
 * A curve as the bytes of a Parquet file: `step` as int32, everything else as float32. A metric at
 * a cut-off is `valid_recall_50`, a measure `effective_items`, a further term of the loss
 * `term_repel`. Equal curves give equal bytes.
 */
export function encodeCurve(curve: readonly CurvePoint[]): Uint8Array {
  const rows = curve.map(rowOf);
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  const columnData = Array.from(names, (name) => {
    const values = rows.map((row) => row[name] ?? null);
    if (name === "step") {
      const data = Int32Array.from(values as number[]);
      return {
        name,
        data,
        type: "INT32",
        nullable: false,
        encoding: "DELTA_BINARY_PACKED",
      } as const;
    }
    const nullable = values.includes(null);
    const data = nullable
      ? values.map((value) => value === null ? null : Math.fround(value))
      : Float32Array.from(values as number[]);
    // Noise in the mantissa, but signs and exponents that hardly change: apart they compress.
    return { name, data, type: "FLOAT", nullable, encoding: "BYTE_STREAM_SPLIT" } as const;
  });
  return new Uint8Array(parquetWriteBuffer({ columnData, statistics: false }));
}

/**
 * The curve in a Parquet file.
 *
 * @param where it comes from, for messages
 * @throws {BadInput} if it cannot be one: naming point and quantity
 */
export async function decodeCurve(bytes: Uint8Array, where: string): Promise<CurvePoint[]> {
  const rows = await parquetReadObjects({ file: bytes.slice().buffer });
  const { record, why } = checkedCurve(rows.map((row) => pointOf(row as Row)));
  if (record) return record;
  throw new BadInput(`not a learning curve (${why})`, where, undefined, RECORD_AGAIN);
}

function rowOf(point: CurvePoint): Row {
  const { step, loss, softmaxLoss, routingPenalty, terms = {}, valid, measures = {} } = point;
  const row: Row = { step, loss, softmax_loss: softmaxLoss, routing_penalty: routingPenalty };
  for (const [name, value] of Object.entries(terms)) row[TERM + name] = value;
  for (const [N, metrics] of Object.entries(valid)) {
    for (const [name, value] of Object.entries(metrics)) {
      row[`valid_${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}_${N}`] = value;
    }
  }
  for (const name of Object.keys(measures).sort()) row[columnOf(name)] = measures[name]!;
  return row;
}

function pointOf({ step, loss, softmax_loss, routing_penalty, ...others }: Row): CurvePoint {
  const valid: Record<string, Record<string, number>> = {};
  const measures: Record<string, number> = {};
  const terms: Record<string, number> = {};
  for (const [column, value] of Object.entries(others)) {
    if (value === null) continue;
    if (column.startsWith(TERM)) {
      terms[column.slice(TERM.length)] = value;
      continue;
    }
    const [, metric, N] = column.match(/^valid_([a-z_]+)_(\d+)$/) ?? [];
    if (metric === undefined || N === undefined) measures[measureOf(column)] = value;
    else {
      const name = metric.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
      (valid[N] ??= {})[name] = value;
    }
  }
  return {
    step,
    loss,
    softmaxLoss: softmax_loss,
    routingPenalty: routing_penalty,
    ...(Object.keys(terms).length > 0 ? { terms } : {}),
    valid,
    ...(Object.keys(measures).length > 0 ? { measures } : {}),
  } as unknown as CurvePoint; // what rowOf wrote
}

function columnOf(measure: string): string {
  const column = measure.replaceAll("-", "_");
  const plain = /^[a-z][a-z0-9-]*$/.test(measure) && !reserved.test(column);
  return plain ? column : `${VERBATIM}${measure}`;
}

function measureOf(column: string): string {
  return column.startsWith(VERBATIM) ? column.slice(VERBATIM.length) : column.replaceAll("_", "-");
}
