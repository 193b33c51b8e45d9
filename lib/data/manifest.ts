/** The registry of data sets: data/manifest.json, checked and typed. */
import { z } from "zod";
import { BadInput } from "../base/bad_input.ts";
import { didYouMean } from "../base/did_you_mean.ts";
import { readText } from "../base/disk.ts";
import { projectPath } from "../base/files.ts";
import type { Dataset } from "./interactions.ts";
import { userCount } from "./interactions.ts";

const Counts = z.strictObject({
  users: z.int().positive(),
  items: z.int().positive(),
  behaviours: z.int().positive(),
});

const PLAIN_NAME = /^[\p{L}\p{N}_][\p{L}\p{N}._-]*$/u;

const Address = z.url().refine(
  (url) => isSafeAddress(url),
  "not an address that begins with https",
);

const SourceFile = z.strictObject({
  /** name of the file or folder; a file may also lie there without or with .gz */
  name: z.string().regex(PLAIN_NAME, "no plain name of a file or folder"),
  format: z.string(),
  /** where it can be downloaded without an account */
  url: Address.optional(),
  sha256: z.hash("sha256").optional(),
  /** of a folder: the files in it, each with its address and hash */
  parts: z.array(z.strictObject({
    name: z.string().regex(PLAIN_NAME),
    url: Address,
    sha256: z.hash("sha256"),
  })).min(1).optional(),
  /** another selection of the source, so that the entry's counts do not apply */
  otherCounts: z.literal(true).optional(),
});

const Entry = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string(),
  source: z.string(),
  licence: z.string(),
  /** after the filter, over all three splits */
  counts: Counts,
  /** of the data set in its usual split, where it is known: it tells what counts do not */
  hash: z.hash("sha256").optional(),
  /** L in the reference's settings for this source */
  historyLength: z.int().positive(),
  /** REMI's beta in the reference's settings for this source */
  beta: z.number().nonnegative(),
  /** how its files are split, if not users:1; a folder in ComiRec's format is split already */
  split: z.string().optional(),
  howToGet: z.string(),
  /** what it can be read from, the best first; none: it is generated */
  files: z.array(SourceFile),
});

/** Users, items and behaviours of a data set. */
export type Counts = z.infer<typeof Counts>;
/** A file or folder that a data set can be read from. */
export type SourceFile = z.infer<typeof SourceFile>;
/** A registered data set. */
export type ManifestEntry = z.infer<typeof Entry>;

/**
 * All registered data sets, in the manifest's order.
 *
 * @throws BadInput if the manifest is not what it should be
 */
export async function manifest(
  path: string = projectPath("data", "manifest.json"),
): Promise<ManifestEntry[]> {
  const remedy = "Compare with the entries that data/README.md describes.";
  let json: unknown;
  try {
    json = JSON.parse(await readText(path));
  } catch (error) {
    if (error instanceof BadInput) throw error;
    throw new BadInput("not readable as JSON", path, (error as Error).message, remedy);
  }
  const entries = z.array(Entry).min(1).refine(namesDiffer, "a name is there twice").safeParse(
    json,
  );
  if (entries.success) return entries.data;
  const issue = entries.error.issues[0]!;
  throw new BadInput(issue.message, `${path}, entry ${issue.path.join(".")}`, undefined, remedy);
}

function namesDiffer(entries: readonly { readonly name: string }[]): boolean {
  return new Set(entries.map(({ name }) => name)).size === entries.length;
}

/**
 * Whether something may be downloaded from an address: by https, or by http from this machine
 * itself; without a name or password in it.
 */
export function isSafeAddress(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  const isLocal = ["127.0.0.1", "[::1]", "localhost"].includes(hostname);
  return username + password === "" &&
    (protocol === "https:" || protocol === "http:" && isLocal);
}

/**
 * The entry of a name.
 *
 * @throws BadInput if there is none, with the names that there are
 */
export async function manifestEntry(name: string): Promise<ManifestEntry> {
  const entries = await manifest();
  const entry = entries.find((entry) => entry.name === name);
  if (entry !== undefined) return entry;
  const names = entries.map((entry) => entry.name);
  const what = `no such data set${didYouMean(String(name), names)}`;
  throw new BadInput(what, "data/manifest.json", name, `There are ${names.join(", ")}.`);
}

/** Users, items and behaviours over all three splits, each once. */
export function countsOf({ itemCount, train, valid, test, kept }: Dataset): Counts {
  const splits = [train, valid, test];
  const apart = () => ({
    users: splits.reduce((sum, split) => sum + userCount(split), 0),
    behaviours: splits.reduce((sum, split) => sum + split.items.length, 0),
  });
  return { items: itemCount, ...(kept ?? apart()) };
}

/** "28,219 users, 30,013 items, 303,394 behaviours" */
export function countsText({ users, items, behaviours }: Counts): string {
  const text = (n: number) => n.toLocaleString("en");
  return `${text(users)} users, ${text(items)} items, ${text(behaviours)} behaviours`;
}
