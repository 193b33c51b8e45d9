/** Amazon ratings as published by J. McAuley in 2014: user,item,rating,timestamp; no header. */
import { BadInput } from "../../base/bad_input.ts";
import type { EventLog } from "../events.ts";
import { Fields } from "./fields.ts";
import type { Format } from "./format.ts";
import { eachLine } from "./lines.ts";

/** A rating is a behaviour whatever its stars. */
export const amazonRatings: Format = {
  name: "amazon-ratings",
  description: "user,item,rating,timestamp without a header line",
  repeats: "keep",
  recognizes: (_fileName, line) => line.split(",").length === 4,
  async read(path: string, events: EventLog): Promise<void> {
    const fields = new Fields(",");
    const blank = await eachLine(path, (line) => {
      fields.split(line);
      if (fields.count !== 4) throw fields.bad(fields.count, "not 4 columns");
      if (line.number === 1) refuseItemFirst(fields.text(0), fields.text(1), line.where);
      fields.number(2);
      const user = fields.id(0, events.users);
      events.add(user, fields.id(1, events.items), fields.number(3));
    });
    events.drop(blank, "blank lines", "no rating");
  },
};

/** The release of 2018 has the first two columns the other way round: nothing else would notice. */
function refuseItemFirst(first: string, second: string, where: string): void {
  if (/^[B\d][A-Z\d]{9}$/.test(first) && /^A[A-Z\d]{10,}$/.test(second)) {
    throw new BadInput(
      "the first column looks like a product and the second like a user",
      where,
      `${first},${second}`,
      "Files of 2018 list item,user: swap the first two columns.",
    );
  }
}
