/**
 * Folders already split, in ComiRec's text format: <name>_train.txt, <name>_valid.txt and
 * <name>_test.txt (or .txt.gz) with lines user,item,index; REMI's own also have a time after that.
 */
import { BadInput } from "../../base/bad_input.ts";
import { basename, join } from "../../base/paths.ts";
import { datasetHash } from "../dataset_hash.ts";
import { EventLog } from "../events.ts";
import { SPLITS } from "../filter_and_split.ts";
import type { Dataset, Interactions } from "../interactions.ts";
import { Fields } from "./fields.ts";
import { eachLine, type Line } from "./lines.ts";

/** as in the manifest */
export const COMIREC_SPLIT = "comirec-split";

/** ids are stored as 32-bit integers with a sign */
const LARGEST_ITEM = 0x7fffffff;

/** The three files of a folder, in the order of the splits. */
export async function comirecFiles(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of Deno.readDir(folder)) names.push(entry.name);
  return SPLITS.map((split) => {
    const found = names.filter((name) => new RegExp(`_${split}\\.txt(\\.gz)?$`).test(name));
    if (found.length === 1) return join(folder, found[0]!);
    throw new BadInput(
      `${found.length} files named <name>_${split}.txt or .txt.gz, where one is needed`,
      folder,
      found.join(", "),
      "Give a folder with one train, one valid and one test file.",
    );
  });
}

/**
 * Reads such a folder; the split and the item numbers are taken as they are. The catalogue is
 * 1..largest item. A user's items are in order of the index column.
 *
 * @throws BadInput with the line that is wrong: not 3 or 4 columns, an item that is not an integer
 *   in 1..2^31-1, or a user that another split has already
 */
export async function readComirecSplit(name: string, folder: string): Promise<Dataset> {
  const events = new EventLog();
  const numbers: number[] = []; // by interned item
  const fields = new Fields(",");
  const ends: number[] = []; // users after each split
  for (const file of await comirecFiles(folder)) {
    const firstUser = events.users.size;
    const blank = await eachLine(file, (line) => {
      fields.split(line);
      if (fields.count !== 3 && fields.count !== 4) {
        throw fields.bad(fields.count, "not 3 columns user,item,index (or 4, with a time)");
      }
      const user = fields.id(0, events.users);
      if (user < firstUser) throw inTwoSplits(fields, line);
      const item = fields.id(1, events.items);
      numbers[item] ??= itemNumber(fields);
      events.add(user, item, fields.number(2));
    });
    events.drop(blank, "blank lines", `no behaviour, in ${basename(file)}`);
    ends.push(events.users.size);
  }
  const { interactions, repeated, reorderedUsers } = events.sequences("keep");
  for (let at = 0; at < interactions.items.length; at++) {
    interactions.items[at] = numbers[interactions.items[at]!]!;
  }
  const [train, valid, test] = SPLITS.map((_, s) =>
    usersOf(interactions, s === 0 ? 0 : ends[s - 1]!, ends[s]!)
  ) as [Interactions, Interactions, Interactions];
  const itemCount = numbers.reduce((most, number) => Math.max(most, number), 0);
  const without = itemCount - new Set(numbers).size;
  const notes = ["split and item numbers are the source's own"];
  if (without > 0) notes.push(`${without} items of 1..${itemCount} occur in no split`);
  if (repeated > 0) notes.push(`kept ${repeated} repeats of an item by the same user`);
  if (reorderedUsers > 0) notes.push(`sorted by index: ${reorderedUsers} users were not`);
  return {
    name,
    itemCount,
    train,
    valid,
    test,
    hash: datasetHash({ itemCount, train, valid, test }),
    report: { source: folder, format: COMIREC_SPLIT, drops: events.drops, notes },
  };
}

function itemNumber(fields: Fields): number {
  const number = fields.number(1);
  if (Number.isInteger(number) && number >= 1 && number <= LARGEST_ITEM) return number;
  throw fields.bad(1, "item out of range", "Items are integers from 1 on; 0 is the padding item.");
}

function inTwoSplits(fields: Fields, line: Line): BadInput {
  return new BadInput(
    "a user that an earlier split has already",
    line.where,
    fields.text(0),
    "Every user belongs to one of train, valid and test.",
  );
}

/** The sequences of users first..end-1, in arrays of their own. */
function usersOf({ offsets, items }: Interactions, first: number, end: number): Interactions {
  const start = offsets[first]!;
  return {
    offsets: offsets.slice(first, end + 1).map((offset) => offset - start),
    items: items.slice(start, offsets[end]),
  };
}
