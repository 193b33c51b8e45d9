/** The operating system's side of a kernel: its process, its connection file, its end. */
import { ownEnding, sweepOrphans } from "../../base/owner.ts";
import { dirname, join } from "../../base/paths.ts";
import { type Connection, newConnection } from "./channels.ts";

/** How much of what the kernel wrote to stderr is kept, in characters. */
const KEPT = 2000;

/**
 * A shell that becomes the kernel, beside a watcher of a few hundred kilobytes. The watcher waits
 * for a line; where its input ends without one, the client was killed, however early, and the
 * kernel and its folder ($0) go with it, whatever a cell is doing.
 */
const WATCHED = `exec 3<&0
(trap '' HUP INT TERM
read -r _ <&3 || { kill -9 $$; rm -f "$0/connection.json"; rmdir "$0"; }) >/dev/null 2>&1 &
exec "$@" </dev/null 3<&-`;

/** A shell is everywhere but on Windows, where the kernel itself looks after its client. */
const hasShell = Deno.build.os !== "windows";

/** A spawned `deno jupyter` process with its connection file in a private temporary folder. */
export class KernelProcess {
  /** resolved when the process has ended, with how it ended */
  readonly ended: Promise<string>;

  readonly #child: Deno.ChildProcess;
  readonly #killAtExit = (): void => this.#kill();
  readonly #streams: Promise<unknown>;
  #folder: string | null;
  #said = "";

  private constructor(readonly connection: Connection, folder: string, cwd: string) {
    this.#folder = folder;
    const kernel = [Deno.execPath(), "jupyter", "--kernel", "--conn", connectionFile(folder)];
    const [program, ...args] = hasShell ? ["/bin/sh", "-c", WATCHED, folder, ...kernel] : kernel;
    this.#child = new Deno.Command(program!, {
      args,
      cwd,
      env: { NO_COLOR: "1" }, // streams are saved in files, where colour codes are noise
      stdin: hasShell ? "piped" : "null",
      stdout: "null", // a cell's prints arrive as messages
      stderr: "piped",
    }).spawn();
    globalThis.addEventListener("unload", this.#killAtExit); // Deno.exit in the client
    this.#streams = this.#keepLastWords();
    this.ended = this.#child.status.then(({ code, signal }) => signal ?? `code ${code}`);
  }

  /** Spawns a kernel whose cells work in the folder `cwd`. It listens a little later. */
  static async spawn(cwd: string): Promise<KernelProcess> {
    const folder = await Deno.makeTempDir({ prefix: "kernel-", suffix: `-${ownEnding()}` });
    await sweepOrphans(dirname(folder), "kernel-"); // keys that killed clients left
    const connection = newConnection();
    const text = JSON.stringify(connection);
    await Deno.writeTextFile(connectionFile(folder), text, { mode: 0o600 });
    return new KernelProcess(connection, folder, cwd);
  }

  /** The last lines the process wrote to stderr, but for Deno's remark that Jupyter is unstable. */
  get lastWords(): string {
    const lines = this.#said.split("\n").filter((line) =>
      !line.includes(`"deno jupyter" is unstable`)
    );
    return lines.join("\n").trim();
  }

  /** Sends SIGINT, as Jupyter's stop button does. */
  interrupt(): void {
    this.#signal("SIGINT");
  }

  /** Removes the connection file, which a kernel reads once, when it starts. May be repeated. */
  async removeConnectionFile(): Promise<void> {
    const folder = this.#folder;
    this.#folder = null;
    if (folder !== null) await Deno.remove(folder, { recursive: true });
  }

  /** Waits for the process to end, kills it after a time, and cleans up. */
  async end(graceMilliseconds: number): Promise<void> {
    const killer = setTimeout(() => this.#kill(), graceMilliseconds);
    await this.ended;
    clearTimeout(killer);
    await this.#streams;
    if (hasShell) await this.#dismissWatcher();
    globalThis.removeEventListener("unload", this.#killAtExit);
    await this.removeConnectionFile();
  }

  #kill(): void {
    this.#signal("SIGKILL");
  }

  #signal(signal: Deno.Signal): void {
    try {
      this.#child.kill(signal);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // which says that it has ended
    }
  }

  async #dismissWatcher(): Promise<void> {
    const words = new Blob(["the kernel has ended\n"]).stream();
    await words.pipeTo(this.#child.stdin).catch(() => {}); // the watcher may be gone as well
  }

  async #keepLastWords(): Promise<void> {
    const decoder = new TextDecoder();
    for await (const part of this.#child.stderr) {
      this.#said = (this.#said + decoder.decode(part, { stream: true })).slice(-KEPT);
    }
  }
}

function connectionFile(folder: string): string {
  return join(folder, "connection.json");
}
