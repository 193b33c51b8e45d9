/** Amazon reviews as published by J. McAuley: a JSON object a line. */
import { z } from "zod";
import { BadInput } from "../../base/bad_input.ts";
import type { EventLog } from "../events.ts";
import type { Format } from "./format.ts";
import { eachLine, type Line } from "./lines.ts";

const Review = z.object({
  reviewerID: z.string().min(1),
  asin: z.string().min(1),
  unixReviewTime: z.number(),
});

/** Users are reviewers, items are products (asin), a review is a behaviour whatever its stars. */
export const amazonReviews: Format = {
  name: "amazon-reviews",
  description: "a JSON object a line with reviewerID, asin and unixReviewTime",
  repeats: "keep",
  recognizes: (_fileName, line) => line.startsWith("{"),
  async read(path: string, events: EventLog): Promise<void> {
    const blank = await eachLine(path, (line) => {
      const review = parsed(line);
      const user = events.users.internText(review.reviewerID);
      events.add(user, events.items.internText(review.asin), review.unixReviewTime);
    });
    events.drop(blank, "blank lines", "no review");
  },
};

function parsed(line: Line): z.infer<typeof Review> {
  let value: unknown;
  try {
    value = JSON.parse(line.text());
  } catch {
    throw new BadInput("not JSON", line.where, line.text(), "Correct or remove the line.");
  }
  const review = Review.safeParse(value);
  if (review.success) return review.data;
  const { message, path } = review.error.issues[0]!;
  throw new BadInput(
    `field ${path.join(".") || "(object)"} is wrong (${message})`,
    line.where,
    line.text(),
    'A review needs texts "reviewerID" and "asin" and a number "unixReviewTime".',
  );
}
