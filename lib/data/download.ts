/** Downloads that go on where they stopped and are verified before they count as there. */
import { BadInput, Hindrance } from "../base/bad_input.ts";
import { writing } from "../base/disk.ts";
import { fileHash } from "../base/file_hash.ts";
import { exists, writeAll, writeAtomically } from "../base/files.ts";
import { whileLocked } from "../base/lock.ts";
import { basename, dirname } from "../base/paths.ts";
import { recordedHash, recordHash, recordPath } from "./download_record.ts";
import { brokenOff, PATIENCE, type Patience, type Transfer, transfer } from "./transfer.ts";

/** How to download. */
export interface DownloadOptions {
  /** what the file's sha256 has to be; without it, what was recorded of an earlier download */
  readonly sha256?: string;
  /**
   * reads the file, which has this path meanwhile; throws BadInput if it is not the right one, a
   * Hindrance if something else is wrong
   */
  readonly check?: (part: string) => Promise<void>;
  /** is told how many bytes are there, of how many (0 if the server does not say) */
  readonly progress?: (bytes: number, total: number) => void;
  /** is told whom it waits for, and what was found wrong and mended; default: console.warn */
  readonly say?: (message: string) => void;
  /** how long the server may be silent */
  readonly patience?: Patience;
}

/**
 * Downloads a file. Until it is whole and verified it is named `<to>.part`; calling again goes on
 * with that part, if the server can (HTTP Range) and the file there is still the same (ETag or
 * Last-Modified, and size), and starts anew otherwise. Its sha256 has to be the given one; without
 * one it has to pass the check, and only then is its hash recorded, in hashes.json beside the file.
 * A recorded hash that differs from a file that passes is corrected. What goes on from an earlier
 * part and turns out to be damaged is fetched once more. Of several processes that want the file
 * one downloads it and the others wait.
 *
 * @throws BadInput if the address is not safe, the server refuses or answers something else, the
 *   transfer breaks off or stalls (the part stays), the file is not the right one (the part is
 *   removed), or the disk is full (the part stays)
 */
export async function download(
  url: string,
  to: string,
  options: DownloadOptions = {},
): Promise<void> {
  const { say = console.warn } = options;
  await writing(to, () => Deno.mkdir(dirname(to), { recursive: true }));
  let waited = false;
  await writing(to, () =>
    whileLocked(`${to}.lock`, async () => {
      const mayBeThere = waited || options.sha256 !== undefined;
      if (mayBeThere && await isThere(url, to, options)) return;
      await fetchVerified(url, to, options, say);
    }, () => {
      waited = true;
      say(`Another process downloads ${basename(to)}: waiting for it.`);
    }));
}

/** Whether the very file is there: another process has brought it, or a person. */
async function isThere(url: string, to: string, { sha256 }: DownloadOptions): Promise<boolean> {
  const expected = sha256 ?? await recordedHash(to, url);
  return expected !== undefined && await exists(to) && await fileHash(to) === expected;
}

async function fetchVerified(
  url: string,
  to: string,
  options: DownloadOptions,
  say: (message: string) => void,
): Promise<void> {
  const part = `${to}.part`;
  const ask = (headers: Record<string, string>) =>
    transfer(url, headers, say, options.patience ?? PATIENCE);
  const fetched = () => fetchPart(url, part, ask, options.progress ?? (() => {}));
  let hash: string;
  if (await fetched() === "gone on") {
    try {
      hash = await verified(url, part, to, options, say);
    } catch (error) {
      if (!(error instanceof BadInput) || await exists(part)) throw error;
      say(`${basename(to)} is damaged, perhaps since an earlier part of it: it is fetched again.`);
      await fetched();
      hash = await verified(url, part, to, options, say);
    }
  } else hash = await verified(url, part, to, options, say);
  await recordHash(to, url, hash);
  await Deno.rename(part, to);
  await forget(part);
}

/**
 * The sha256 of a part that is the right file.
 *
 * @throws BadInput if it is not; the part is removed
 * @throws {Hindrance} if that could not be found out; the part stays
 */
async function verified(
  url: string,
  part: string,
  to: string,
  { sha256, check }: DownloadOptions,
  say: (message: string) => void,
): Promise<string> {
  const hash = await fileHash(part);
  const recorded = sha256 === undefined ? await recordedHash(to, url) : undefined;
  const expected = sha256 ?? recorded;
  const isKnown = expected === undefined || hash === expected;
  if (!isKnown && (sha256 !== undefined || check === undefined)) {
    await forget(part);
    const by = sha256 === undefined ? ` that ${recordPath(to)} recorded` : "";
    throw new BadInput(
      `not the file that was expected${by} (sha256 ${expected})`,
      url,
      hash,
      "What was downloaded is removed; run it again. If it stays so, the source has changed" +
        (by ? `: remove that entry to accept it.` : "."),
    );
  }
  try {
    await check?.(part);
  } catch (error) {
    const isWrong = error instanceof BadInput && !(error instanceof Hindrance);
    if (isWrong && hash !== expected) await forget(part); // otherwise it is the very file
    throw error;
  }
  if (!isKnown) {
    say(`${recordPath(to)} had another sha256 of ${basename(to)}, which is right: corrected.`);
  }
  return hash;
}

