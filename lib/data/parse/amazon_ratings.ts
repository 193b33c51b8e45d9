/**
 * Amazon ratings as published by J. McAuley: in 2014 user,item,rating,timestamp, in 2018
 * item,user,rating,timestamp, both without a header line; in 2023 with one.
 */
import { BadInput } from "../../base/bad_input.ts";
import type { EventLog } from "../events.ts";
import { Fields } from "./fields.ts";
import type { Format } from "./format.ts";
import { eachLine, firstLines } from "./lines.ts";
import { readTable } from "./read_table.ts";
import { TimeColumn } from "./time_column.ts";

const HEADER = /^\uFEFF?user_id,parent_asin,rating,timestamp/;

/** A rating is a behaviour whatever its stars. */
export const amazonRatings: Format = {
  name: "amazon-ratings",
  description: "user,item,rating,timestamp (2014) or item,user,rating,timestamp (2018) without a " +
    "header line, or (2023) with the header line user_id,parent_asin,rating,timestamp",
  repeats: "keep",
  recognizes: (_fileName, [line = ""]) =>
    HEADER.test(line) || /^\uFEFF?[^,]*,[^,]*,\d+(\.\d+)?,\d+$/.test(line),
  async read(path: string, events: EventLog): Promise<void> {
    const lines = await firstLines(path);
    if (HEADER.test(lines.find((line) => line.trim() !== "") ?? "")) {
      const columns = { user: "user_id", item: "parent_asin", time: "timestamp" };
      return await readTable(path, columns, events);
    }
    const itemFirst = lines.some((line) => /^[B\d][A-Z\d]{9},A[A-Z\d]{10,},/.test(line));
    const [user, item] = itemFirst ? [1, 0] : [0, 1];
    const fields = new Fields(",");
    const times = new TimeColumn();
    const blank = await eachLine(path, (line) => {
      fields.split(line);
      if (fields.count !== 4) throw fields.bad(fields.count, "not 4 columns");
      if (looksLikeUser(fields, item) && looksLikeItem(fields, user)) {
        throw new BadInput(
          `user and item the other way round than in the lines before`,
          line.where,
          line.text(),
          "Give the ratings of 2014 (user,item) and of 2018 (item,user) as files of their own.",
        );
      }
      fields.number(2);
      times.read(fields, 3);
      const number = fields.id(user, events.users);
      events.add(number, fields.id(item, events.items), times.time, times.finer);
    });
    events.drop(blank, "blank lines", "no rating");
    if (itemFirst) events.note("the columns are item,user,rating,timestamp, as in 2018");
    times.finish(events);
  },
};

/** Users of Amazon begin with A and are longer than products, which have ten characters. */
function looksLikeUser(fields: Fields, index: number): boolean {
  return fields.length(index) > 10 && fields.startsWith(index, 65);
}

function looksLikeItem(fields: Fields, index: number): boolean {
  return fields.length(index) === 10;
}
