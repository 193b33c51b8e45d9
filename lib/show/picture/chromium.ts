/**
 * A Chromium without windows, asked by the protocol of its developer tools over two pipes: no port
 * is open and no proxy is between, and it ends by itself when the pipes do, however that comes.
 */
import { Buffer } from "node:buffer";
import { type ChildProcess, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { ownEnding, sweepOrphans } from "../../base/owner.ts";
import { dirname } from "../../base/paths.ts";

/** What is read of the protocol's answers: a foreign boundary. */
export interface Answer {
  readonly result?: { readonly value?: unknown };
  readonly targetId?: string;
  readonly sessionId?: string;
  /** why a page could not be opened */
  readonly errorText?: string;
  /** base64 */
  readonly data?: string;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: Answer;
  readonly error?: { readonly message: string };
}

/** Why a browser does not do what it is asked for, in a clause. */
export class BrowserFailure extends Error {
  override name = "BrowserFailure";
}

/** Milliseconds that everything may take, and that a browser has to end. */
const PATIENCE = 60_000;
const GRACE = 5_000;

/** Ends every message of either side. */
const END = "\0";

/** A started browser. */
export class Chromium {
  readonly #child: ChildProcess;
  readonly #profile: string;
  readonly #ended = Promise.withResolvers<string>();
  readonly #failure = Promise.withResolvers<never>();
  readonly #timer: ReturnType<typeof setTimeout>;
  readonly #waiting = new Map<number, PromiseWithResolvers<Answer>>();
  readonly #parts: Uint8Array[] = [];
  #last = 0;

  private constructor(program: string, profile: string) {
    this.#profile = profile;
    this.#failure.promise.catch(() => {}); // for times in which nothing is asked
    this.#child = spawn(program, [
      "--headless",
      ...Deno.uid() === 0 ? ["--no-sandbox"] : [], // Chromium refuses to have one as root
      "--disable-gpu",
      "--disable-dev-shm-usage", // in containers it is too small, and pages crash
      "--no-first-run",
      "--disable-background-networking",
      "--disable-sync",
      "--allow-file-access-from-files",
      `--user-data-dir=${profile}`,
      "--remote-debugging-pipe",
      "about:blank",
    ], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    this.#child.on("error", (error) => this.#end(`it does not start: ${error.message}`));
    this.#child.on("exit", (code, signal) => this.#end(`it ended by itself, ${signal ?? code}`));
    for (const pipe of [this.#to, this.#from]) pipe.on("error", () => {}); // its end is told above
    this.#from.on("data", (part: Uint8Array) => this.#hear(part));
    this.#timer = setTimeout(
      () => this.#failure.reject(new BrowserFailure(`not done in ${PATIENCE / 1000} s`)),
      PATIENCE,
    );
  }

  /** Starts the browser of a path, with a profile of its own that goes with it. */
  static async start(program: string): Promise<Chromium> {
    const profile = await Deno.makeTempDir({ prefix: "print-", suffix: `-${ownEnding()}` });
    await sweepOrphans(dirname(profile), "print-"); // of prints that were killed
    return new Chromium(program, profile);
  }

  /** Rejects when the browser has ended, its page has crashed, or the time is over. */
  get failure(): Promise<never> {
    return this.#failure.promise;
  }

  /**
   * Asks for something, and waits for the answer.
   *
   * @param sessionId whom: a page that was attached to; the browser itself if left out
   * @throws {BrowserFailure} if it refuses, or as {@linkcode failure}
   */
  ask(method: string, params: object, sessionId?: string): Promise<Answer> {
    const id = ++this.#last;
    const answer = Promise.withResolvers<Answer>();
    this.#waiting.set(id, answer);
    this.#to.write(JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) }) + END);
    return Promise.race([answer.promise, this.failure]);
  }

  /** Ends the browser, by force if it does not go, and removes its profile. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.ask("Browser.close", {}).catch(() => {}); // it may have ended
    const killer = setTimeout(() => this.#child.kill("SIGKILL"), GRACE);
    await this.#ended.promise;
    clearTimeout(killer);
    this.#to.destroy();
    this.#from.destroy();
    for (let left = 20; left > 0; left--) {
      try {
        return await Deno.remove(this.#profile, { recursive: true });
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 50)); // its children may still write
      }
    }
  }

  get #to(): Writable {
    return this.#child.stdio[3] as Writable;
  }

  get #from(): Readable {
    return this.#child.stdio[4] as Readable;
  }

  #end(why: string): void {
    this.#ended.resolve(why);
    this.#failure.reject(new BrowserFailure(why));
  }

  #hear(part: Uint8Array): void {
    for (let rest = part;;) {
      const end = rest.indexOf(0);
      if (end < 0) return void this.#parts.push(rest);
      const whole = Buffer.concat([...this.#parts, rest.subarray(0, end)]);
      this.#parts.length = 0;
      rest = rest.subarray(end + 1);
      this.#take(JSON.parse(whole.toString()) as Message);
    }
  }

  #take({ id, method, result, error }: Message): void {
    if (method === "Inspector.targetCrashed") {
      this.#failure.reject(new BrowserFailure("the page crashed"));
    }
    if (id === undefined) return;
    const asked = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) asked?.reject(new BrowserFailure(error.message));
    else asked?.resolve(result ?? {});
  }
}