type Progress = (bytes: number, total: number) => void;

type Ask = (headers: Record<string, string>) => Promise<Transfer>;

/** Brings the part up to the whole file, with what is there of it or anew. */
async function fetchPart(
  url: string,
  part: string,
  ask: Ask,
  progress: Progress,
): Promise<"gone on" | "anew"> {
  const have = await sizeOf(part);
  const version = await readVersion(part);
  // a part of an unknown version cannot be told from another file's: it is started anew
  if (have > 0 && version.tag !== "") {
    const sent = await ask({ "range": `bytes=${have}-`, "if-range": version.tag });
    const { response } = sent;
    if (response.status === 200) return await receive(sent, url, part, 0, progress);
    const range = sentRange(response);
    const isSame = version.total === 0 || version.total === range?.total;
    if (response.status === 206 && goesOn(response, have) && isSame) {
      return await receive(sent, url, part, have, progress);
    }
    await sent.close();
    if (response.status === 416 && range?.total === have && isSame) return "gone on"; // it is whole
    // the part is longer than the file, or the server sends another piece: not to be joined
    if (response.status !== 206 && response.status !== 416) throw refusal(url, response);
    await forget(part);
  }
  const sent = await ask({});
  if (sent.response.status === 200) return await receive(sent, url, part, 0, progress);
  await sent.close();
  throw refusal(url, sent.response);
}

/** What Content-Range says: of a piece, or of the whole when there is none at that place. */
function sentRange({ headers }: Response): { from: number; end: number; total: number } | null {
  const said = headers.get("content-range") ?? "";
  const found = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+)$/.exec(said);
  return found && { from: Number(found[1]), end: Number(found[2]) + 1, total: Number(found[3]) };
}

/** Whether a piece is all that lacks after so many bytes. */
function goesOn(response: Response, have: number): boolean {
  const sent = sentRange(response);
  const length = Number(response.headers.get("content-length") ?? NaN);
  return sent?.from === have && sent.end === sent.total &&
    (Number.isNaN(length) || length === sent.total - have);
}

function refusal(url: string, { status, statusText }: Response): BadInput {
  const odd = status === 206 || status === 416;
  return new BadInput(
    odd ? "the server answers a request for the whole file with a piece" : "the server refuses",
    url,
    `${status} ${statusText}`,
    "Get the file in a browser, and give it with --from.",
  );
}

/** Writes a body into the part from a position on, with the version it is of beside it. */
async function receive(
  sent: Transfer,
  url: string,
  part: string,
  from: number,
  progress: Progress,
): Promise<"gone on" | "anew"> {
  const { headers } = sent.response;
  try {
    refusePage(headers, url);
    const left = Number(headers.get("content-length") ?? 0);
    const total = sentRange(sent.response)?.total ?? (left > 0 ? from + left : 0);
    const tag = headers.get("etag") ?? "";
    const strong = tag !== "" && !tag.startsWith("W/"); // If-Range needs a strong one
    if (from === 0) { // never an old part beside a new version
      await forget(part);
      const version = strong ? tag : headers.get("last-modified") ?? "";
      await writeAtomically(versionPath(part), `${version}\n${total}`);
    }
    await writing(part, () => append(part, from, sent, (n) => progress(n, total)));
    const bytes = await sizeOf(part);
    if (total > 0 && bytes !== total) throw brokenOff(url, `${bytes} of ${total} bytes`);
  } finally {
    await sent.close();
  }
  return from === 0 ? "anew" : "gone on";
}

/** A login or an error page with the status of a success. */
function refusePage(headers: Headers, url: string): void {
  const type = headers.get("content-type") ?? "";
  if (!/^(text\/html|application\/xhtml)/i.test(type)) return;
  const remedy = "Open it in a browser, get the file there, and give it with --from.";
  throw new BadInput("the server sends an HTML page, not the file", url, undefined, remedy);
}

/** Writes a body into the part from a position on; what stood behind it is cut off. */
async function append(
  part: string,
  from: number,
  sent: Transfer,
  progress: (bytes: number) => void,
): Promise<void> {
  using file = await Deno.open(part, { write: true, create: true });
  await file.truncate(from);
  await file.seek(from, Deno.SeekMode.Start);
  let bytes = from;
  for (let chunk = await sent.next(); chunk !== undefined; chunk = await sent.next()) {
    await writeAll(file, chunk);
    bytes += chunk.length;
    progress(bytes);
  }
  await file.sync();
}

/** Beside a part: what it is the beginning of. */
function versionPath(part: string): string {
  return `${part}.version`;
}

/** ETag or Last-Modified of the file that a part is of, and its bytes (0 if unknown). */
async function readVersion(part: string): Promise<{ tag: string; total: number }> {
  if (!await exists(versionPath(part))) return { tag: "", total: 0 };
  const [tag = "", total = "0"] = (await Deno.readTextFile(versionPath(part))).split("\n");
  return { tag, total: Number(total) };
}

/** Removes a part and its version. */
async function forget(part: string): Promise<void> {
  for (const path of [part, versionPath(part)]) if (await exists(path)) await Deno.remove(path);
}

async function sizeOf(path: string): Promise<number> {
  return await exists(path) ? (await Deno.stat(path)).size : 0;
}
