/** Which files of a folder in ComiRec's text format are read. */
import { BadInput } from "../../base/bad_input.ts";
import { namesIn } from "../../base/disk.ts";
import { exists } from "../../base/files.ts";
import { join } from "../../base/paths.ts";
import { SPLITS } from "../filter_and_split.ts";
import { type FoundRecord, recordIn, recordName } from "../split/split_record.ts";

/** What a folder may have besides the splits. */
const OPTIONAL = ["item_map", "targets"] as const;

type Part = (typeof SPLITS)[number] | (typeof OPTIONAL)[number];

/** The files of a folder by what they hold. */
export type SplitFiles =
  & Readonly<Record<(typeof SPLITS)[number], string>>
  & { readonly [part in (typeof OPTIONAL)[number]]?: string };

/**
 * Everything of a folder that is read: the splits in their order, item map and targets if any, and
 * the record.
 *
 * @throws BadInput as {@linkcode splitFiles}
 */
export async function comirecFiles(folder: string): Promise<string[]> {
  const found = await recordIn(folder);
  return [...Object.values(await splitFiles(folder, found)), ...found ? [found.path] : []];
}

/**
 * Refuses a folder in which another split lies, or a part of one: two in a folder cannot be read.
 *
 * @param own names of the files that may be there
 * @throws {BadInput} naming a file of the other
 */
export async function requireAlone(folder: string, own: readonly string[]): Promise<void> {
  if (!await exists(folder)) return;
  const needed = new RegExp(`_(${SPLITS.join("|")})\\.txt(\\.gz)?$|${recordName("")}$`);
  for (const name of await namesIn(folder)) {
    if (!needed.test(name) || own.includes(name)) continue;
    const remedy =
      "Name another folder, where this split is alone; or remove the other, if nobody " +
      "needs it.";
    throw new BadInput("another split is in this folder", join(folder, name), undefined, remedy);
  }
}

/**
 * The files of a folder. Where there is a record, item map and targets are those that it lists:
 * another that lies there was left by an earlier split.
 *
 * @throws BadInput if one of the three splits is missing, or a file is there twice
 */
export async function splitFiles(folder: string, found?: FoundRecord): Promise<SplitFiles> {
  const names = await namesIn(folder);
  const isListed = (name: string) => found === undefined || name in found.record.files;
  const files: [Part, string][] = [...SPLITS, ...OPTIONAL].flatMap((part): [Part, string][] => {
    const optional = OPTIONAL.some((one) => one === part);
    const fitting = names.filter((name) => new RegExp(`_${part}\\.txt(\\.gz)?$`).test(name))
      .filter((name) => !optional || isListed(name));
    if (fitting.length === 1) return [[part, join(folder, fitting[0]!)]];
    if (fitting.length === 0 && optional) return [];
    throw new BadInput(
      `${fitting.length} files named <name>_${part}.txt or .txt.gz, where one is needed`,
      folder,
      fitting.join(", "),
      "Give a folder with one train, one valid and one test file.",
    );
  });
  return Object.fromEntries(files) as SplitFiles;
}
