/** Where a run came from: code version, runtime, machine. */
import { cpus } from "node:os";
import manifest from "../../deno.json" with { type: "json" };
import { projectRoot } from "../base/files.ts";

let version: Promise<string> | undefined;

/**
 * Version of the project and, in a git checkout, its commit; "+changes" where lib differs from it.
 * It is looked up once a process.
 */
export function codeVersion(): Promise<string> {
  return version ??= lookUp();
}

const CHANGED = "+changes";

/** Whether a run's code was never committed as it was. */
export function isUncommitted({ code }: { readonly code: string }): boolean {
  return code.endsWith(CHANGED);
}

async function lookUp(): Promise<string> {
  const commit = await git(projectRoot, "rev-parse", "--short", "HEAD");
  if (commit === null) return manifest.version;
  const changed = await changedFiles(["lib", "deno.json"]);
  return `${manifest.version} ${commit}${changed.length > 0 ? CHANGED : ""}`;
}

/**
 * Which files of a project, or of these of its folders, differ from its commit or are in none;
 * nothing where there is no git, or it refuses.
 *
 * @param root the project's folder
 */
export async function changedFiles(
  paths: readonly string[] = [],
  root: string = projectRoot,
): Promise<string[]> {
  const asked = ["status", "--porcelain", "--untracked-files=normal", "--", ...paths];
  const lines = (await git(root, ...asked) ?? "").split("\n").filter((line) => line !== "");
  return lines.map((line) => line.trim().split(/ +/).slice(1).join(" "));
}

/** Deno's version and the platform's. */
export function denoVersion(): string {
  return `${Deno.version.deno} ${Deno.build.os}-${Deno.build.arch}`;
}

/** The processor, in the words of the system. */
export function machineName(): string {
  const processors = cpus();
  return `${processors.length} x ${processors[0]?.model ?? Deno.build.arch}`;
}

async function git(root: string, ...args: string[]): Promise<string | null> {
  try {
    const command = new Deno.Command("git", { args, cwd: root, stderr: "null" });
    const { success, stdout } = await command.output();
    return success ? new TextDecoder().decode(stdout).trim() : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null; // no git on this machine
    throw error;
  }
}
