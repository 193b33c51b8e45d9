/** A running Deno kernel: the very process that Jupyter would start, driven without Jupyter. */
import { Channels, type Ears } from "./channels.ts";
import { PRELUDE } from "./prelude.ts";
import { KernelProcess } from "./process.ts";
import { type Message, request } from "./wire.ts";

/** The kernel died, fell silent, or lost messages; the message says which. */
export class KernelError extends Error {
  override name = "KernelError";
}

/** How a request for execution ended. */
export interface ExecuteReply {
  readonly status: "ok" | "error";
  readonly executionCount: number;
  /** name, message and stack of the error; null for status "ok" */
  readonly error:
    | { readonly name: string; readonly message: string; readonly stack: string }
    | null;
}

/** Seconds within which an idle kernel in good health does anything asked of it. */
const PATIENCE = 30;

/** Milliseconds a kernel has for ending by itself before it is killed. */
const GRACE = 2000;

/** Starts before giving up: another process may take a free port before the kernel does. */
const ATTEMPTS = 3;

/** Requests of the client's own, which no cell's count or output shows. */
const SILENT = { silent: true, store_history: false };

/** A kernel and its client. Always end it with {@linkcode Kernel.shutdown} or `await using`. */
export class Kernel implements AsyncDisposable {
  /** Called with everything published but status messages, in the order it was published. */
  onPublished: (message: Message) => void = () => {};

  readonly #process: KernelProcess;
  readonly #session = crypto.randomUUID();
  readonly #failure = Promise.withResolvers<never>();
  /** who waits for which message: "reply ID", "idle ID" or "fence NUMBER" */
  readonly #awaited = new Map<string, (message: Message) => void>();
  #channels: Channels | null = null;
  #fences = 0;
  #beat: Promise<boolean> | undefined;
  #ending: Promise<void> | null = null;

  private constructor(process: KernelProcess) {
    this.#process = process;
    this.#failure.promise.catch(() => {}); // heard by whoever waits; by nobody between cells
    process.ended.then((how) => this.#fail(`the kernel's process ended (${how})`));
  }

  /**
   * Starts a kernel and waits until it answers.
   *
   * @param cwd the working folder of the cells: the notebook's own folder
   * @param home the folder whose deno.json counts
   * @param signal ends the start, and the kernel with it
   * @throws KernelError if it does not start, the signal's reason if it was aborted meanwhile
   */
  static async start(cwd: string, home: string = cwd, signal?: AbortSignal): Promise<Kernel> {
    for (let attempt = 1;; attempt++) {
      const kernel = new Kernel(await KernelProcess.spawn(home));
      const stop = () => kernel.shutdown();
      signal?.addEventListener("abort", stop);
      try {
        signal?.throwIfAborted();
        await kernel.#connect();
        if (home !== cwd) await kernel.#workIn(cwd);
        return kernel;
      } catch (error) {
        await kernel.shutdown();
        signal?.throwIfAborted();
        if (attempt === ATTEMPTS) throw error;
      } finally {
        signal?.removeEventListener("abort", stop);
      }
    }
  }

  /**
   * Executes code as a cell and waits for the reply and for the kernel to be idle again. What the
   * code published may still be on its way: see {@linkcode Kernel.fence}.
   *
   * @param onStart told the request's id, which is the parent id of the cell's outputs
   * @throws KernelError if the kernel dies or the time is over
   */
  execute(code: string, seconds: number, onStart: (id: string) => void): Promise<ExecuteReply> {
    return this.#execute(code, { silent: false, store_history: true }, seconds, onStart);
  }

  /**
   * Waits until everything published so far has arrived: the kernel publishes in order, so a mark
   * published now comes last. Output from now on belongs to no cell.
   *
   * @param quiet milliseconds that the kernel waits before the mark, for late output to show itself
   * @throws KernelError if the mark does not arrive: output was lost, or the kernel is wedged
   */
  async fence(quiet: number, seconds: number = PATIENCE): Promise<void> {
    const mark = `fence ${++this.#fences}`;
    const content = JSON.stringify({ data: {}, metadata: {}, transient: { display_id: mark } });
    const code = `await new Promise((resolve) => setTimeout(resolve, ${quiet}));
Deno.jupyter.broadcast("display_data", ${content});`;
    await Promise.all([
      this.#await(mark, seconds, "the kernel did not answer, or its output was lost"),
      this.#execute(code, SILENT, seconds),
    ]);
  }

  /**
   * Waits until the kernel has sent on what a cell left in its queues. It takes turns between these
   * and requests, so two answers say more than any pause on a busy machine; these requests are no
   * cells, whose output it would take that for.
   *
   * @throws KernelError if it does not answer
   */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 2; turn++) {
      const message = request("kernel_info_request", {}, this.#session);
      await Promise.all([
        this.#await(`reply ${message.header.msg_id}`, PATIENCE, "the kernel did not answer"),
        this.#channels?.send("shell", message),
      ]);
    }
  }

  /** Sends SIGINT, as Jupyter's stop button does. A cell that does not listen for it goes on. */
  interrupt(): void {
    this.#process.interrupt();
  }

