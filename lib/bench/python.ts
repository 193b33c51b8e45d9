/**
 * What a Python user would run, as a process beside ours: it works when it is told to and waits
 * otherwise, so the two can take turns.
 */
import { environment } from "../base/environment.ts";
import { fromFileUrl } from "../base/paths.ts";
import type { Duration } from "./clock.ts";

/** The Python that is asked: REMI_PYTHON, or `python3`. */
export function pythonName(): string {
  return environment("REMI_PYTHON") ?? "python3";
}

/**
 * glibc hands large arrays back to the system as soon as they are freed, and PyTorch asks for them
 * again in the next step, which makes its steps three times as long. Any allocator that keeps
 * freed memory avoids it, so a fair comparison has to: the environment of a process that shall.
 */
export const keepFreedMemory = {
  MALLOC_MMAP_THRESHOLD_: `${2 ** 25}`,
  MALLOC_TRIM_THRESHOLD_: `${2 ** 30}`,
};

/** A script of lib/bench/python, running. */
export class PythonPeer {
  readonly #process: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #lines: ReadableStreamDefaultReader<string>;
  /** what it calls itself, with its version */
  version = "";

  private constructor(process: Deno.ChildProcess) {
    this.#process = process;
    this.#input = process.stdin.getWriter();
    this.#lines = process.stdout
      .pipeThrough(new TextDecoderStream()).pipeThrough(lines()).getReader();
  }

  /**
   * Starts a script and waits until it is ready.
   *
   * @param added to its environment
   * @returns the peer, or in plain words why there is none: no Python, or it lacks a package
   */
  static async start(
    script: string,
    setup: Readonly<Record<string, unknown>> & { readonly threads: number },
    own: Readonly<Record<string, string>> = {},
  ): Promise<PythonPeer | string> {
    const environment = Deno.env.toObject();
    // settings of a machine that slow numpy's own matrix products down are no part of a comparison
    delete environment["OPENBLAS_CORETYPE"];
    delete environment["OPENBLAS_L2_SIZE"];
    const command = new Deno.Command(pythonName(), {
      args: [fromFileUrl(new URL(`./python/${script}`, import.meta.url)), JSON.stringify(setup)],
      clearEnv: true,
      env: { ...environment, ...own, OMP_NUM_THREADS: `${setup.threads}` },
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    });
    let process: Deno.ChildProcess;
    try {
      process = command.spawn();
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      return `there is no ${pythonName()}`;
    }
    const complaint = new Response(process.stderr).text();
    const peer = new PythonPeer(process);
    const ready = await peer.#answer();
    if (ready === null) {
      await peer.stop();
      return (await complaint).trim().split("\n").at(-1) || "it ended without a word";
    }
    peer.version = (ready as { version: string }).version;
    return peer;
  }

  /**
   * Sends a number and waits for the time that the work took.
   *
   * @throws {Error} if the process ends instead
   */
  async time(request: number): Promise<Duration> {
    await this.#input.write(new TextEncoder().encode(`${request}\n`));
    const answer = await this.#answer();
    if (answer === null) throw new Error(`${this.version} ended in the middle of the benchmark`);
    return answer as Duration;
  }

  /** Ends the process. */
  async stop(): Promise<void> {
    await this.#input.close().catch(() => {}); // a process that has failed has closed it already
    await this.#lines.cancel();
    await this.#process.status;
  }

  /** The next line it prints, null at the end. Foreign boundary: our own scripts write it. */
  async #answer(): Promise<unknown> {
    const { value, done } = await this.#lines.read();
    return done ? null : JSON.parse(value);
  }
}

/** Text cut at its line ends. */
function lines(): TransformStream<string, string> {
  let rest = "";
  return new TransformStream({
    transform(text, controller) {
      const parts = (rest + text).split("\n");
      rest = parts.pop()!;
      for (const part of parts) controller.enqueue(part);
    },
  });
}
