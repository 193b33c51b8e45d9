/**
 * Lines of a text, plain or gzip, as bytes and in bounded memory. A callback and not an iterator: a
 * file may have tens of millions of lines.
 */
import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { BadInput } from "../../base/bad_input.ts";
import { reading, systemRefusal } from "../../base/disk.ts";
import { chanceToStop } from "../../base/interrupt.ts";
import { GrowingBytes, joined } from "../bytes.ts";
import { refuseForeign } from "./recognise.ts";

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const LINE_BREAK = Uint8Array.of(NEWLINE);
const LONGEST_LINE = 1 << 26;
/** lines that one record may have: an unclosed quote must not swallow the file */
const LONGEST_RECORD = 1000;
const HEAD = 1 << 16;

/** A file by its path, or a text in memory with a name for messages. */
export type Source = string | { readonly name: string; readonly text: string };

/** What errors call a source. */
export function sourceName(source: Source): string {
  return typeof source === "string" ? source : source.name;
}

/** One line, or a record of several, without its end. Valid until the next line. */
export class Line {
  /** the line is bytes[start, end) */
  bytes: Uint8Array<ArrayBufferLike> = new Uint8Array(0);
  /** where the line starts */
  start = 0;
  /** where the line ends, before its line break */
  end = 0;
  /** counted from 1; of a record, its first line */
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
 * @param goesOn whether the next line belongs to the same record, as in a quoted field with a line
 *   break; by default never. Asked for every line of a record, with what there is of it: `added` is
 *   where in its bytes the last line begins
 * @returns the number of blank lines, which were not visited
 * @throws BadInput if the file is not there, empty, cut off, or not gzip after all
 */
export async function eachLine(
  source: Source,
  visit: (line: Line) => void,
  goesOn: (line: Line, added: number) => boolean = () => false,
): Promise<number> {
  const line = new Line(sourceName(source));
  let rest: Uint8Array<ArrayBufferLike> = new Uint8Array(0); // a line that a chunk cut
  const held = new GrowingBytes(); // the lines of an unfinished record
  let read = 0;
  let blank = 0;
  const take = (bytes: Uint8Array, start: number, end: number) => {
    read++;
    if (read === 1 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) start = 3;
    const part = bytes.subarray(start, end);
    let added = start;
    if (held.length > 0) {
      [start, added] = [0, held.length];
      held.append(part);
      [bytes, end] = [held.array, held.length];
    } else line.number = read;
    const ends = end > added && bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
    line.bytes = bytes;
    line.start = start;
    line.end = ends;
    if (start === ends) return void blank++;
    if (!goesOn(line, added)) {
      held.clear();
      return visit(line);
    }
    if (read - line.number >= LONGEST_RECORD) throw unclosed(line);
    if (held.length === 0) held.append(part);
    held.append(LINE_BREAK);
  };
  for await (const chunk of chunks(source, line)) {
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
      throw new BadInput("no line end in 64 MiB", line.path, read + 1, "Give a text file.");
    }
  }
  if (rest.length > 0) take(rest, 0, rest.length);
  if (held.length > 0) throw unclosed(line);
  if (read === blank) {
    throw new BadInput("empty file", line.path, "", "Get it again: it has no line with content.");
  }
  return blank;
}

function unclosed(line: Line): BadInput {
  return new BadInput(
    "a quoted field begins here and does not end",
    line.where,
    line.text(),
    "Close the quote, or double it if it is part of the text.",
  );
}

/**
 * The first lines, for telling a format: at least one if there is any, none that was cut.
 *
 * @throws BadInput if the file is not there, or no text in UTF-8: the message says what it is
 */
export async function firstLines(source: Source): Promise<string[]> {
  const line = new Line(sourceName(source));
  let bytes: Uint8Array<ArrayBufferLike> = new Uint8Array(0);
  let cut = false;
  for await (const chunk of chunks(source, line)) {
    bytes = joined([bytes, chunk]);
    cut = bytes.length >= HEAD && bytes.includes(NEWLINE) || bytes.length > 1 << 20;
    if (cut) break;
  }
  if (typeof source === "string") refuseForeign(source, bytes.subarray(0, HEAD));
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  if (cut && lines.length > 1 || lines.at(-1) === "") lines.pop();
  return lines;
}

/** The content of a source, unpacked if it is gzip. */
async function* chunks(source: Source, line: Line): AsyncGenerator<Uint8Array> {
  if (typeof source !== "string") return yield new TextEncoder().encode(source.text);
  const packed = await isGzip(source);
  const file = createReadStream(source, { highWaterMark: 1 << 20 });
  let stream: Readable = file;
  if (packed) {
    const gunzip = createGunzip({ chunkSize: 1 << 20 });
    file.on("error", (error) => gunzip.destroy(error)); // pipe passes no errors on
    stream = file.pipe(gunzip);
  }
  try {
    for await (const chunk of stream) yield chunk;
  } catch (error) {
    const refusal = systemRefusal(error, source, "read");
    if (refusal || !packed || !(error instanceof Error)) throw refusal ?? error;
    throw new BadInput(
      `damaged or cut-off gzip (${error.message})`,
      source,
      `after line ${line.number}`,
      "Get the file again; a download that stopped early can be resumed.",
    );
  } finally {
    file.destroy();
  }
}

async function isGzip(path: string): Promise<boolean> {
  const file = await reading(path, () => Deno.open(path));
  try {
    if ((await file.stat()).isDirectory) {
      throw new BadInput("a folder, where a file is needed", path, path, "Name a file in it.");
    }
    const magic = new Uint8Array(2);
    return await file.read(magic) === 2 && magic[0] === 0x1f && magic[1] === 0x8b;
  } finally {
    file.close();
  }
}
