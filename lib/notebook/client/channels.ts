/** The five sockets between a Jupyter client and its kernel, as plain sends and callbacks. */
import { decode, encode, type Message } from "./wire.ts";
import { type SocketType, TOO_LARGE, ZmtpConnection } from "./zmtp.ts";

/** Bytes from which on the kernel may lose some of a message when it is read slowly. */
const LARGE = 1e6;

/** What a kernel is told to listen on: the connection file of the Jupyter protocol. */
export interface Connection {
  readonly transport: "tcp";
  readonly ip: string;
  readonly shell_port: number;
  readonly iopub_port: number;
  readonly control_port: number;
  readonly stdin_port: number;
  readonly hb_port: number;
  readonly signature_scheme: "hmac-sha256";
  readonly key: string;
}

/** A channel that takes requests and answers each. */
export type RequestChannel = "shell" | "control";

/** What is heard from the kernel. */
export interface Ears {
  /** an answer on shell or control */
  reply(message: Message): void;
  /** everything published: status, streams, displays, errors */
  published(message: Message): void;
  /** the kernel asks its user for a line of text */
  inputAsked(message: Message): void;
  /** a message that cannot be read, or a publishing connection that broke */
  broken(why: string): void;
}

/** A connection on this machine, on free ports, with a new key. */
export function newConnection(): Connection {
  const listeners = Array.from(
    { length: 5 },
    () => Deno.listen({ hostname: "127.0.0.1", port: 0 }),
  );
  const ports = listeners.map((listener) => listener.addr.port);
  for (const listener of listeners) listener.close();
  return {
    transport: "tcp",
    ip: "127.0.0.1",
    shell_port: ports[0]!,
    iopub_port: ports[1]!,
    control_port: ports[2]!,
    stdin_port: ports[3]!,
    hb_port: ports[4]!,
    signature_scheme: "hmac-sha256",
    key: crypto.randomUUID(),
  };
}

/** The client's side of a connection. */
export class Channels {
  private constructor(
    readonly connection: Connection,
    readonly ears: Ears,
    /** whose abort closes every socket */
    readonly life: AbortController,
    readonly shell: ZmtpConnection,
    readonly control: ZmtpConnection,
    readonly stdin: ZmtpConnection,
    readonly iopub: ZmtpConnection,
  ) {
    this.#hear(shell, (message) => ears.reply(message));
    this.#hear(control, (message) => ears.reply(message));
    this.#hear(stdin, (message) => ears.inputAsked(message));
    this.#hear(iopub, (message) => ears.published(message));
  }

  /**
   * Connects to a kernel that may still be starting.
   *
   * @param signal ends the wait for one who does not listen, or does but says nothing
   * @throws Error if somebody else listens, the signal's reason if it was aborted
   */
  static async open(
    connection: Connection,
    ears: Ears,
    signal: AbortSignal,
  ): Promise<Channels> {
    const { ip, shell_port, control_port, stdin_port, iopub_port } = connection;
    const life = new AbortController();
    const open = async (port: number, type: SocketType): Promise<ZmtpConnection> => {
      while (true) {
        try {
          return await ZmtpConnection.open(ip, port, type, life.signal);
        } catch (error) {
          if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      }
    };
    const giveUp = () => life.abort(signal.reason);
    signal.addEventListener("abort", giveUp);
    if (signal.aborted) giveUp();
    try {
      const sockets = await Promise.all([
        open(shell_port, "DEALER"),
        open(control_port, "DEALER"),
        open(stdin_port, "DEALER"),
        open(iopub_port, "SUB"),
      ]);
      return new Channels(connection, ears, life, ...sockets);
    } catch (error) {
      life.abort(error); // the other sockets
      throw error;
    } finally {
      signal.removeEventListener("abort", giveUp);
    }
  }

  /** Sends a request. */
  async send(channel: RequestChannel, message: Message): Promise<void> {
    const frames = encode(message, this.connection.key);
    await (channel === "shell" ? this.shell : this.control).send(frames);
  }

  /** Whether the kernel's heartbeat answers within a time. */
  async beats(milliseconds: number): Promise<boolean> {
    const { ip, hb_port } = this.connection;
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), milliseconds);
    try {
      const heart = await ZmtpConnection.open(ip, hb_port, "REQ", patience.signal);
      await heart.send([new Uint8Array(), new TextEncoder().encode("beat")]);
      for await (const _echo of heart.messages()) return true;
      return false;
    } catch {
      return false; // nobody listens, or the timer closed it
    } finally {
      clearTimeout(timer);
      patience.abort(); // closes it
    }
  }

  /** What is wrong with an output that began to arrive and stays away; "" if there is none. */
  get stuck(): string {
    return this.iopub.arriving < LARGE ? "" : damaged(this.iopub.arriving);
  }

  /** Closes every connection; nothing is heard afterwards. */
  close(): void {
    this.life.abort();
  }

  async #hear(socket: ZmtpConnection, tell: (message: Message) => void): Promise<void> {
    let why = "the kernel closed its connection";
    let bytes = 0;
    try {
      for await (const frames of socket.messages()) {
        bytes = Math.max(...frames.map((frame) => frame.length));
        tell(decode(frames, this.connection.key));
      }
    } catch (error) {
      why = error instanceof Error ? error.message : String(error);
      if (error instanceof RangeError) why = tooLarge(socket.arriving);
      else if (bytes >= LARGE) why = damaged(bytes);
    }
    if (!this.life.signal.aborted) this.ears.broken(why);
  }
}

const LESS = "Show less, or write it to a file and show a part";

function tooLarge(bytes: number): string {
  return `an output of ${megabytes(bytes)}; at most ${megabytes(TOO_LARGE)} are shown. ${LESS}`;
}

function damaged(bytes: number): string {
  return `an output of ${megabytes(bytes)} did not arrive whole: the kernel loses parts of large ` +
    `outputs. ${LESS}`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
