/** Notebook files of format 4.5, read with their cell ids and written as Jupyter writes them. */
import { z } from "zod";
import { BadInput } from "../../base/bad_input.ts";
import { readText } from "../../base/disk.ts";
import { writeAtomically } from "../../base/files.ts";

/** Text that files keep as a list of lines, each with its line end, or as one string. */
const text = z.union([z.string(), z.array(z.string()).transform((lines) => lines.join(""))]);

const metadata = z.record(z.string(), z.unknown());

/** Data by MIME type; the text types are joined to one string each. */
const bundle = z.record(z.string(), z.unknown()).transform((data) =>
  Object.fromEntries(
    Object.entries(data).map(([type, value]) => [
      type,
      isLines(value) && !type.endsWith("json") ? value.join("") : value,
    ]),
  )
);

const output = z.discriminatedUnion("output_type", [
  z.object({ output_type: z.literal("stream"), name: z.enum(["stdout", "stderr"]), text }),
  z.object({ output_type: z.literal("display_data"), data: bundle, metadata }),
  z.object({
    output_type: z.literal("execute_result"),
    data: bundle,
    metadata,
    execution_count: z.int().nullable(),
  }),
  z.object({
    output_type: z.literal("error"),
    ename: z.string(),
    evalue: z.string(),
    traceback: z.array(z.string()),
  }),
]);

const id = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/);

const cell = z.discriminatedUnion("cell_type", [
  z.object({
    cell_type: z.literal("code"),
    id,
    metadata,
    source: text,
    execution_count: z.int().nullable(),
    outputs: z.array(output),
  }),
  z.object({
    cell_type: z.literal("markdown"),
    id,
    metadata,
    source: text,
    attachments: metadata.optional(),
  }),
  z.object({
    cell_type: z.literal("raw"),
    id,
    metadata,
    source: text,
    attachments: metadata.optional(),
  }),
]);

const notebook = z.object({
  nbformat: z.literal(4),
  nbformat_minor: z.int().min(5),
  metadata,
  cells: z.array(cell),
});

/** A notebook: its cells in order, and metadata such as the kernel it is meant for. */
export type Notebook = z.infer<typeof notebook>;

/** A cell of code, of Markdown, or of raw text. */
export type Cell = z.infer<typeof cell>;

/** A cell that is executed, with its outputs. */
export type CodeCell = Extract<Cell, { cell_type: "code" }>;

/** What an execution left under a cell. */
export type Output = z.infer<typeof output>;

/** An output with data by MIME type. */
export type RichOutput = Extract<Output, { output_type: "display_data" | "execute_result" }>;

/**
 * The notebook in a file's text.
 *
 * @param file the file's name, for the error
 * @throws BadInput if the text is not JSON or not a notebook of format 4.5
 */
export function parseNotebook(text: string, file: string): Notebook {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new BadInput(
      "not a notebook, which is a JSON file",
      file,
      error instanceof Error ? error.message : error,
      "Restore the file, or open and save it in Jupyter.",
    );
  }
  const result = notebook.safeParse(json);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw new BadInput(
    `not a notebook of format 4.5 at ${issue.path.join(".") || "the top"}`,
    file,
    issue.message,
    "Open it in Jupyter and save it again; JupyterLab 3 or later writes this format.",
  );
}

/** Reads a notebook file; errors as {@linkcode parseNotebook} and those of the system. */
export async function readNotebook(path: string): Promise<Notebook> {
  return parseNotebook(await readText(path), path);
}

/**
 * The text of a notebook's file as Jupyter's nbformat writes it: keys sorted, one space of
 * indentation, texts as lists of lines, a newline at the end.
 */
export function formatNotebook(notebook: Notebook): string {
  const cells = notebook.cells.map((cell) => ({
    ...cell,
    source: lines(cell.source),
    ...(cell.cell_type === "code" ? { outputs: cell.outputs.map(storedOutput) } : {}),
  }));
  const json = JSON.stringify(sorted({ ...notebook, cells }), null, 1).split("\n");
  return json.map((line) => TEXT_END.test(line.slice(-2)) ? line : numberAsPython(line))
    .join("\n") + "\n";
}

/** Writes a notebook file, whole or not at all. */
export async function writeNotebook(path: string, notebook: Notebook): Promise<void> {
  await writeAtomically(path, formatNotebook(notebook));
}

/** The code cells, in order. */
export function codeCells(notebook: Notebook): CodeCell[] {
  return notebook.cells.filter((cell) => cell.cell_type === "code");
}

/** Whether a cell's metadata carries a tag. */
export function hasTag(cell: Cell, tag: string): boolean {
  const tags = cell.metadata.tags;
  return Array.isArray(tags) && tags.includes(tag);
}

/** How a line of JSON ends whose value is a text, which may have millions of letters. */
const TEXT_END = /",?$/;

/** A line of indented JSON that is a number, perhaps after a key. */
const NUMBER_LINE = /^(\s*(?:"(?:[^"\\]|\\.)*": )?)(-?\d\S*?)(?=,?$)/;

function numberAsPython(line: string): string {
  return line.replace(NUMBER_LINE, (_, before, number) => before + asPython(number));
}

/** 0.00002 as 2e-05: Python writes small numbers so, and Jupyter is written in Python. */
function asPython(number: string): string {
  const size = Math.abs(Number(number));
  if (size === 0 || size >= 1e-4) return number;
  return Number(number).toExponential().replace(/e-(\d)$/, "e-0$1");
}

function storedOutput(output: Output): unknown {
  if (output.output_type === "stream") return { ...output, text: lines(output.text) };
  if (output.output_type === "error") return output;
  const data = Object.entries(output.data).map(([type, value]) => {
    return [type, typeof value === "string" && !type.endsWith("json") ? lines(value) : value];
  });
  return { ...output, data: Object.fromEntries(data) };
}

/** "a\nb" as ["a\n", "b"]; nothing as []. */
function lines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}

function isLines(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((line) => typeof line === "string");
}

/** A copy with the keys of all objects in the order of their code points. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  entries.sort(([a], [b]) => a < b ? -1 : 1);
  return Object.fromEntries(entries.map(([key, entry]) => [key, sorted(entry)]));
}
