/**
 * ZMTP 3.0, the wire protocol of ZeroMQ, as far as a Jupyter client needs it: one TCP connection
 * to one peer, NULL security, multipart messages. Source: https://rfc.zeromq.org/spec/23/.
 *
 * The native `zeromq` package is not used: inside Deno it misses wake-ups and crashes on closing.
 */

/** The client's socket types of the Jupyter protocol. */
export type SocketType = "DEALER" | "SUB" | "REQ";

/** Bytes from which on a frame is refused: a notebook with such an output cannot be opened. */
export const TOO_LARGE = 16e6;

const MORE = 1; // flag bits of a frame
const LONG = 2;
const COMMAND = 4;

/** A connection to a ZeroMQ peer. Messages are lists of frames. */
export class ZmtpConnection {
  /** bytes of the frame that is arriving; 0 between frames */
  arriving = 0;

  readonly #socket: Deno.TcpConn;
  #lastWrite: Promise<void> = Promise.resolve();

  private constructor(socket: Deno.TcpConn) {
    this.#socket = socket;
  }

  /**
   * Connects and shakes hands; a SUB socket subscribes to everything.
   *
   * @param signal closes the connection, also while it waits for the peer's greeting
   * @throws Deno.errors.ConnectionRefused if nobody listens, Error if the peer is no ZeroMQ socket,
   *         the signal's reason if it was aborted
   */
  static async open(
    hostname: string,
    port: number,
    type: SocketType,
    signal: AbortSignal,
  ): Promise<ZmtpConnection> {
    let connection: ZmtpConnection | null = null;
    const close = () => connection?.close();
    signal.addEventListener("abort", close);
    try {
      const socket = await Deno.connect({ hostname, port, signal });
      connection = new ZmtpConnection(socket);
      signal.throwIfAborted();
      socket.setNoDelay();
      await connection.#shakeHands(type);
      return connection;
    } catch (error) {
      close();
      signal.removeEventListener("abort", close);
      signal.throwIfAborted();
      throw error;
    }
  }

  /** Sends a message; messages sent at the same time go out one after the other. */
  send(message: readonly Uint8Array[]): Promise<void> {
    return this.#write(concatenated(message.map((part, i) => {
      return frame(part, i < message.length - 1 ? MORE : 0);
    })));
  }

  /**
   * The messages as they come, until either side closes the connection.
   *
   * @throws RangeError before a frame of {@linkcode TOO_LARGE} bytes or more
   */
  async *messages(): AsyncGenerator<Uint8Array[], void> {
    let message: Uint8Array[] = [];
    while (true) {
      const next = await this.#readFrame();
      if (next === null) return;
      if (next.flags & COMMAND) continue;
      message.push(next.body);
      if (next.flags & MORE) continue;
      yield message;
      message = [];
    }
  }

  /** Closes the connection; may be called twice. */
  close(): void {
    try {
      this.#socket.close();
    } catch {
      // closed already
    }
  }

  async #shakeHands(type: SocketType): Promise<void> {
    const utf8 = new TextEncoder();
    const greeting = new Uint8Array(64); // signature, version 3.0, mechanism, as-server 0, filler
    greeting[0] = 0xff;
    greeting[9] = 0x7f;
    greeting[10] = 3;
    greeting.set(utf8.encode("NULL"), 12);
    await this.#write(greeting);
    const answer = await this.#read(64);
    if (answer === null || answer[0] !== 0xff || answer[10]! < 3) {
      throw new Error("the peer does not speak ZMTP 3");
    }
    const ready = [shortString("READY"), shortString("Socket-Type"), longString(type)];
    await this.#write(frame(concatenated(ready), COMMAND));
    if (await this.#readFrame() === null) throw new Error("the peer closed during the handshake");
    if (type === "SUB") await this.send([Uint8Array.of(1)]); // 1: subscribe, then the empty prefix
  }

  #write(bytes: Uint8Array): Promise<void> {
    const write = async () => {
      for (let at = 0; at < bytes.length;) at += await this.#socket.write(bytes.subarray(at));
    };
    const written = this.#lastWrite.then(write);
    this.#lastWrite = written.catch(() => {}); // reported to the caller of this write only
    return written;
  }

  /** The next frame, or null when the connection is closed. */
  async #readFrame(): Promise<{ flags: number; body: Uint8Array } | null> {
    const flags = (await this.#read(1))?.[0];
    if (flags === undefined) return null;
    const length = await this.#read(flags & LONG ? 8 : 1);
    if (length === null) return null;
    const view = new DataView(length.buffer);
    this.arriving = flags & LONG ? Number(view.getBigUint64(0)) : view.getUint8(0);
    if (this.arriving >= TOO_LARGE) throw new RangeError(`a frame of ${this.arriving} bytes`);
    const body = await this.#read(this.arriving);
    this.arriving = 0;
    return body === null ? null : { flags, body };
  }

  /** Exactly this many bytes, or null when the connection is closed. */
  async #read(count: number): Promise<Uint8Array<ArrayBuffer> | null> {
    const bytes = new Uint8Array(count);
    for (let at = 0; at < count;) {
      const read = await this.#socket.read(bytes.subarray(at)).catch(() => null);
      if (read === null) return null;
      at += read;
    }
    return bytes;
  }
}

/** A frame on the wire: flags, the length in 1 or 8 bytes, the body. */
function frame(body: Uint8Array, flags: number): Uint8Array {
  if (body.length < 256) return concatenated([Uint8Array.of(flags, body.length), body]);
  const head = new DataView(new ArrayBuffer(9));
  head.setUint8(0, flags | LONG);
  head.setBigUint64(1, BigInt(body.length));
  return concatenated([new Uint8Array(head.buffer), body]);
}

/** Text after its length in one byte. */
function shortString(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  return concatenated([Uint8Array.of(bytes.length), bytes]);
}

/** Text after its length in four bytes. */
function longString(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  const length = new DataView(new ArrayBuffer(4));
  length.setUint32(0, bytes.length);
  return concatenated([new Uint8Array(length.buffer), bytes]);
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
