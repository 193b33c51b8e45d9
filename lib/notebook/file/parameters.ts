/**
 * Parameters of a notebook, after papermill: the cell tagged `parameters` has the values a reader
 * sees, and values given from outside go into a cell tagged `injected-parameters` right after it.
 */
import { BadInput } from "../../base/bad_input.ts";
import { decimal, integer } from "../../base/number_text.ts";
import { type CodeCell, codeCells, hasTag, type Notebook } from "./ipynb.ts";

/** What a parameter can be: plain data. */
export type ParameterValue = string | number | boolean | readonly (string | number | boolean)[];

/** Values by parameter name. */
export type Parameters = Readonly<Record<string, ParameterValue>>;

const INJECTED = "injected-parameters";

/** `const seed = 1; // a comment`, with a type if need be */
const DECLARATION = /^const ([\w$]+)(?:: [^=]+)? = ("(?:[^"\\]|\\.)*"|.+?);(?:\s*\/\/.*)?$/;

/**
 * The parameters a notebook declares, with their values; none without a cell tagged `parameters`.
 *
 * @param file the notebook's name, for the error
 * @throws BadInput if that cell has anything but comments and lines `const name = value;`
 */
export function declaredParameters(notebook: Notebook, file: string): Map<string, ParameterValue> {
  const declared = new Map<string, ParameterValue>();
  const cell = codeCells(notebook).find((cell) => hasTag(cell, "parameters"));
  for (const [i, line] of (cell?.source ?? "").split("\n").entries()) {
    if (line.trim() === "" || line.startsWith("//")) continue;
    const [, name, value] = line.match(DECLARATION) ?? [];
    if (name === undefined || value === undefined) {
      throw new BadInput(
        "not a parameter",
        `${file}, parameters cell, line ${i + 1}`,
        line,
        "Write one line a parameter, `const name = value;`, with a number, text in double " +
          "quotes, true, false, or a list of these.",
      );
    }
    declared.set(name, parsed(value, `${file}, parameter ${name}`));
  }
  return declared;
}

/**
 * A notebook with values injected, in place of those of an earlier run; given none, without any.
 *
 * @throws BadInput if a name is not declared, or a value is of another type than the declared one
 */
export function injectParameters(notebook: Notebook, file: string, values: Parameters): Notebook {
  const declared = declaredParameters(notebook, file);
  const lines = Object.entries(values).map(([name, value]) => {
    const example = declared.get(name);
    if (example === undefined) throw unknownParameter(name, file, [...declared.keys()]);
    if (!fits(value, example)) {
      throw new BadInput(
        `not a ${kind(example)}`,
        `${file}, parameter ${name}`,
        JSON.stringify(value),
        `Give a value like ${JSON.stringify(example)}.`,
      );
    }
    return `const ${name} = ${JSON.stringify(value)};`;
  });
  const cells = notebook.cells.filter((cell) => !hasTag(cell, INJECTED));
  if (lines.length > 0) {
    const injected: CodeCell = {
      cell_type: "code",
      id: INJECTED,
      metadata: { tags: [INJECTED] },
      source: ["// Given when this notebook was run, in place of the values above.", ...lines]
        .join("\n"),
      execution_count: null,
      outputs: [],
    };
    cells.splice(cells.findIndex((cell) => hasTag(cell, "parameters")) + 1, 0, injected);
  }
  return { ...notebook, cells };
}

/** Whether values were given to the notebook from outside. */
export function hasInjectedParameters(notebook: Notebook): boolean {
  return notebook.cells.some((cell) => hasTag(cell, INJECTED));
}

/**
 * The value in a text such as the command line gives, read as the declared value's type: text as it
 * is, everything else as JSON.
 *
 * @throws BadInput if it cannot be read so
 */
export function parameterFromText(
  text: string,
  example: ParameterValue,
  where: string,
): ParameterValue {
  return typeof example === "string" ? text : parsed(text, where);
}

/** The error for a name that is not declared. */
export function unknownParameter(name: string, where: string, known: readonly string[]): BadInput {
  const remedy = known.length > 0 ? `Known: ${known.join(", ")}.` : "It has no parameters.";
  return new BadInput("unknown parameter", where, name, remedy);
}

/**
 * A literal: JSON, but for 20_000 as TypeScript writes numbers. A number that would become another
 * one is none.
 */
function parsed(text: string, where: string): ParameterValue {
  const json = text.replace(/^-?\d+(_\d+)+$/, (digits) => digits.replaceAll("_", ""));
  if (/^-?[\d.]/.test(json)) {
    return /^-?\d+$/.test(json) ? integer(json, where) : decimal(json, where);
  }
  try {
    const value: unknown = JSON.parse(json);
    if (isParameter(value)) return value;
  } catch {
    // not JSON, so not a value either
  }
  throw new BadInput(
    "not a parameter's value",
    where,
    text,
    "Use a number, text in double quotes, true, false, or a list of these.",
  );
}

function isParameter(value: unknown): value is ParameterValue {
  return Array.isArray(value) ? value.every(isScalar) : isScalar(value);
}

function isScalar(value: unknown): value is string | number | boolean {
  if (typeof value === "number") {
    return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
  }
  return typeof value === "string" || typeof value === "boolean";
}

/** Whether a value can stand for the declared one; an empty list says nothing of its values. */
function fits(value: ParameterValue, example: ParameterValue): boolean {
  if (typeof value !== "object" || typeof example !== "object") {
    return typeof value === typeof example;
  }
  return example.length === 0 ||
    value.every((one) => example.some((other) => typeof one === typeof other));
}

function kind(value: ParameterValue): string {
  if (typeof value === "string" || typeof value === "number") return typeof value;
  if (typeof value === "boolean") return "true or false";
  const kinds = new Set(value.map(kind));
  return kinds.size === 1 ? `list of ${[...kinds]}s` : "list";
}
