/** File systems in memory, for tests of what happens when a disk is full or only to be read. */

/** What they are called in the list of mounts. */
export const DISK_NAME = "remi-test-disk";

/** Why a test of a disk is skipped here; empty where one can be mounted. */
export const whyNoDisk = await inTemporary((folder) => mount(folder, "size=64k"))
  ? ""
  : " (skipped: no small disk can be mounted here; root may)";

/** Mounts one on a folder, "size=64k" or "ro,size=64k"; false where that is not allowed. */
export function mount(folder: string, options: string): Promise<boolean> {
  return command("mount", "-t", "tmpfs", "-o", options, DISK_NAME, folder);
}

/** Unmounts what is mounted on a folder, in use or not. */
export async function unmount(folder: string): Promise<void> {
  await command("umount", "-l", folder);
}

/** Runs something in a new folder that is a disk of this size, "64k", where there can be one. */
export async function inSmallDisk(
  size: string,
  use: (folder: string) => Promise<void>,
): Promise<void> {
  await inTemporary(async (folder) => {
    if (!await mount(folder, `size=${size}`)) throw new Error(`not mounted:${whyNoDisk}`);
    await use(folder);
  });
}

async function inTemporary<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir();
  try {
    return await use(folder);
  } finally {
    await unmount(folder);
    await Deno.remove(folder, { recursive: true });
  }
}

async function command(name: string, ...args: string[]): Promise<boolean> {
  try {
    return (await new Deno.Command(name, { args, stderr: "null" }).output()).success;
  } catch {
    return false;
  }
}
