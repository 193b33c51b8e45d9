/** A JSON object a line, or a dictionary as Python prints it, as the old Amazon files have it. */
import { BadInput } from "../../base/bad_input.ts";
import type { Line } from "./lines.ts";
import { DEEPEST, pythonLiteral } from "./python_literal.ts";

/** The names and values of an object. */
export type ObjectLine = Readonly<Record<string, unknown>>;

/**
 * The object of a line. Numbers whose digits a number of 64 bits cannot hold are texts.
 *
 * @throws BadInput if the line is neither, or nested too deeply
 */
export function objectOf(line: Line): ObjectLine {
  const text = line.text();
  let value: unknown;
  try {
    value = LONG_NUMBER.test(text) ? JSON.parse(text, exact) : JSON.parse(text);
  } catch (problem) {
    value = pythonLiteral(text);
    if (value === undefined) {
      const reason = (problem as Error).message.replace(/\s+/g, " ");
      const what = `neither JSON nor a dictionary of Python (${reason})`;
      throw new BadInput(what, line.where, text, "Correct or remove the line.");
    }
  }
  // whoever shows a value, or makes a text of it, goes down all its levels
  if (text.length > 2 * DEEPEST && isDeeper(value, DEEPEST)) {
    const what = `lists or objects in one another, more than ${DEEPEST} levels deep`;
    throw new BadInput(what, line.where, text, "Correct or remove the line.");
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as ObjectLine;
  }
  throw new BadInput("not an object", line.where, text, "Write an object a line.");
}

/** Whether a value has more levels than so many. */
function isDeeper(value: unknown, levels: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= levels; depth++) {
    level = level.flatMap((one) =>
      typeof one === "object" && one !== null ? Object.values(one) : []
    );
    if (level.length === 0) return false;
  }
  return true;
}

/** Of 16 digits or more, a point among them or not. */
const LONG_NUMBER = /(?:\d\.?){16}/;

function exact(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== "number" || source === undefined) return value;
  const cut = LONG_NUMBER.test(source) && /\.\d*[1-9]/.test(source) && String(value) !== source;
  return cut || Math.abs(value) > Number.MAX_SAFE_INTEGER ? source : value;
}
