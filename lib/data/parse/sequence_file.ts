/** Sequence files: one user a line, item ids separated by spaces, oldest first. */
import type { EventLog } from "../events.ts";
import { Fields } from "./fields.ts";
import type { Format } from "./format.ts";
import { eachLine, type Line } from "./lines.ts";

const SPACE = 32;
const HASH = 35;
/** what separates columns elsewhere, and never stands in a line of ids */
const FOREIGN = new Uint8Array(256);
for (const character of "\t,;{") FOREIGN[character.charCodeAt(0)] = 1;
/** lines that must begin with their own number before a file is taken to number its users */
const NUMBERED = 3;

/** One user a line. The order is the file's, so nothing is sorted. */
export const sequenceFile: Format = {
  name: "sequences",
  description: "one user a line, item ids separated by one space, oldest first",
  repeats: "keep",
  recognizes: (_fileName, lines) => isIds(lines) && !numbersItsUsers(lines),
  read: (path, events) =>
    readIds(path, events, (line) => events.users.internText(String(line.number), line.where), 0),
};

/** The same with the user's id first, as LightGCN, NGCF and KGAT publish their data. */
export const userItems: Format = {
  name: "user-items",
  description: "a user's id and then item ids, separated by one space (LightGCN, NGCF, KGAT)",
  repeats: "keep",
  recognizes: (_fileName, lines) => isIds(lines) && numbersItsUsers(lines),
  async read(path: string, events: EventLog): Promise<void> {
    await readIds(path, events, (_line, fields) => fields.id(0, events.users), 1);
    events.note(
      "each line begins with its user's id, as in LightGCN's files; these do not promise " +
        "that items are in order of time",
    );
  },
};

async function readIds(
  path: string,
  events: EventLog,
  userOf: (line: Line, fields: Fields) => number,
  firstItem: number,
): Promise<void> {
  const fields = new Fields(" ");
  let comments = 0;
  const blank = await eachLine(path, (line) => {
    if (line.bytes[line.start] === HASH && isComment(line.text())) return void comments++;
    if (line.bytes[line.end - 1] === SPACE) line.end--;
    fields.split(line);
    refuseForeign(line, fields);
    const user = userOf(line, fields);
    for (let i = firstItem; i < fields.count; i++) {
      if (fields.length(i) === 0) throw fields.bad(i, "missing id");
      events.add(user, fields.id(i, events.items));
    }
  });
  events.drop(blank, "blank lines", "no item");
  events.drop(comments, "comment lines", "they begin with #");
}

function isIds(lines: readonly string[]): boolean {
  const first = lines.find((line) => !isComment(line) && line !== "");
  return first !== undefined && !/^[^ ]*(::|\|)/.test(first) &&
    /^\uFEFF?[^\s,;{]+( [^\s,;{]+)* ?$/.test(first);
}

/** Whether every line begins with its own number, counted from 0 or from 1. */
function numbersItsUsers(lines: readonly string[]): boolean {
  const firsts = lines.filter((line) => !isComment(line) && line !== "")
    .map((line) => line.split(" ", 1)[0]!.replace(/^\uFEFF/, ""));
  const [start] = firsts;
  return firsts.length >= NUMBERED && (start === "0" || start === "1") &&
    firsts.every((first, index) => first === String(Number(start) + index));
}

/** "# users: 10" is a comment; a line whose ids all begin with # is not. */
function isComment(text: string): boolean {
  const ids = text.trim().split(" ");
  return text.startsWith("#") &&
    (ids.length === 1 || !ids.every((id) => id.startsWith("#") && id.length > 1));
}

function refuseForeign({ bytes, start, end }: Line, fields: Fields): void {
  for (let at = start; at < end; at++) {
    if (FOREIGN[bytes[at]!] === 0) continue;
    const name = bytes[at] === 9 ? "a tab" : `"${String.fromCharCode(bytes[at]!)}"`;
    const index = bytes.subarray(start, at).filter((byte) => byte === SPACE).length;
    throw fields.bad(index, `${name} in a line of ids separated by spaces`);
  }
}
