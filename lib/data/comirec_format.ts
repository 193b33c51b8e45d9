/** Export in ComiRec's text format, so that other people's code runs on the very same split. */
import { fileName } from "../base/file_name.ts";
import { fileHash } from "../base/file_hash.ts";
import { refuseForeign } from "../base/foreign_files.ts";
import { exists, writeAtomically } from "../base/files.ts";
import { requireMemory } from "../base/memory.ts";
import { basename, join } from "../base/paths.ts";
import { joined } from "./bytes.ts";
import { writing } from "../base/disk.ts";
import { itemMapLine } from "./comirec_item_map.ts";
import { besides, datasetHash } from "./dataset_hash.ts";
import { SPLITS } from "./filter_and_split.ts";
import { type Dataset, itemsOf, timesOf, userCount } from "./interactions.ts";
import { isSplitRecord, recordName, type SplitRecord } from "./split/split_record.ts";

/**
 * Writes <name>_train.txt, <name>_valid.txt and <name>_test.txt with lines user,item,index. Users
 * are numbered from 0 on over the three splits in their order, items as in the data set (from 1
 * on), index is the position in the user's sequence from 0 on. Where the data has times, all from
 * 1973 to 2286 so that their unit is plain, a fourth column has them in seconds since 1970.
 * <name>_item_map.txt has a line label,item for every item, those included that occur in no split:
 * it gives the catalogue. Labels come back as they are, whatever they contain; the format has no
 * place for profiles. Where the split settles where targets begin, <name>_targets.txt has lines
 * user,number: so many of the user's items are the history; where it does not, such a file of an
 * earlier export is removed. <name>_split.json has the hashes of the data set and of every file. A
 * person in several splits has a number in each.
 *
 * @returns the paths of the files
 * @throws BadInput if the folder cannot be written or has such a file that no export wrote, the
 *   disk is full, or the catalogue is too large
 */
export async function exportComirec(dataset: Dataset, folder: string): Promise<string[]> {
  requireMemory(`export of ${dataset.name}`, [
    { what: "its item map", bytes: 64 * dataset.itemCount, lower: ["the number of items"] },
  ], () => "Where item numbers have large gaps, read the source with --renumber.");
  const stem = fileName(dataset.name);
  const files = [...SPLITS, "item_map", "targets"].map((part) => `${stem}_${part}.txt`);
  const record = recordName(stem);
  await refuseForeign(folder, [...files, record], record, isSplitRecord);
  const paths: string[] = [];
  const targets: string[] = [];
  const withTimes = SPLITS.every((split) => dataset[split].times?.every(isPlain));
  let firstUser = 0;
  for (const split of SPLITS) {
    const path = join(folder, `${stem}_${split}.txt`);
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
    paths.push(await written(path, users));
  }
  const map = join(folder, `${stem}_item_map.txt`);
  const items = Array.from({ length: dataset.itemCount }, (_, index) => index + 1);
  const label = (item: number) => dataset.labels?.[item] ?? String(item);
  const lines = items.map((item) => itemMapLine(label(item), item));
  paths.push(await written(map, lines));
  const targetsFile = join(folder, `${stem}_targets.txt`);
  if (targets.length > 0) paths.push(await written(targetsFile, targets));
  const hashes = await Promise.all(paths.map(fileHash));
  const { name, split, kept } = dataset;
  const { timesHash } = besides(dataset);
  const about: SplitRecord = {
    ...{
      name,
      ...(split !== undefined && { split }),
      ...(kept && { kept }),
      hash: datasetHash(dataset),
    },
    ...(withTimes && timesHash !== undefined && { timesHash }),
    files: Object.fromEntries(paths.map((path, i) => [basename(path), hashes[i]!])),
  };
  const text = `${JSON.stringify(about, null, 2)}\n`;
  const recordFile = await written(join(folder, record), [text]);
  if (targets.length === 0 && await exists(targetsFile)) {
    await writing(targetsFile, () => Deno.remove(targetsFile));
  }
  return [...paths, recordFile];
}

/** Writes many short texts into one file, and gives its path. */
async function written(path: string, texts: readonly string[]): Promise<string> {
  await writing(path, () => writeAtomically(path, encoded(texts)));
  return path;
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
