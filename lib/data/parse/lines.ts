/**
 * Lines of a text file, plain or gzip, as bytes and in bounded memory. A callback and not an
 * iterator: a file may have tens of millions of lines.
 */
import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { BadInput } from "../../base/bad_input.ts";
import { chanceToStop } from "../../base/interrupt.ts";
import { joined } from "../bytes.ts";

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const LONGEST_LINE = 1 << 26;

/** One line, without its end. The object and its bytes are valid until the next line. */
export class Line {
  /** the line is bytes[start, end) */
  bytes: Uint8Array<ArrayBufferLike> = new Uint8Array(0);
  /** where the line starts */
  start = 0;
  /** where the line ends, before its line break */
  end = 0;
  /** counted from 1 */
  number = 0;

  /** A line of the file at a path, for error messages. */
  constructor(readonly path: string) {}

  /** The line as text. */
  text(): string {
    return new TextDecoder().decode(this.bytes.subarray(this.start, this.end));
  }

  /** "file, line 12": where an error is. */
  get where(): string {
    return `${this.path}, line ${this.number}`;
  }
}

/**
 * Visits every line that is not blank. Gzip is told by its first bytes, not by the name.
 *
 * @returns the number of blank lines, which were not visited
 * @throws BadInput if the file is not there, empty, cut off, or not gzip after all
 */
export async function eachLine(path: string, visit: (line: Line) => void): Promise<number> {
  const line = new Line(path);
  let rest: Uint8Array<ArrayBufferLike> = new Uint8Array(0); // a line that a chunk cut
  let blank = 0;
  const take = (bytes: Uint8Array, start: number, end: number) => {
    line.number++;
    if (line.number === 1 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) start = 3;
    if (end > start && bytes[end - 1] === CARRIAGE_RETURN) end--;
    line.bytes = bytes;
    line.start = start;
    line.end = end;
    if (start === end) blank++;
    else visit(line);
  };
  for await (const chunk of chunks(path, line)) {
    await chanceToStop("the reading of the data");
    const bytes = rest.length > 0 ? joined([rest, chunk]) : chunk;
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE, rest.length); end >= 0;) {
      take(bytes, start, end);
      start = end + 1;
      end = bytes.indexOf(NEWLINE, start);
    }
    rest = bytes.slice(start);
    if (rest.length > LONGEST_LINE) {
      throw new BadInput("no line end in 64 MiB", path, line.number + 1, "Give a text file.");
    }
  }
  if (rest.length > 0) take(rest, 0, rest.length);
  if (line.number === blank) {
    throw new BadInput("empty file", path, "", "Get it again: it has no line with content.");
  }
  return blank;
}

/** The first line, for telling a format; "" if the file is empty. */
export async function firstLine(path: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of chunks(path, new Line(path))) {
    text += decoder.decode(chunk, { stream: true });
    if (text.includes("\n") || text.length > 1 << 20) break;
  }
  return text.split(/\r?\n/, 1)[0]!;
}

/** The content of a file, unpacked if it is gzip. */
async function* chunks(path: string, line: Line): AsyncGenerator<Uint8Array> {
  const packed = await isGzip(path);
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  let stream: Readable = file;
  if (packed) {
    const gunzip = createGunzip({ chunkSize: 1 << 20 });
    file.on("error", (error) => gunzip.destroy(error)); // pipe passes no errors on
    stream = file.pipe(gunzip);
  }
  try {
    for await (const chunk of stream) yield chunk;
  } catch (error) {
    if (!packed || !(error instanceof Error)) throw error;
    throw new BadInput(
      `damaged or cut-off gzip (${error.message})`,
      path,
      `after line ${line.number}`,
      "Get the file again; a download that stopped early can be resumed.",
    );
  } finally {
    file.destroy();
  }
}

async function isGzip(path: string): Promise<boolean> {
  let file: Deno.FsFile;
  try {
    file = await Deno.open(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new BadInput("no such file", path, path, "Check the path.");
  }
  try {
    const magic = new Uint8Array(2);
    return await file.read(magic) === 2 && magic[0] === 0x1f && magic[1] === 0x8b;
  } finally {
    file.close();
  }
}
