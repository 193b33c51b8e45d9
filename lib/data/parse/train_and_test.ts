/**
 * Folders with a train.txt and a test.txt, as KGAT, LightGCN and NGCF publish them: lines of a
 * user's number and items. Their split is not kept: a user's items of train and then of test are
 * one sequence.
 */
import { exists } from "../../base/files.ts";
import { join } from "../../base/paths.ts";
import { EventLog } from "../events.ts";
import { Fields } from "./fields.ts";
import { InParts } from "./in_parts.ts";
import { eachLine, firstLines } from "./lines.ts";

/** as in the manifest */
export const TRAIN_AND_TEST = "train-and-test";

/** The two files of such a folder, the earlier first; undefined if it is another one. */
export async function trainAndTest(folder: string): Promise<string[] | undefined> {
  const files = ["train.txt", "test.txt"].map((name) => join(folder, name));
  return (await Promise.all(files.map(exists))).every(Boolean) ? files : undefined;
}

/**
 * Reads such a folder.
 *
 * @throws {BadInput} with the line that is wrong: no number of a user, or no items with one space
 *   between them
 */
export async function readTrainAndTest(folder: string): Promise<EventLog> {
  const events = new EventLog();
  const parts = new InParts();
  const fields = new Fields(" ");
  for (const file of (await trainAndTest(folder))!) {
    await firstLines(file); // refuses what is no text
    await eachLine(file, (line) => {
      while (line.bytes[line.end - 1] === SPACE) line.end--;
      fields.split(line);
      const items = parts.of(fields, 0);
      for (let i = 1; i < fields.count; i++) {
        if (Number.isNaN(fields.digits(i))) throw fields.bad(i, "not the number of an item");
        items.push(fields.text(i));
      }
    });
  }
  parts.into(events, folder);
  return events;
}

const SPACE = 32;
