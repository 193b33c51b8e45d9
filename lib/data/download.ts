/** Downloads that go on where they stopped and are verified before they count as there. */
import { BadInput } from "../base/bad_input.ts";
import { exists, writeAtomically } from "../base/files.ts";
import { whileLocked } from "../base/lock.ts";
import { basename, dirname, join } from "../base/paths.ts";
import { writing } from "../base/disk.ts";
import { fileHash } from "./sources.ts";

/** How to download. */
export interface DownloadOptions {
  /** what the file's sha256 has to be; without it, the first download's is recorded */
  readonly sha256?: string;
  /** is told how many bytes are there, of how many (0 if the server does not say) */
  readonly progress?: (bytes: number, total: number) => void;
  /** is told that another process downloads the file and is waited for; default: console.warn */
  readonly say?: (message: string) => void;
}

/**
 * Downloads a file. Until it is whole and verified it is named `<to>.part`; calling again goes on
 * with that part, if the server can (HTTP Range) and the file there is still the same (ETag or
 * Last-Modified, and size), and starts anew otherwise: two requests at most. The sha256 is compared
 * with the given one, or else with the one recorded in hashes.json beside the file at its first
 * download. Of several processes that want the file one downloads it and the others wait.
 *
 * @throws BadInput if the server refuses or answers something else, the transfer breaks off (the
 *   part stays), the hash is another (the part is removed), or the disk is full (the part stays)
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
      if (!waited || !await isThere(url, to, options)) await fetchVerified(url, to, options);
    }, () => {
      waited = true;
      say(`Another process downloads ${basename(to)}: waiting for it.`);
    }));
}

/** Whether the one that was waited for has brought the very file. */
async function isThere(url: string, to: string, { sha256 }: DownloadOptions): Promise<boolean> {
  const expected = sha256 ?? (await readRecord(recordOf(to)))[url];
  return expected !== undefined && await exists(to) && await fileHash(to) === expected;
}

async function fetchVerified(url: string, to: string, options: DownloadOptions): Promise<void> {
  const part = `${to}.part`;
  await fetchPart(url, part, options.progress ?? (() => {}));
  const hash = await fileHash(part);
  const record = recordOf(to);
  await whileLocked(`${record}.lock`, async () => {
    const recorded = await readRecord(record);
    const expected = options.sha256 ?? recorded[url];
    if (expected !== undefined && hash !== expected) {
      await forget(part);
      throw new BadInput(
        `not the file that was expected (sha256 ${expected})`,
        url,
        hash,
        "What was downloaded is removed; run it again. If it stays so, the source has changed.",
      );
    }
    await writeAtomically(record, JSON.stringify({ ...recorded, [url]: hash }, null, 2) + "\n");
  });
  await Deno.rename(part, to);
  await forget(part);
}

type Progress = (bytes: number, total: number) => void;

/** Brings the part up to the whole file, with what is there of it or anew. */
async function fetchPart(url: string, part: string, progress: Progress): Promise<void> {
  const have = await sizeOf(part);
  const version = await readVersion(part);
  // a part of an unknown version cannot be told from another file's: it is started anew
  if (have > 0 && version.tag !== "") {
    const range = { "range": `bytes=${have}-`, "if-range": version.tag };
    const response = await ask(url, range);
    if (response.status === 200) return await receive(response, url, part, 0, progress);
    const sent = sentRange(response);
    const isSame = version.total === 0 || version.total === sent?.total;
    if (response.status === 416 && sent?.total === have && isSame) { // the part is whole
      return void await response.body?.cancel();
    }
    if (response.status === 206 && goesOn(response, have) && isSame) {
      return await receive(response, url, part, have, progress);
    }
    // the part is longer than the file, or the server sends another piece: not to be joined
    await response.body?.cancel();
    if (response.status !== 206 && response.status !== 416) throw refusal(url, response);
    await forget(part);
  }
  const response = await ask(url, {});
  if (response.status === 200) return await receive(response, url, part, 0, progress);
  await response.body?.cancel();
  throw refusal(url, response);
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
  response: Response,
  url: string,
  part: string,
  from: number,
  progress: Progress,
): Promise<void> {
  const left = Number(response.headers.get("content-length") ?? 0);
  const total = sentRange(response)?.total ?? (left > 0 ? from + left : 0);
  const tag = response.headers.get("etag") ?? "";
  const strong = tag !== "" && !tag.startsWith("W/"); // If-Range needs a strong one
  if (from === 0) { // never an old part beside a new version
    await forget(part);
    const version = strong ? tag : response.headers.get("last-modified") ?? "";
    await writing(part, () => writeAtomically(versionPath(part), `${version}\n${total}`));
  }
  const body = response.body ?? new Blob().stream();
  await writing(part, () => append(part, from, body, url, (n) => progress(n, total)));
  const bytes = await sizeOf(part);
  if (total > 0 && bytes !== total) throw brokenOff(url, `${bytes} of ${total} bytes`);
}

async function ask(url: string, headers: Record<string, string>): Promise<Response> {
  try {
    return await fetch(url, { headers: { ...headers, "accept-encoding": "identity" } });
  } catch (error) {
    throw new BadInput(
      "the server cannot be reached",
      url,
      (error as Error).message,
      "Check the connection and run it again, or get the file elsewhere and give it with --from.",
    );
  }
}

/** Writes a body into the part from a position on; what stood behind it is cut off. */
async function append(
  part: string,
  from: number,
  body: ReadableStream<Uint8Array>,
  url: string,
  progress: (bytes: number) => void,
): Promise<void> {
  using file = await Deno.open(part, { write: true, create: true });
  await file.truncate(from);
  await file.seek(from, Deno.SeekMode.Start);
  let bytes = from;
  const reader = body.getReader();
  for (;;) {
    const chunk = await reader.read().catch((error: Error) => {
      throw brokenOff(url, error.message);
    });
    if (chunk.done) break;
    for (let at = 0; at < chunk.value.length;) at += await file.write(chunk.value.subarray(at));
    bytes += chunk.value.length;
    progress(bytes);
  }
  await file.sync();
}

function brokenOff(url: string, value: string): BadInput {
  return new BadInput("the transfer broke off", url, value, "Run it again: it goes on from there.");
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

/** Beside a file: the sha256 of what was downloaded into its folder, by address. */
function recordOf(to: string): string {
  return join(dirname(to), "hashes.json");
}

/** Removes a part and its version. */
async function forget(part: string): Promise<void> {
  for (const path of [part, versionPath(part)]) if (await exists(path)) await Deno.remove(path);
}

async function sizeOf(path: string): Promise<number> {
  return await exists(path) ? (await Deno.stat(path)).size : 0;
}

async function readRecord(path: string): Promise<Record<string, string>> {
  if (!await exists(path)) return {};
  try {
    return JSON.parse(await Deno.readTextFile(path)) as Record<string, string>;
  } catch {
    const remedy = `Correct or remove ${basename(path)}.`;
    throw new BadInput("not JSON", path, "", remedy);
  }
}
