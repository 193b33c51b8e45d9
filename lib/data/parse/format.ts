/** The formats that behaviours come in: one file each, all into the same EventLog. */
import { BadInput } from "../../base/bad_input.ts";
import { basename } from "../../base/paths.ts";
import type { EventLog, Repeats } from "../events.ts";
import { amazonRatings } from "./amazon_ratings.ts";
import { amazonReviews } from "./amazon_reviews.ts";
import { gowalla } from "./gowalla.ts";
import { firstLine } from "./lines.ts";
import { recbole } from "./recbole.ts";
import { retailrocket } from "./retailrocket.ts";
import { sequenceFile } from "./sequence_file.ts";

/** How a kind of file is told and read. */
export interface Format {
  /** as in the manifest */
  readonly name: string;
  /** what a line holds, for people */
  readonly description: string;
  /** what becomes of repeated events */
  readonly repeats: Repeats;
  /** whether a file looks like this format, by its name and first line */
  recognizes(fileName: string, firstLine: string): boolean;
  /** reads a file, plain or gzip, as a stream; throws BadInput with the line that is wrong */
  read(path: string, events: EventLog): Promise<void>;
}

/** Every format of a single file, the easiest to tell first. */
export const FORMATS: readonly Format[] = [
  recbole,
  amazonReviews,
  retailrocket,
  gowalla,
  amazonRatings,
  sequenceFile,
];

/**
 * The format of a file, among some by name.
 *
 * @throws BadInput if the file looks like none of them
 */
export async function formatOf(path: string, names: readonly string[]): Promise<Format> {
  const line = await firstLine(path);
  const candidates = FORMATS.filter((format) => names.includes(format.name));
  const found = candidates.find((format) => format.recognizes(basename(path), line));
  if (found !== undefined) return found;
  if (line === "") {
    throw new BadInput("empty file or blank first line", path, line, "Get the file again.");
  }
  throw new BadInput(
    "the first line fits no format of this data set",
    `${path}, line 1`,
    line,
    `Expected ${candidates.map((f) => `${f.name} (${f.description})`).join(", or ")}.`,
  );
}
