/** The kernel's entry in Jupyter's list: where Jupyter looks, and which Deno it will start. */
import { BadInput } from "../../base/bad_input.ts";
import { exists, homeFolder } from "../../base/files.ts";
import { isAbsolute, join } from "../../base/paths.ts";

/** An installed kernelspec. */
export interface Kernelspec {
  readonly folder: string;
  /** the Deno that Jupyter will start */
  readonly deno: string;
  /** whether that file lies in a cache, which may be emptied some day */
  readonly inCache: boolean;
}

/**
 * Installs the kernelspec with `deno jupyter --install` and verifies what was written. Deno writes
 * to the user's default folder only; where JUPYTER_DATA_DIR names another, it is copied there.
 *
 * @throws BadInput if the installation fails, or what it wrote does not start this Deno
 */
export async function installKernelspec(): Promise<Kernelspec> {
  const deno = Deno.execPath();
  const home = homeFolder(); // Deno asks HOME alone, and takes the working folder if it is empty
  const { success, stderr } = await new Deno.Command(deno, {
    args: ["jupyter", "--install", "--force"],
    env: { NO_COLOR: "1", ...(home !== undefined && { HOME: home }) },
    stdout: "null",
    stderr: "piped",
  }).output();
  const said = new TextDecoder().decode(stderr).trim();
  const written = said.match(/installed successfully at (.+?)\.?$/m)?.[1];
  if (!success || written === undefined) {
    throw new BadInput("the kernel cannot be installed", deno, said, "See the message above.");
  }
  const elsewhere = Deno.env.get("JUPYTER_DATA_DIR");
  const folder = elsewhere ? join(elsewhere, "kernels", "deno") : written;
  if (folder !== written) await copyFolder(written, folder);
  const started = await verified(folder);
  return { folder, deno: started, inCache: isCached(started) };
}

/** Where Jupyter looks for the Deno kernel of this user; null if the user has no home. */
export function kernelspecFolder(): string | null {
  const named = Deno.env.get("JUPYTER_DATA_DIR");
  if (named) return join(named, "kernels", "deno");
  const home = homeFolder();
  if (Deno.build.os === "windows") {
    const data = Deno.env.get("APPDATA");
    return data ? join(data, "jupyter", "kernels", "deno") : null;
  }
  if (home === undefined) return null;
  if (Deno.build.os === "darwin") return join(home, "Library", "Jupyter", "kernels", "deno");
  const given = Deno.env.get("XDG_DATA_HOME") ?? "";
  const data = isAbsolute(given) ? given : join(home, ".local", "share");
  return join(data, "jupyter", "kernels", "deno");
}

/**
 * The Deno that Jupyter starts for this user's notebooks, which is of this version; null if the
 * kernel is not installed.
 *
 * @throws BadInput if it is installed, but does not start this version
 */
export async function installedKernel(): Promise<string | null> {
  const folder = kernelspecFolder();
  if (folder === null || !await exists(join(folder, "kernel.json"))) return null;
  return await verified(folder);
}

/** Whether a path is inside npm's cache, where `npx` keeps what it runs. */
export function isCached(path: string): boolean {
  return /[\\/]_npx[\\/]/.test(path);
}

/** The Deno that an installed kernelspec starts, after asking it for its version. */
async function verified(folder: string): Promise<string> {
  const file = join(folder, "kernel.json");
  const argv = argumentsIn(await Deno.readTextFile(file));
  const [deno = ""] = argv;
  const version = await versionOf(deno);
  if (version.startsWith(`deno ${Deno.version.deno} `) && argv.includes("{connection_file}")) {
    return deno;
  }
  throw new BadInput(
    `does not start Deno ${Deno.version.deno} (${version.split("\n")[0]})`,
    file,
    argv.join(" "),
    "Correct the path in it, or remove the folder and install again.",
  );
}

/** What a kernel.json starts; nothing if it is damaged. */
function argumentsIn(text: string): readonly string[] {
  try {
    return (JSON.parse(text) as { argv?: string[] }).argv ?? [];
  } catch {
    return [];
  }
}

/** What a program says of its version, or why it does not start. */
async function versionOf(program: string): Promise<string> {
  try {
    const { stdout } = await new Deno.Command(program, { args: ["--version"] }).output();
    return new TextDecoder().decode(stdout);
  } catch (error) {
    return String(error);
  }
}

async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isFile } of Deno.readDir(from)) {
    if (isFile) await Deno.copyFile(join(from, name), join(to, name));
  }
}
