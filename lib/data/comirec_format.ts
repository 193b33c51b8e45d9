/** Export in ComiRec's text format, so that other people's code runs on the very same split. */
import { fileName } from "../base/file_name.ts";
import { requireOwnFiles } from "../base/foreign_files.ts";
import { exists, sha256, writeAtomically, writeTogether } from "../base/files.ts";
import { requireMemory } from "../base/memory.ts";
import { join } from "../base/paths.ts";
import { joined } from "./bytes.ts";
import { writing } from "../base/disk.ts";
import { itemMapLine } from "./comirec_item_map.ts";
import { besides, datasetHash } from "./dataset_hash.ts";
import { SPLITS } from "./filter_and_split.ts";
import { type Dataset, itemsOf, timesOf, userCount } from "./interactions.ts";
import { requireAlone } from "./parse/split_files.ts";
import { filesOfRecord, recordName, type SplitRecord } from "./split/split_record.ts";

/** The parts that are files of their own, in the order in which they are written. */
const PARTS = [...SPLITS, "item_map", "targets"] as const;

/** Their bytes. */
type Contents = Readonly<Record<typeof PARTS[number], Uint8Array>>;

/**
 * Writes <name>_train.txt, <name>_valid.txt and <name>_test.txt with lines user,item,index. Users
 * are numbered from 0 on over the three splits in their order, items as in the data set (from 1
 * on), index is the position in the user's sequence from 0 on. Where the data has times, all from
 * 1973 to 2286 so that their unit is plain, a fourth column has them in seconds since 1970.
 * <name>_item_map.txt has a line label,item for every item, those included that occur in no split:
 * it gives the catalogue. Labels come back as they are, whatever they contain; the format has no
 * place for profiles. Where the split settles where targets begin, <name>_targets.txt has lines
 * user,number: so many of the user's items are the history; where it does not, such a file of an
 * earlier export is removed. <name>_split.json has the hashes of the data set and of every file. It
 * takes its place first, once all are written: who reads a folder where an export was interrupted
 * is told, and the next export may replace what is there. A person in several splits has a number
 * in each.
 *
 * @returns the paths of the files
 * @throws BadInput if the folder cannot be written, has such a file that no export wrote or
 *   another split, the disk is full, or the catalogue is too large
 */
export async function exportComirec(dataset: Dataset, folder: string): Promise<string[]> {
  requireMemory(`export of ${dataset.name}`, [
    { what: "its item map", bytes: 64 * dataset.itemCount, lower: ["the number of items"] },
  ], () => "Where item numbers have large gaps, read the source with --renumber.");
  const stem = fileName(dataset.name);
  const fileOf = (part: typeof PARTS[number]) => `${stem}_${part}.txt`;
  const record = recordName(stem);
  const listed = await requireOwnFiles(folder, PARTS.map(fileOf), record, filesOfRecord);
  await requireAlone(folder, [...PARTS.map(fileOf), record]);
  const withTimes = SPLITS.every((split) => dataset[split].times?.every(isPlain));
  const contents = contentsOf(dataset, withTimes);
  const parts = PARTS.filter((part) => part !== "targets" || contents.targets.length > 0);
  const { name, split, kept } = dataset;
  const { timesHash } = besides(dataset);
  const about: SplitRecord = {
    name,
    ...(split !== undefined && { split }),
    ...(kept && { kept }),
    hash: datasetHash(dataset),
    ...(withTimes && timesHash !== undefined && { timesHash }),
    files: Object.fromEntries(parts.map((part) => [fileOf(part), sha256(contents[part])])),
  };
  const recordPath = join(folder, record);
  const textOf = (of: SplitRecord) => `${JSON.stringify(of, null, 2)}\n`;
  const targets = fileOf("targets");
  const before = listed[targets];
  const isStale = before !== undefined && !(targets in about.files);
  // as long as it is there, the record lists it: nobody would know whose it is
  const first = isStale ? { ...about, files: { ...about.files, [targets]: before } } : about;
  const written = parts.map((part) => [join(folder, fileOf(part)), contents[part]] as const);
  await writeTogether([...written, [recordPath, textOf(first)]]);
  if (isStale) {
    await removed(join(folder, targets));
    await writeAtomically(recordPath, textOf(about));
  }
  return [...written.map(([path]) => path), recordPath];
}

/** What the files hold; no targets where the split does not settle them. */
function contentsOf(dataset: Dataset, withTimes: boolean): Contents {
  const targets: string[] = [];
  let firstUser = 0;
  const [train, valid, test] = SPLITS.map((split) => {
    const interactions = dataset[split];
    const users: string[] = [];
    for (let u = 0; u < userCount(interactions); u++) {
      let lines = "";
      const times = withTimes ? timesOf(interactions, u) : undefined;
      itemsOf(interactions, u).forEach((item, index) => {
        lines += `${firstUser + u},${item},${index}${times ? `,${times[index]}` : ""}\n`;
      });
      users.push(lines);
      const from = interactions.targetsFrom?.[u];
      if (from !== undefined) targets.push(`${firstUser + u},${from}\n`);
    }
    firstUser += users.length;
    return encoded(users);
  }) as [Uint8Array, Uint8Array, Uint8Array];
  const items = Array.from({ length: dataset.itemCount }, (_, index) => index + 1);
  const label = (item: number) => dataset.labels?.[item] ?? String(item);
  const item_map = encoded(items.map((item) => itemMapLine(label(item), item)));
  return { train, valid, test, item_map, targets: encoded(targets) };
}

/** Removes a file, if it is still there. */
async function removed(path: string): Promise<void> {
  if (await exists(path)) await writing(path, () => Deno.remove(path));
}

/** Whether a number of seconds cannot be taken for another unit. */
function isPlain(seconds: number): boolean {
  return seconds >= 1e8 && seconds < 1e10;
}

/** The bytes of many short texts: one string of them all could exceed what a string may hold. */
function encoded(texts: readonly string[]): Uint8Array {
  const encoder = new TextEncoder();
  return joined(texts.map((text) => encoder.encode(text)));
}
