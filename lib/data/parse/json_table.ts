/** Tables of JSON objects, one a line: Yelp, Goodreads, Steam, Twitter. */
import { BadInput } from "../../base/bad_input.ts";
import { shownName } from "../../base/shown_name.ts";
import type { EventLog } from "../events.ts";
import { type Interner, NO_ID } from "../interner.ts";
import type { TableColumns } from "./columns.ts";
import { EXPORT_AGAIN, isMissingText, isRoundedText, ROUNDED } from "./id_bytes.ts";
import { eachLine, type Line, type Source, sourceName } from "./lines.ts";
import { type ObjectLine, objectOf } from "./object_line.ts";
import { onlyOf } from "./only.ts";
import { OrderColumn } from "./order_column.ts";
import { TimeColumn } from "./time_column.ts";

/**
 * Reads such a table. A name that an object lacks is a missing value, one that no object has an
 * error.
 *
 * @throws BadInput with the line that is wrong
 */
export async function readJsonTable(
  source: Source,
  { user, item, time, order, only }: TableColumns,
  events: EventLog,
): Promise<void> {
  const paths = new Map<string, { parts: string[]; found: boolean; example: string }>();
  const names = [user, item, time, order].filter((name) => name !== undefined).map(String);
  for (const name of [...names, ...Object.keys(only ?? {})]) {
    paths.set(name, { parts: name.split("."), found: false, example: "" });
  }
  const chosen = onlyOf(only);
  const chosenNames: string[] = [];
  chosen.begin((column) => chosenNames.push(String(column)) - 1);
  let accepted = 0;
  const [times, keys] = [new TimeColumn(), new OrderColumn()];
  const blank = await eachLine(source, (line) => {
    const object = objectOf(line);
    const value = (name: string | number) => {
      const path = paths.get(String(name))!;
      const found = valueAt(object, String(name), path.parts);
      if (found !== undefined) path.found = true;
      else path.example ||= Object.keys(object).map(shownName).join(", ");
      return found;
    };
    if (!chosen.accepts((index) => String(value(chosenNames[index]!)))) return;
    accepted++;
    const u = idOf(value(user), events.users, line, user);
    const i = idOf(value(item), events.items, line, item);
    if (time !== undefined) readTime(times, value(time), line, time);
    if (order !== undefined) {
      readTime(keys, value(order), line, order);
      const at = time === undefined ? 0 : times.time;
      events.add(u, i, at, times.finer, keys.value, keys.finer);
    } else if (time !== undefined) events.add(u, i, times.time, times.finer);
    else events.add(u, i);
  });
  const requireFound = (names: readonly string[]) => {
    const missing = names.find((name) => !paths.get(name)!.found);
    if (missing === undefined) return;
    const { example } = paths.get(missing)!;
    const remedy = `The first has ${example || "none"}.`;
    throw new BadInput("no object has this name", sourceName(source), missing, remedy);
  };
  requireFound(chosenNames);
  events.drop(blank, "blank lines", "no behaviour");
  chosen.finish(events, sourceName(source));
  if (accepted > 0) requireFound(names); // in the others they were not looked for
  times.finish(events);
}

function valueAt(object: ObjectLine, name: string, parts: readonly string[]): unknown {
  if (Object.hasOwn(object, name)) return object[name];
  let value: unknown = object;
  for (const part of parts) {
    if (value === null || typeof value !== "object" || !Object.hasOwn(value, part)) {
      return undefined;
    }
    value = (value as ObjectLine)[part];
  }
  return value;
}

/**
 * The number of an id in an object; NO_ID for null, NaN, none at all, or a text that says so.
 *
 * @throws BadInput if it is no text or whole number, or one that was rounded
 */
export function idOf(value: unknown, ids: Interner, line: Line, name: string | number): number {
  if (value === undefined || value === null || Number.isNaN(value)) return NO_ID;
  const text = typeof value === "string" ? value.trim() : String(value);
  const whole = typeof value === "number" && Number.isSafeInteger(value);
  if (typeof value !== "string" && !whole) {
    const remedy = `An id is a text or a whole number.${ofSeveral(value, name)}`;
    throw new BadInput(`field ${name} is no id`, line.where, JSON.stringify(value), remedy);
  }
  if (isRoundedText(text)) throw new BadInput(ROUNDED, line.where, text, EXPORT_AGAIN);
  return isMissingText(text) ? NO_ID : ids.internText(text, line.where);
}

/** What to do about a value that has several in it. */
function ofSeveral(value: unknown, name: string | number): string {
  if (Array.isArray(value)) {
    return ` Write an object for each of the list: jq -c '. as $all | .${name}[] | ` +
      `$all + {"${name}": .}' OLD > NEW.`;
  }
  if (typeof value !== "object" || value === null) return "";
  const [first = ""] = Object.keys(value);
  return ` Name a field inside, such as "${name}.${first}"; of columns that pandas wrote make ` +
    'lines: DataFrame.to_json(orient="records", lines=True).';
}

/**
 * Reads the time in an object, or the number that orders events.
 *
 * @throws BadInput as {@linkcode TimeColumn.readText} or {@linkcode OrderColumn.readText}
 */
export function readTime(
  times: TimeColumn | OrderColumn,
  value: unknown,
  line: Line,
  name: string | number,
): void {
  if (typeof value === "number" && Number.isSafeInteger(value)) times.readNumber(value, line);
  else if (value === null || value === undefined) times.readText("", line, "");
  else times.readText(String(value), line, ` in field ${name}`);
}
