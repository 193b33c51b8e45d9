/** Paths as the caller of a command means them. */
import { projectRoot } from "../base/files.ts";
import { resolve } from "../base/paths.ts";

/**
 * An absolute path for one that was typed. `deno task` runs a command in the project's folder and
 * keeps the folder where it was called in INIT_CWD.
 */
export function callerPath(path: string): string {
  const cwd = Deno.cwd();
  const byTask = resolve(cwd) === resolve(projectRoot);
  return resolve(byTask ? Deno.env.get("INIT_CWD") ?? cwd : cwd, path);
}
