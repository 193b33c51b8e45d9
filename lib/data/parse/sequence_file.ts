/** Sequence files: one user a line, item ids separated by spaces, oldest first. */
import type { EventLog } from "../events.ts";
import { Fields } from "./fields.ts";
import type { Format } from "./format.ts";
import { eachLine } from "./lines.ts";

/** One user a line. The order is the file's, so nothing is sorted. */
export const sequenceFile: Format = {
  name: "sequences",
  description: "one user a line, item ids separated by one space, oldest first",
  repeats: "keep",
  recognizes: (_fileName, line) => /^[^\s,;{]+( [^\s,;{]+)* ?$/.test(line),
  async read(path: string, events: EventLog): Promise<void> {
    const fields = new Fields(" ");
    const blank = await eachLine(path, (line) => {
      if (line.bytes[line.end - 1] === 32) line.end--;
      fields.split(line);
      const user = events.users.internText(String(line.number));
      for (let i = 0; i < fields.count; i++) events.add(user, fields.id(i, events.items));
    });
    events.drop(blank, "blank lines", "no item");
  },
};
