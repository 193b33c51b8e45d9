/** Downloads that go on where they stopped and are verified before they count as there. */
import { BadInput } from "../base/bad_input.ts";
import { exists, writeAtomically } from "../base/files.ts";
import { basename, dirname, join } from "../base/paths.ts";
import { writing } from "../base/disk.ts";
import { fileHash } from "./sources.ts";

/** How to download. */
export interface DownloadOptions {
  /** what the file's sha256 has to be; without it, the first download's is recorded */
  readonly sha256?: string;
  /** is told how many bytes are there, of how many (0 if the server does not say) */
  readonly progress?: (bytes: number, total: number) => void;
}

/**
 * Downloads a file. Until it is whole and verified it is named `<to>.part`; calling again goes on
 * with that part, if the server can (HTTP Range) and the file there is still the same (ETag or
 * Last-Modified), and starts anew otherwise. The sha256 is compared with the given one, or else
 * with the one recorded in hashes.json beside the file at its first download.
 *
 * @throws BadInput if the server refuses, the transfer breaks off (the part stays), the hash is
 *   another (the part is removed), or the disk is full (the part stays)
 */
export async function download(
  url: string,
  to: string,
  options: DownloadOptions = {},
): Promise<void> {
  const part = `${to}.part`;
  await writing(to, () => Deno.mkdir(dirname(to), { recursive: true }));
  await fetchPart(url, part, options.progress ?? (() => {}));
  const hash = await fileHash(part);
  const record = join(dirname(to), "hashes.json");
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
  await writing(
    record,
    () => writeAtomically(record, JSON.stringify({ ...recorded, [url]: hash }, null, 2) + "\n"),
  );
  await Deno.rename(part, to);
  await forget(part);
}

/** Brings the part up to the whole file. */
async function fetchPart(
  url: string,
  part: string,
  progress: (bytes: number, total: number) => void,
): Promise<void> {
  const have = await sizeOf(part);
  const version = await exists(versionPath(part)) ? await Deno.readTextFile(versionPath(part)) : "";
  // a part of an unknown version cannot be told from another file's: it is started anew
  const resume = have > 0 && version !== "";
  const headers = new Headers({ "accept-encoding": "identity" });
  if (resume) headers.set("range", `bytes=${have}-`);
  if (resume) headers.set("if-range", version);
  const response = await ask(url, headers);
  const range = response.headers.get("content-range") ?? "";
  if (response.status === 416 && range === `bytes */${have}`) { // the part is whole
    return void await response.body?.cancel();
  }
  // the part is longer than the file, or the server sends another piece: not to be joined
  if (response.status === 416 || response.status === 206 && !range.startsWith(`bytes ${have}-`)) {
    await response.body?.cancel();
    await forget(part);
    return await fetchPart(url, part, progress);
  }
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw new BadInput(
      "the server refuses",
      url,
      `${response.status} ${response.statusText}`,
      "Get the file in a browser, and give it with --from.",
    );
  }
  const from = response.status === 206 ? have : 0;
  const left = Number(response.headers.get("content-length") ?? 0);
  const total = left > 0 ? from + left : 0;
  const tag = response.headers.get("etag") ?? "";
  const strong = tag !== "" && !tag.startsWith("W/"); // If-Range needs a strong one
  const newVersion = strong ? tag : response.headers.get("last-modified") ?? "";
  if (from === 0) await forget(part); // never an old part beside a new version
  await writing(part, () => writeAtomically(versionPath(part), newVersion));
  await writing(part, () => append(part, from, response.body!, url, (n) => progress(n, total)));
  const bytes = await sizeOf(part);
  if (total > 0 && bytes !== total) throw brokenOff(url, `${bytes} of ${total} bytes`);
}

async function ask(url: string, headers: Headers): Promise<Response> {
  try {
    return await fetch(url, { headers });
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

/** Beside a part: the ETag or Last-Modified of the file it is the beginning of. */
function versionPath(part: string): string {
  return `${part}.version`;
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
