/** The formats that behaviours come in: one file each, all into the same EventLog. */
import { BadInput } from "../../base/bad_input.ts";
import { reading } from "../../base/disk.ts";
import { basename } from "../../base/paths.ts";
import { amazonRatings } from "./amazon_ratings.ts";
import { amazonReviews } from "./amazon_reviews.ts";
import type { Format } from "./format.ts";
import { gowalla } from "./gowalla.ts";
import { firstLines } from "./lines.ts";
import { pickledSequences } from "./pickled_sequences.ts";
import { recbole } from "./recbole.ts";
import { recboleZip } from "./recbole_zip.ts";
import { retailrocket } from "./retailrocket.ts";
import { sequenceFile, userItems } from "./sequence_file.ts";

/** Every format of a single file, the easiest to tell first. */
export const FORMATS: readonly Format[] = [
  recbole,
  amazonReviews,
  retailrocket,
  gowalla,
  amazonRatings,
  userItems,
  sequenceFile,
  pickledSequences,
  recboleZip,
];

/**
 * The format of a file, among some by name. Where sequences are expected, a file that numbers its
 * users will do too.
 *
 * @param as the path that it will have, if it is not there yet
 * @throws BadInput if the file is of another format: the message says what it is
 */
export async function formatOf(
  path: string,
  names: readonly string[],
  as: string = path,
): Promise<Format> {
  const magic = await firstBytes(path);
  const packed = FORMATS.find((format) => format.magic && magic.startsWith(format.magic));
  if (packed && names.includes(packed.name)) return packed;
  const lines = await firstLines(path);
  const first = lines.findIndex((line) => line.trim() !== "");
  if (first < 0) {
    throw new BadInput("empty file or blank first lines", path, "", "Get the file again.");
  }
  const found = FORMATS.find((format) => format.recognizes(basename(as), lines.slice(first)));
  const known = found === userItems ? sequenceFile : found;
  if (found !== undefined && names.includes(known!.name)) return found;
  const expected = FORMATS.filter((format) => names.includes(format.name))
    .map((format) => `${format.name} (${format.description})`);
  throw new BadInput(
    `the first line fits no format of this data set: the file looks like ${
      found === undefined ? shapeOf(lines[first]!) : `${found.name} (${found.description})`
    }`,
    `${path}, line ${first + 1}`,
    lines[first]!,
    `Expected ${expected.join(", or ")}. A table of your own is read by fromCsv in a notebook, ` +
      "and by --table or --user, --item, --time of the commands.",
  );
}

/** A byte a character. */
async function firstBytes(path: string): Promise<string> {
  const head = new Uint8Array(4);
  const read = await reading(path, async () => {
    using file = await Deno.open(path);
    return await file.read(head);
  });
  return String.fromCharCode(...head.subarray(0, read ?? 0));
}

/** What a line of no registered format is, in words. */
function shapeOf(line: string): string {
  if (/^\s*[{[]/.test(line)) return "JSON";
  const separators = [["::", '"::"'], ["\t", "tabs"], [",", "commas"], [";", "semicolons"]];
  const found = separators.find(([separator]) => line.includes(separator!));
  if (found === undefined) return "plain text";
  const columns = line.split(found[0]!);
  const named = columns.every((column) => /^\W*[a-z_ ]+\W*$/i.test(column));
  return `${columns.length} columns separated by ${found[1]}${
    named ? ", with a header line" : ", without a header line"
  }`;
}
