/**
 * Folders already split, in ComiRec's text format: <name>_train.txt, <name>_valid.txt and
 * <name>_test.txt (or .txt.gz) with lines user,item,index, or user,item,index,time as REMI's own.
 * Where there is a <name>_item_map.txt with lines id,item, it gives the catalogue and the labels,
 * a <name>_targets.txt with lines user,number says how many of a user's items are the history, and
 * a <name>_split.json says what it is, and has the sha256 of every file.
 */
import { BadInput } from "../../base/bad_input.ts";
import { fileHash } from "../../base/file_hash.ts";
import { basename } from "../../base/paths.ts";
import { LARGEST_ITEM, readItemMap } from "../comirec_item_map.ts";
import { besides, datasetHash } from "../dataset_hash.ts";
import { EventLog } from "../events.ts";
import { NO_ID } from "../interner.ts";
import { neverUsed } from "../never_used.ts";
import { SPLITS } from "../filter_and_split.ts";
import type { Dataset, Interactions } from "../interactions.ts";
import { renumber } from "../renumber.ts";
import { Fields } from "./fields.ts";
import { recordIn, requireFiles, requireRecorded, splitOfRecord } from "../split/split_record.ts";
import { USUAL_SPLIT } from "../split/split.ts";
import { splitFiles } from "./split_files.ts";
import { OrderColumn } from "./order_column.ts";
import { readTargets, requireListed, withTargets } from "./split_targets.ts";
import { SplitTimes } from "./split_times.ts";
import { eachLine, firstLines, type Line } from "./lines.ts";

/** as in the manifest */
export const COMIREC_SPLIT = "comirec-split";

/** How to read a folder that is split already. */
export interface SplitOptions {
  /**
   * number the items that occur from 1 on, in the order of their numbers, which become their labels
   * if they have none: for sources whose numbers go far beyond the number of items
   */
  readonly renumber?: boolean;
  /** the split that is usual for the name, of which the data set does not speak; users:1 */
  readonly usual?: string | undefined;
}

/**
 * Reads such a folder; the split is taken as it is, and so are the item numbers, unless told. The
 * catalogue is then 1..largest item, of the item map if there is one. A user's items are in order
 * of the index. Times are kept where every line has one and they are dates.
 *
 * @throws BadInput with the line that is wrong: not 3 or 4 columns, an item that is not an integer
 *   in 1..2^31-1 or not in the item map, a time that is no number, or a user that
 *   another split has already; or if a file, or the data, is not what the record says
 */
export async function readComirecSplit(
  name: string,
  folder: string,
  { renumber: anew = false, usual = USUAL_SPLIT }: SplitOptions = {},
): Promise<Dataset> {
  const events = new EventLog();
  const sourceNumbers: number[] = []; // by interned item
  const fields = new Fields(",");
  const order = new OrderColumn();
  const times = new SplitTimes();
  const ends: number[] = []; // users after each split
  const found = await recordIn(folder);
  if (found) await requireFiles(folder, found, fileHash);
  const files = await splitFiles(folder, found);
  const { item_map: mapFile, targets: targetsFile } = files;
  const targets = targetsFile === undefined ? undefined : await readTargets(targetsFile);
  const sourceLabels = mapFile === undefined ? undefined : await readItemMap(mapFile, anew);
  const largest = sourceLabels === undefined ? LARGEST_ITEM : sourceLabels.length - 1;
  for (const file of SPLITS.map((split) => files[split])) {
    const firstUser = events.users.size;
    await firstLines(file); // refuses what is no text
    const blank = await eachLine(file, (line) => {
      fields.split(line);
      if (fields.count !== 3 && fields.count !== 4) {
        throw fields.bad(fields.count, "not 3 columns user,item,index (or 4, with a time)");
      }
      const user = fields.id(0, events.users);
      if (user === NO_ID) throw fields.bad(0, "missing user");
      if (user < firstUser) throw inTwoSplits(fields, line);
      const item = fields.id(1, events.items);
      if (item === NO_ID) throw fields.bad(1, "missing item");
      sourceNumbers[item] ??= itemNumber(fields, 1, largest);
      order.read(fields, 2);
      if (Number.isNaN(order.value)) throw fields.bad(2, "missing number");
      times.read(fields, 3);
      events.add(user, item, order.value, order.finer);
    });
    events.drop(blank, "blank lines", `no behaviour, in ${basename(file)}`);
    ends.push(events.users.size);
  }
  const sequences = events.sequences("keep");
  const { repeated, reorderedUsers } = sequences;
  const seconds = times.seconds(sequences.events);
  const interactions = { ...sequences.interactions, ...(seconds && { times: seconds }) };
  const { numbers, labels } = anew
    ? renumber(sourceNumbers, sourceLabels)
    : { numbers: sourceNumbers, labels: sourceLabels };
  for (let at = 0; at < interactions.items.length; at++) {
    interactions.items[at] = numbers[interactions.items[at]!]!;
  }
  const idsOf = (first: number, end: number) =>
    Array.from({ length: end - first }, (_, u) => events.users.name(first + u));
  if (targets) requireListed(targets, idsOf(ends[0]!, ends[2]!), targetsFile!);
  const [train, valid, test] = SPLITS.map((split, s) => {
    const [first, end] = [s === 0 ? 0 : ends[s - 1]!, ends[s]!];
    const part = usersOf(interactions, first, end);
    if (targets === undefined || split === "train") return part;
    return withTargets(part, idsOf(first, end), targets, targetsFile!);
  }) as [Interactions, Interactions, Interactions];
  const itemCount = labels === undefined
    ? numbers.reduce((most, number) => Math.max(most, number), 0)
    : labels.length - 1;
  const without = itemCount - new Set(numbers).size;
  const notes = [
    anew
      ? "the split is the source's own; items are numbered anew, in the order of their old numbers"
      : "split and item numbers are the source's own",
  ];
  if (found) notes.push("every file has the sha256 that was recorded when the split was written");
  if (without > 0) notes.push(`${without} items of 1..${itemCount} occur in no split`);
  if (repeated > 0) notes.push(`kept ${repeated} repeats of an item by the same user`);
  if (reorderedUsers > 0) notes.push(`sorted by index: ${reorderedUsers} users were not`);
  notes.push(...times.notes, ...neverUsed({ train, valid, test }));
  const hash = datasetHash({ itemCount, train, valid, test });
  const more = besides({ train, valid, test });
  if (found && !anew) requireRecorded(found, { hash, ...more });
  const said = found && await splitOfRecord(found, usual, { train, valid, test });
  return {
    name,
    itemCount,
    train,
    valid,
    test,
    hash,
    ...more,
    ...said,
    ...(labels === undefined ? {} : { labels }),
    report: { source: folder, format: COMIREC_SPLIT, drops: events.drops, notes },
  };
}

function itemNumber(fields: Fields, index: number, largest: number): number {
  const number = fields.number(index);
  if (Number.isInteger(number) && number >= 1 && number <= largest) return number;
  const remedy = `Items are integers in 1..${largest}; 0 is the padding item.`;
  throw fields.bad(index, "item out of range", remedy);
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
function usersOf(
  { offsets, items, times }: Interactions,
  first: number,
  end: number,
): Interactions {
  const start = offsets[first]!;
  return {
    offsets: offsets.slice(first, end + 1).map((offset) => offset - start),
    items: items.slice(start, offsets[end]),
    ...(times && { times: times.slice(start, offsets[end]) }),
  };
}
