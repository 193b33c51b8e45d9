/** RecBole's .inter files: a header line of name:type, then lines; tabs. */
import type { EventLog } from "../events.ts";
import { Columns } from "./columns.ts";
import type { Format } from "./format.ts";
import { eachLine } from "./lines.ts";
import { TimeColumn } from "./time_column.ts";

/** Needs user_id:token, item_id:token and timestamp:float; other columns are not read. */
export const recbole: Format = {
  name: "recbole-inter",
  description: "a header line user_id:token, item_id:token, timestamp:float; separated by tabs",
  repeats: "keep",
  recognizes: (fileName, [line = ""]) =>
    /\.inter(\.gz)?$/.test(fileName) || line.includes("_id:token"),
  async read(path: string, events: EventLog): Promise<void> {
    const columns = new Columns("\t");
    const times = new TimeColumn();
    const blank = await eachLine(path, (line) => {
      if (columns.takesHeader(line)) return;
      const fields = columns.split(line);
      const user = fields.id(columns.index("user_id:token"), events.users);
      const item = fields.id(columns.index("item_id:token"), events.items);
      times.read(fields, columns.index("timestamp:float"));
      events.add(user, item, times.time, times.finer);
    });
    events.drop(blank, "blank lines", "no interaction");
    times.finish(events);
  },
};
