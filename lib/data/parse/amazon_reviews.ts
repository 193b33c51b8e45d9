/**
 * Amazon reviews as published by J. McAuley: an object a line, in JSON or, in some of the oldest
 * files, as Python prints a dictionary. The release of 2023 has other names than those before.
 */
import { BadInput } from "../../base/bad_input.ts";
import type { EventLog } from "../events.ts";
import type { Format } from "./format.ts";
import { idOf, readTime } from "./json_table.ts";
import { eachLine, type Line } from "./lines.ts";
import { type ObjectLine, objectOf } from "./object_line.ts";
import { TimeColumn } from "./time_column.ts";

/** The names of a release's fields. */
interface Names {
  readonly user: string;
  readonly item: string;
  /** the first that an object has counts */
  readonly times: readonly string[];
}

const BEFORE_2023: Names = {
  user: "reviewerID",
  item: "asin",
  times: ["unixReviewTime", "reviewTime"],
};
/** products that differ in colour or size only share a parent_asin, as in the release's splits */
const OF_2023: Names = {
  user: "user_id",
  item: "parent_asin",
  times: ["timestamp", "sort_timestamp"],
};

/** Users are reviewers, items are products, a review is a behaviour whatever its stars. */
export const amazonReviews: Format = {
  name: "amazon-reviews",
  description: "a JSON object a line with reviewerID, asin and unixReviewTime, " +
    "or (2023) user_id, parent_asin and timestamp",
  repeats: "keep",
  recognizes: (_fileName, [line = ""]) =>
    /^\s*\{/.test(line) && (/reviewerID|"?parent_asin/.test(line) || !/_id['"]/.test(line)),
  async read(path: string, events: EventLog): Promise<void> {
    const times = new TimeColumn();
    let names: Names | undefined;
    const blank = await eachLine(path, (line) => {
      const review = objectOf(line);
      names ??= Object.hasOwn(review, OF_2023.item) ? OF_2023 : BEFORE_2023;
      const time = names.times.find((name) => Object.hasOwn(review, name)) ?? names.times[0]!;
      const user = idOf(field(review, names.user, line), events.users, line, names.user);
      const item = idOf(field(review, names.item, line), events.items, line, names.item);
      readTime(times, field(review, time, line), line, time);
      events.add(user, item, times.time, times.finer);
    });
    events.drop(blank, "blank lines", "no review");
    times.finish(events);
  },
};

function field(review: ObjectLine, name: string, line: Line): unknown {
  if (Object.hasOwn(review, name)) return review[name];
  throw new BadInput(
    `no field ${name}`,
    line.where,
    Object.keys(review).join(", "),
    `A review needs ${BEFORE_2023.user}, ${BEFORE_2023.item} and ${BEFORE_2023.times[0]}, or ` +
      `${OF_2023.user}, ${OF_2023.item} and ${OF_2023.times[0]}.`,
  );
}
