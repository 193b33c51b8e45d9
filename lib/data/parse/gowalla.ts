/** Gowalla check-ins as published by SNAP: user, time, latitude, longitude, location; tabs. */
import type { EventLog } from "../events.ts";
import { Fields } from "./fields.ts";
import type { Format } from "./format.ts";
import { eachLine } from "./lines.ts";
import { TimeColumn } from "./time_column.ts";

/** A location is an item; only the last check-in of a user at a location counts. */
export const gowalla: Format = {
  name: "gowalla-checkins",
  description: "user, ISO time, latitude, longitude, location; separated by tabs",
  repeats: "last",
  recognizes: (_fileName, lines) =>
    lines.slice(0, 5).some((line) => /^\d+\t\d{4}-\d\d-\d\dT/.test(line)),
  async read(path: string, events: EventLog): Promise<void> {
    const fields = new Fields("\t");
    const times = new TimeColumn();
    let comments = 0;
    const blank = await eachLine(path, (line) => {
      if (line.bytes[line.start] === HASH) return void comments++;
      fields.split(line);
      if (fields.count !== 5) throw fields.bad(fields.count, "not 5 columns");
      const user = fields.id(0, events.users);
      times.read(fields, 1);
      events.add(user, fields.id(4, events.items), times.time, times.finer);
    });
    events.drop(blank, "blank lines", "no check-in");
    events.drop(comments, "comment lines", "they begin with #");
    times.finish(events);
  },
};

const HASH = 35;
