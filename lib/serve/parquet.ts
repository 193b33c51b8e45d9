/** Tables with a column of vectors as Parquet, which pandas, DuckDB and most stores read. */
import { parquetReadObjects, type SchemaElement } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";

/** A column by its kind: whole numbers, texts, or a vector a row. */
export type Column =
  | { readonly name: string; readonly integers: Int32Array }
  | { readonly name: string; readonly texts: readonly string[] }
  | { readonly name: string; readonly vectors: readonly Float32Array[] };

/** The bytes of a Parquet file; a vector is a list of float32. Equal columns give equal bytes. */
export function encodeTable(columns: readonly Column[]): Uint8Array {
  const root: SchemaElement = { name: "root", num_children: columns.length };
  const columnData = columns.map((column) => ({
    name: column.name,
    data: "integers" in column
      ? column.integers
      : "texts" in column
      ? [...column.texts]
      : column.vectors.map((vector) => Array.from(vector)),
    ...("vectors" in column && { encoding: "PLAIN" as const }),
  }));
  const schema = [root, ...columns.flatMap(elementsOf)];
  return new Uint8Array(parquetWriteBuffer({ columnData, schema, statistics: false }));
}

/** The rows of a Parquet file, as hyparquet reads them: a list column is an array. */
export async function decodeTable(bytes: Uint8Array): Promise<Record<string, unknown>[]> {
  return await parquetReadObjects({ file: bytes.slice().buffer });
}

function elementsOf(column: Column): SchemaElement[] {
  const { name } = column;
  if ("integers" in column) return [{ name, type: "INT32", repetition_type: "REQUIRED" }];
  if ("texts" in column) {
    return [{ name, type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "REQUIRED" }];
  }
  return [
    { name, converted_type: "LIST", repetition_type: "REQUIRED", num_children: 1 },
    { name: "list", repetition_type: "REPEATED", num_children: 1 },
    { name: "element", type: "FLOAT", repetition_type: "REQUIRED" },
  ];
}
