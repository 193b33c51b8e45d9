/** Files: where the project is, writes that are whole or not there, and content hashes. */
import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { BadInput } from "./bad_input.ts";
import { systemRefusal, writing } from "./disk.ts";
import { environment } from "./environment.ts";
import { ownEnding, sweepOrphans } from "./owner.ts";
import { dirname, fromFileUrl, join, relative, resolve } from "./paths.ts";
import { whileUnfinished } from "./unfinished.ts";

/** The project's root folder, wherever the process was started. */
export const projectRoot: string = fromFileUrl(new URL("../../", import.meta.url));

/** A path inside the project. */
export function projectPath(...parts: string[]): string {
  return join(projectRoot, ...parts);
}

/**
 * A path inside the results folder: the one that the environment variable REMI_RESULTS names, from
 * the project's root if it is relative, else the project's own `results`.
 *
 * @throws {BadInput} if the variable is set to nothing
 */
export function resultsPath(...parts: string[]): string {
  return join(resolve(projectRoot, environment("REMI_RESULTS") ?? "results"), ...parts);
}

/**
 * The user's home folder: what HOME (on Windows USERPROFILE) names, else what the system knows of
 * the user; undefined where neither does, as for a bare user id in a container.
 */
export function homeFolder(): string | undefined {
  try {
    return homedir() || undefined;
  } catch {
    return undefined;
  }
}

/** A path as a message shows it: from the project's root where it is inside, else in full. */
export function shownPath(path: string): string {
  const inside = relative(projectRoot, path);
  return inside.startsWith("..") ? path : inside;
}

/** What to do about a folder of results that cannot be written, besides making it writable. */
const OTHER_RESULTS = "or name another folder of results: --results, or REMI_RESULTS.";

/** Bytes that a folder has to take to count as writable: a block. */
const PROBE = 4096;

/**
 * Refuses a folder in which nothing can be written, by writing into it. It is made where missing.
 *
 * @param use what it is for: "checkpoints of trainings"
 * @throws {BadInput} with the folder and the system's reason
 */
export async function requireWritable(folder: string, use: string): Promise<void> {
  const probe = join(folder, "writable");
  try {
    await writeAtomically(probe, new Uint8Array(PROBE));
    await Deno.remove(probe).catch(() => {}); // of several at once one removes it
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    const remedy = `${error.remedy.replace(/\.$/, "")}, ${OTHER_RESULTS}`;
    throw new BadInput(`${use} ${error.what}`, folder, error.value, remedy);
  }
}

/** Folders in which this process has looked for what ended ones left. */
const swept = new Set<string>();

/**
 * Writes a file so that a reader sees the old content or the new one, never a part: a temporary
 * file beside it, fsync, rename. Creates the folder if it is missing. Of several writes of a path
 * at once, one wins and none fails. A file that is there keeps its permissions, and where the path
 * is a link, the file that it names is written, there or not. The first write into a folder removes
 * the temporary files that killed processes left there.
 *
 * @param content what the file holds, or what writes it into the open file
 * @param ready called right before the new file takes its place; nothing is written if it throws
 * @throws {BadInput} if the disk is full or the folder may not be written; nothing is left behind
 */
export async function writeAtomically(
  path: string,
  content: string | Uint8Array | ((file: Deno.FsFile) => Promise<void>),
  ready: () => Promise<void> = async () => {},
): Promise<void> {
  const write = typeof content === "function"
    ? content
    : (file: Deno.FsFile) => writeAll(file, encoded(content));
  await writing(path, async () => {
    const old = await oldFile(path);
    const [folder, temporary] = [dirname(old.path), `${old.path}.${ownEnding()}.tmp`];
    await Deno.mkdir(folder, { recursive: true });
    if (!swept.has(folder)) await sweepOrphans(folder);
    swept.add(folder);
    try {
      await whileUnfinished(temporary, async () => {
        const file = await Deno.open(temporary, {
          write: true,
          create: true,
          truncate: true,
          // nobody reads in it what the old one keeps from them
          ...(old.mode !== null && { mode: old.mode & PERMISSIONS }),
        });
        try {
          await write(file);
          if (old.mode !== null && (await file.stat()).mode !== old.mode) {
            await Deno.chmod(temporary, old.mode & PERMISSIONS);
          }
          await file.sync();
        } finally {
          file.close();
        }
        await ready();
        await Deno.rename(temporary, old.path);
      });
    } catch (error) {
      await Deno.remove(temporary).catch(() => {});
      throw error;
    }
  });
}

/**
 * Writes several files as {@linkcode writeAtomically} does. None takes its place before all are
 * written, so that a full disk leaves what was there; the last of the list comes first.
 *
 * @throws {BadInput} if the disk is full or a folder may not be written
 */
export async function writeTogether(
  files: readonly (readonly [path: string, content: string | Uint8Array])[],
): Promise<void> {
  const [first, ...others] = files;
  if (first) await writeAtomically(...first, () => writeTogether(others));
}

/** The bits of a mode that are permissions. */
const PERMISSIONS = 0o7777;

/** The file that a write of the path replaces, where links lead, and its mode; null for none. */
async function oldFile(path: string): Promise<{ path: string; mode: number | null }> {
  const there = await Deno.lstat(path).catch(() => null);
  if (!there?.isSymlink) return { path, mode: there?.mode ?? null };
  try {
    const target = await Deno.realPath(path);
    return { path: target, mode: (await Deno.stat(target)).mode };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error; // links in a circle
    // of a link to nothing, which counts from the folder that the link really is in
    return oldFile(resolve(await Deno.realPath(dirname(path)), await Deno.readLink(path)));
  }
}

/** Writes bytes to the end; the system may take fewer than it is given. */
export async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
}

function encoded(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}

/** sha256 of bytes or text, as 64 hexadecimal digits. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/**
 * Whether a file or folder is there.
 *
 * @throws {BadInput} if the system does not let it be known
 */
export async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    if (error instanceof Deno.errors.NotADirectory) return false; // a file has nothing in it
    throw systemRefusal(error, path, "read") ?? error;
  }
}

/** Whether a file is there: what has its name and is a folder does not count. */
export async function isFile(path: string): Promise<boolean> {
  return await exists(path) && (await Deno.stat(path)).isFile;
}
