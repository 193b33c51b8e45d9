/** The one place that words what the system refuses: file, what was tried, why, what to do. */
import { BadInput, Hindrance } from "./bad_input.ts";
import { dirname } from "./paths.ts";

/** What was tried with a file. */
export type Tried = "read" | "written" | "used";

/** Why the system refuses, and what can be done. */
type Refusal = readonly [why: string, remedy: (path: string, tried: Tried) => string];

const KEPT = "What was there before is as it was.";
const ANOTHER = "Name another.";
const disk: Refusal = ["disk full", () => `Free some space and run it again. ${KEPT}`];
const folder: Refusal = ["a file is in the place of a folder", () => ANOTHER];
const files: Refusal = [
  "too many files are open",
  () => "Close other programs or raise the limit (ulimit -n), and run it again.",
];
const busy: Refusal = ["another program uses it", () => "End that program and run it again."];
const permission: Refusal = [
  "no permission",
  (path, tried) => {
    if (tried === "written") return `Allow writing in ${dirname(path)}, or name another place.`;
    return `Allow reading ${path}, or name another.`;
  },
];

const refusals: Readonly<Record<string, Refusal>> = {
  ENOSPC: disk,
  EDQUOT: disk,
  EFBIG: ["larger than this disk lets files be", () => "Name a place on another disk."],
  EACCES: permission,
  EPERM: permission,
  EROFS: ["the disk is there for reading only", () => `Name a place on another disk. ${KEPT}`],
  EISDIR: ["a folder is in the place of a file", () => ANOTHER],
  ENOTDIR: folder,
  EEXIST: folder,
  ENOTEMPTY: ["a folder that is not empty is in its place", () => ANOTHER],
  ENOENT: ["no such file or folder", () => "Check the path."],
  ELOOP: ["symbolic links that lead in a circle", () => "Correct the links, or name another."],
  EMFILE: files,
  ENFILE: files,
  ENAMETOOLONG: ["the name is too long", () => "Give it a shorter one."],
  EBUSY: busy,
  ETXTBSY: busy,
  EIO: ["the disk reports an error", () => "Copy what is on it elsewhere, and use that."],
  ENXIO: ["a device or socket, not a file", () => "Give a file."],
  ENODEV: ["a device or socket, not a file", () => "Give a file."],
  EINVAL: ["no path for a file", () => "Check the path."],
};

/** Errors without a code, by the number of Linux and macOS. */
const numbers: Readonly<Record<string, string>> = {
  1: "EPERM",
  5: "EIO",
  13: "EACCES",
  16: "EBUSY",
  17: "EEXIST",
  20: "ENOTDIR",
  21: "EISDIR",
  23: "ENFILE",
  24: "EMFILE",
  26: "ETXTBSY",
  27: "EFBIG",
  28: "ENOSPC",
  30: "EROFS",
  36: "ENAMETOOLONG",
  40: "ELOOP",
  112: "ENOSPC", // of Windows
  122: "EDQUOT",
};

/**
 * What the system refused in plain words; null if an error is none of the system's.
 *
 * @param path the file that it is about, where the error does not say
 * @param tried what was tried with it, where the error does not say
 */
export function systemRefusal(error: unknown, path?: string, tried?: Tried): Hindrance | null {
  if (!(error instanceof Error)) return null;
  const { message } = error;
  const { code, path: said } = error as { code?: unknown; path?: unknown };
  const number = /\(os error (\d+)\)/.exec(message)?.[1] ?? "";
  const [, operation, quoted] = /: (\w+) '(.*?)'(?: -> '.*')?$/s.exec(message) ?? [];
  const name = typeof code === "string" ? code : numbers[number] ?? "";
  const known = Object.hasOwn(refusals, name) ? refusals[name]! : null;
  const about = path ?? (typeof said === "string" ? said : undefined) ?? quoted;
  if (known === null || about === undefined) return null;
  const [why, remedy] = known;
  const how = tried ?? triedBy(operation);
  return new Hindrance(`cannot be ${how}: ${why}`, about, undefined, remedy(about, how));
}

function triedBy(operation: string | undefined): Tried {
  if (/^(write|mkdir|rename|remove|truncate|copy|symlink|link)/.test(operation ?? "")) {
    return "written";
  }
  return /^(read|open|stat|lstat|realpath)/.test(operation ?? "") ? "read" : "used";
}

/**
 * Runs something that writes a file, and turns the system's refusals into errors with a remedy.
 *
 * @throws {BadInput} as {@linkcode systemRefusal}, and if a pipe or a device is in its place; other
 *   errors as they are
 */
export function writing<T>(path: string, write: () => Promise<T>): Promise<T> {
  return worded(path, "written", async () => {
    const there = await Deno.stat(path).catch(() => null);
    if (there) refuseSpecial(path, there);
    return await write();
  });
}

/**
 * Runs something that reads a file, and turns the system's refusals into errors with a remedy.
 *
 * @throws {BadInput} as {@linkcode systemRefusal}, and if it is neither a file nor a folder: a pipe
 *   or a device may wait or go on for ever; other errors as they are
 */
export function reading<T>(path: string, read: () => Promise<T>): Promise<T> {
  return worded(path, "read", async () => {
    refuseSpecial(path, await Deno.stat(path));
    return await read();
  });
}

/** The text of a file, as {@linkcode reading} reads. */
export function readText(path: string): Promise<string> {
  return reading(path, () => Deno.readTextFile(path));
}

/** The bytes of a file, as {@linkcode reading} reads. */
export function readBytes(path: string): Promise<Uint8Array> {
  return reading(path, () => Deno.readFile(path));
}

/** The names in a folder, as {@linkcode reading} reads. */
export function namesIn(folder: string): Promise<string[]> {
  return reading(folder, () => Array.fromAsync(Deno.readDir(folder), ({ name }) => name));
}

async function worded<T>(path: string, tried: Tried, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw systemRefusal(error, path, tried) ?? error;
  }
}

const special = [
  ["isFifo", "a named pipe"],
  ["isCharDevice", "a device"],
  ["isBlockDevice", "a disk"],
  ["isSocket", "a socket"],
] as const;

function refuseSpecial(path: string, info: Deno.FileInfo): void {
  for (const [is, what] of special) {
    if (!info[is]) continue;
    throw new BadInput(
      `${what}, not a file`,
      path,
      undefined,
      "Give a file; what a program prints is written into one first: program > file.",
    );
  }
}
