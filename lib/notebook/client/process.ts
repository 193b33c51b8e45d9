/** The operating system's side of a kernel: its process, its connection file, its end. */
import { join } from "../../base/paths.ts";
import { type Connection, newConnection } from "./channels.ts";

/** How much of what the kernel wrote to stderr is kept, in characters. */
const KEPT = 2000;

/** A spawned `deno jupyter` process with its connection file in a private temporary folder. */
export class KernelProcess {
  /** resolved when the process has ended, with how it ended */
  readonly ended: Promise<string>;

  readonly #child: Deno.ChildProcess;
  readonly #killAtExit = (): void => this.#kill();
  readonly #streams: Promise<unknown>;
  #folder: string | null;
  #running = true;
  #said = "";

  private constructor(readonly connection: Connection, folder: string, cwd: string) {
    this.#folder = folder;
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["jupyter", "--kernel", "--conn", connectionFile(folder)],
      cwd,
      env: { NO_COLOR: "1" }, // streams are saved in files, where colour codes are noise
      stdin: "null",
      stdout: "null", // a cell's prints arrive as messages
      stderr: "piped",
    }).spawn();
    globalThis.addEventListener("unload", this.#killAtExit); // Deno.exit in the client
    this.#streams = this.#keepLastWords();
    this.ended = this.#child.status.then(({ code, signal }) => {
      this.#running = false;
      return signal ?? `code ${code}`;
    });
  }

  /** Spawns a kernel whose cells work in the folder `cwd`. It listens a little later. */
  static async spawn(cwd: string): Promise<KernelProcess> {
    const folder = await Deno.makeTempDir({ prefix: "kernel-" });
    const connection = newConnection();
    const text = JSON.stringify(connection);
    await Deno.writeTextFile(connectionFile(folder), text, { mode: 0o600 });
    return new KernelProcess(connection, folder, cwd);
  }

  /** Whether the process has not ended yet. */
  get running(): boolean {
    return this.#running;
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
    if (this.#running) this.#child.kill("SIGINT");
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
    globalThis.removeEventListener("unload", this.#killAtExit);
    await this.removeConnectionFile();
  }

  #kill(): void {
    if (this.#running) this.#child.kill("SIGKILL");
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
