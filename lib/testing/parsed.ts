/** Small files for tests of the parsers, and what was read from them as text. */
import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { join } from "../base/paths.ts";
import { EventLog, type Repeats } from "../data/events.ts";
import { itemsOf } from "../data/interactions.ts";
import type { TableColumns } from "../data/parse/columns.ts";
import { formatOf, FORMATS } from "../data/parse/formats.ts";
import { readTable } from "../data/parse/read_table.ts";

const folder = await Deno.makeTempDir();
addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

/** Writes a file into a temporary folder; its path. */
export async function textFile(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  await Deno.writeFile(path, bytes);
  return path;
}

/** Each user's items by id, in order, as "user: item item". */
export function userLines(events: EventLog, repeats: Repeats = "keep"): string[] {
  const { interactions } = events.sequences(repeats);
  return Array.from({ length: events.users.size }, (_, u) => {
    const items = Array.from(itemsOf(interactions, u), (item) => events.items.name(item));
    return `${events.users.name(u)}: ${items.join(" ")}`;
  });
}

/** Reads a file in the format that it looks like. */
export async function parsed(name: string, content: string | Uint8Array): Promise<EventLog> {
  const path = await textFile(name, content);
  const events = new EventLog();
  await (await formatOf(path, FORMATS.map((format) => format.name))).read(path, events);
  return events;
}

/** Reads a table; with user "u", item "i" and time "t" unless told otherwise. */
export async function parsedTable(
  content: string | Uint8Array,
  columns: TableColumns = { user: "u", item: "i", time: "t" },
): Promise<EventLog> {
  const events = new EventLog();
  await readTable(await textFile("table.csv", content), columns, events);
  return events;
}

/** Asserts that something ends in a BadInput whose message matches. */
export async function rejects(run: () => Promise<unknown>, message: RegExp): Promise<void> {
  await assert.rejects(run, (error: Error) => {
    assert.ok(error instanceof BadInput, String(error.stack));
    assert.match(error.message, message);
    return true;
  });
}