  /** Ends the kernel, by force if it does not go, and leaves nothing behind; may be repeated. */
  shutdown(): Promise<void> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  /** Ends the kernel when an `await using` goes out of scope. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown();
  }

  async #connect(): Promise<void> {
    const ears = {
      reply: (message: Message) => this.#announce(`reply ${message.parent.msg_id}`, message),
      published: (message: Message) => this.#published(message),
      inputAsked: () => this.#fail("a cell asks for typed input, and nobody is there to give it"),
      broken: (why: string) => this.#broken(why),
    };
    const hope = new AbortController();
    const lost = (why: unknown) =>
      new KernelError(`the kernel does not listen: ${why}. ${this.#process.lastWords}`);
    const lose = () => hope.abort(lost(`nobody answered within ${PATIENCE} seconds`));
    const timer = setTimeout(lose, PATIENCE * 1000);
    this.#failure.promise.catch((why) => hope.abort(why));
    try {
      await this.#meet(ears, hope.signal).catch((error) => {
        throw error instanceof KernelError ? error : lost(error);
      });
    } finally {
      clearTimeout(timer);
    }
    await this.#execute(PRELUDE, SILENT, PATIENCE);
    await this.#process.removeConnectionFile();
  }

  /** Connects and waits until the kernel is heard, while there is hope. */
  async #meet(ears: Ears, hope: AbortSignal): Promise<void> {
    this.#channels = await Channels.open(this.#process.connection, ears, hope);
    // A subscription takes effect some time after it is made, and what is published before is not
    // heard: knock until the answer is.
    for (let wait = 0.25;; wait *= 2) {
      try {
        await this.fence(0, wait);
        return;
      } catch (error) {
        if (hope.aborted) throw error;
      }
    }
  }

  /** The deno.json that counts stays the one of the folder where the process was started. */
  async #workIn(folder: string): Promise<void> {
    await this.#execute(`Deno.chdir(${JSON.stringify(folder)});`, SILENT, PATIENCE);
  }

  async #execute(
    code: string,
    mode: typeof SILENT,
    seconds: number,
    onStart: (id: string) => void = () => {},
  ): Promise<ExecuteReply> {
    const content = {
      code,
      ...mode,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
    };
    const message = request("execute_request", content, this.#session);
    const id = message.header.msg_id;
    onStart(id);
    const [reply] = await Promise.all([
      this.#await(`reply ${id}`, seconds, "the cell did not end"),
      this.#await(`idle ${id}`, seconds, "the kernel did not become idle"),
      this.#channels?.send("shell", message),
    ]);
    const { status, execution_count, ename, evalue, traceback } = reply.content;
    return {
      status: status === "ok" ? "ok" : "error",
      executionCount: Number(execution_count),
      error: status === "ok" ? null : {
        name: String(ename),
        message: String(evalue),
        stack: (traceback as string[]).join("\n"),
      },
    };
  }

  #published(message: Message): void {
    const { header, parent, content } = message;
    if (header.msg_type === "status") {
      if (content.execution_state === "idle") this.#announce(`idle ${parent.msg_id}`, message);
      return;
    }
    const id = (content.transient as { display_id?: string } | undefined)?.display_id ?? "";
    if (!this.#announce(id, message)) this.onPublished(message);
  }

  /** Hands a message to whoever waits for it; whether somebody does. */
  #announce(key: string, message: Message): boolean {
    const tell = this.#awaited.get(key);
    tell?.(message);
    return tell !== undefined;
  }

  /** The message that will be announced under a key, or an error when it does not come. */
  #await(key: string, seconds: number, complaint: string): Promise<Message> {
    const arrival = Promise.withResolvers<Message>();
    this.#awaited.set(key, arrival.resolve);
    const giveUp = async () => {
      const alive = await this.#alive();
      const state = alive
        ? "Its process lives, so a cell computes or waits for something that does not come"
        : "Its heartbeat stopped: the process hangs";
      const why = this.#channels?.stuck || `${complaint} within ${seconds} seconds. ${state}.`;
      arrival.reject(new KernelError(why));
    };
    const timer = setTimeout(giveUp, seconds * 1000);
    return Promise.race([arrival.promise, this.#failure.promise]).finally(() => {
      clearTimeout(timer);
      this.#awaited.delete(key);
    });
  }

  /** Whether its heart beats; of several who ask at once, the first hears it first. */
  #alive(): Promise<boolean> | undefined {
    const forget = () => this.#beat = undefined;
    this.#beat ??= this.#channels?.beats(10_000).finally(forget);
    return this.#beat;
  }

  /** A broken connection usually means an ended process, and that is the better explanation. */
  async #broken(why: string): Promise<void> {
    await Promise.race([this.#process.ended, new Promise((done) => setTimeout(done, GRACE))]);
    this.#fail(why);
  }

  #fail(why: string): void {
    const said = this.#process.lastWords;
    this.#failure.reject(new KernelError(said === "" ? why : `${why}; its last words: ${said}`));
  }

  async #end(): Promise<void> {
    const farewell = request("shutdown_request", { restart: false }, this.#session);
    await this.#channels?.send("control", farewell).catch(() => {}); // it may be dead already
    await this.#process.end(this.#channels === null ? 0 : GRACE);
    this.#channels?.close();
  }
}
