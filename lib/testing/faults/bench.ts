/** A place where commands of the project may be killed, starved and misled, and what came of it. */
import { projectRoot } from "../../base/files.ts";
import { join, relative, resolve } from "../../base/paths.ts";
import type { Random } from "../../base/random.ts";
import { complaintAbout } from "./plain.ts";
import { endProcess } from "../processes.ts";

/** What several trials of a kind showed. */
export interface Findings {
  readonly part: string;
  trials: number;
  /** finished work that was not there afterwards */
  readonly lost: string[];
  /** processes that outlived the one that was killed */
  readonly running: string[];
  /** files that nobody owned afterwards */
  readonly lying: string[];
  /** messages that were not plain, or came for nothing, or did not come */
  readonly notPlain: string[];
  /** why it was not done */
  skipped?: string;
}

/** A command that has ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** milliseconds */
  readonly took: number;
}

/** How a command is run. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** sends this after so many milliseconds */
  readonly kill?: { readonly after: number; readonly signal: Deno.Signal };
  /** milliseconds that it may take */
  readonly limit?: number;
}

/** A training that takes about a second. */
export const SMALL_TRAINING = "--max-steps 60 --evaluate-every 20 --d 8 --S 20 --B 16 --patience 5"
  .split(" ");

/** A folder of its own, with commands that know no other results, and all that they start. */
export class FaultBench {
  readonly #mark: string;
  readonly #started: number[] = [];
  readonly findings: Findings;

  /** @param folder empty, and removed by the caller */
  constructor(part: string, readonly folder: string, readonly random: Random) {
    this.#mark = `${Deno.pid}-${part}`.replaceAll(/\W/g, "-");
    this.findings = { part, trials: 0, lost: [], running: [], lying: [], notPlain: [] };
  }

  /** The results folder of all commands. */
  get results(): string {
    return join(this.folder, "results");
  }

  /** Runs a script of the project, "lib/cli/train.ts", as a reader would. */
  async run(script: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
    const { env = {}, kill, limit = 60_000 } = options;
    const temporary = join(this.folder, "tmp");
    await Deno.mkdir(temporary, { recursive: true });
    const start = performance.now();
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", resolve(projectRoot, script), ...args],
      cwd: projectRoot,
      env: {
        NO_COLOR: "1",
        REMI_FAULTS: this.#mark,
        REMI_RESULTS: this.results,
        TMPDIR: temporary,
        ...env,
      },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#started.push(child.pid);
    const send = (signal: Deno.Signal) => {
      try {
        child.kill(signal);
      } catch {
        // it has ended
      }
    };
    const killing = kill && setTimeout(() => send(kill.signal), kill.after);
    const ending = setTimeout(() => {
      this.findings.notPlain.push(`did not end in ${limit / 1000} s: ${said(script, args)}`);
      send("SIGKILL");
    }, limit);
    const { code, stdout, stderr } = await child.output();
    clearTimeout(killing);
    clearTimeout(ending);
    const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    return { code, out: out!, err: err!, took: performance.now() - start };
  }

  /** Runs a command that has to be an error, and notes a message that is not plain. */
  async mustFail(script: string, args: readonly string[], options: RunOptions = {}) {
    const ended = await this.run(script, args, options);
    this.findings.trials++;
    const complaint = ended.code === 0 ? "not an error" : complaintAbout(ended.err);
    if (complaint === null) return ended;
    const env = Object.entries(options.env ?? {}).map(([name, value]) => `${name}=${value} `);
    this.note("notPlain", `${complaint}: ${env.join("")}${said(script, args)}`, ended.err);
    return ended;
  }

  /** Runs a command that may fail, and notes a message that is not plain. */
  async mayFail(script: string, args: readonly string[], options: RunOptions = {}) {
    const ended = await this.run(script, args, options);
    const complaint = ended.code === 0 ? null : complaintAbout(ended.err);
    if (complaint) this.note("notPlain", `${complaint}: ${said(script, args)}`, ended.err);
    return ended;
  }

  /** Notes something that should not be. */
  note(kind: "lost" | "running" | "lying" | "notPlain", what: string, text = ""): void {
    const lines = text.trim().split("\n").filter(Boolean).slice(0, 4).map((line) =>
      `\n      ${line.slice(0, 200)}`
    );
    this.findings[kind].push(what + lines.join(""));
  }

  /** Notes and ends what still runs of all that was started here, a moment after it was killed. */
  async noteRunning(moment = 3000): Promise<void> {
    const until = performance.now() + moment;
    let left = await this.#survivors();
    while (left.length > 0 && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      left = await this.#survivors();
    }
    for (const { pid, command } of left) {
      this.note("running", command.slice(0, 120));
      endProcess(pid);
    }
  }

  /** Processes with our mark in their environment; only Linux lets them be found. */
  async #survivors(): Promise<{ pid: number; command: string }[]> {
    if (Deno.build.os !== "linux") return [];
    const found: { pid: number; command: string }[] = [];
    for await (const { name } of Deno.readDir("/proc")) {
      if (!/^\d+$/.test(name)) continue;
      const text = (file: string) => Deno.readTextFile(`/proc/${name}/${file}`).catch(() => "");
      if (!(await text("environ")).split("\0").includes(`REMI_FAULTS=${this.#mark}`)) continue;
      const command = (await text("cmdline")).replaceAll("\0", " ").trim();
      if (command !== "") found.push({ pid: Number(name), command }); // others have ended
    }
    return found;
  }

  /** Notes files that no one owns: temporary ones, locks, parts. */
  async noteLying(folder: string = this.folder): Promise<void> {
    for (const path of await filesIn(folder)) {
      const inside = relative(this.folder, path);
      if (/\.(tmp|lock|part)$|\.cells-|^tmp[/\\]/.test(inside)) this.note("lying", inside);
    }
  }
}

function said(script: string, args: readonly string[]): string {
  return `${script.replace(/^.*\/(\w+)\.ts$/, "$1")} ${args.join(" ")}`.slice(0, 200);
}

/** All files below a folder; none if it is not there. */
export async function filesIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  try {
    for await (const entry of Deno.readDir(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory) found.push(...await filesIn(path));
      else found.push(path);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return found.sort();
}
