/**
 * The Jupyter wire protocol, version 5.3: a message is four JSON frames (header, parent header,
 * metadata, content) behind an HMAC-SHA256 signature of exactly these bytes.
 * Source: jupyter-client documentation, "Messaging in Jupyter".
 */
import { createHmac, timingSafeEqual } from "node:crypto";

/** Who sent what: `msg_id` is what an answer's parent header repeats. */
export interface Header {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly version: string;
}

/** A message of any channel. The content's fields depend on `header.msg_type`. */
export interface Message {
  readonly header: Header;
  /** the header of the request this answers; empty for an unasked message */
  readonly parent: Partial<Header>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly content: Readonly<Record<string, unknown>>;
}

const DELIMITER = "<IDS|MSG>";

/** A new request. */
export function request(
  type: string,
  content: Readonly<Record<string, unknown>>,
  session: string,
): Message {
  const header: Header = {
    msg_id: crypto.randomUUID(),
    msg_type: type,
    session,
    username: "notebooks",
    date: new Date().toISOString(),
    version: "5.3",
  };
  return { header, parent: {}, metadata: {}, content };
}

/**
 * HMAC-SHA256 of the concatenated frames, in lower-case hexadecimal.
 *
 * @param key the connection file's key; an empty one means unsigned messages
 */
export function sign(key: string, frames: readonly Uint8Array[]): string {
  if (key === "") return "";
  const hmac = createHmac("sha256", key);
  for (const frame of frames) hmac.update(frame);
  return hmac.digest("hex");
}

/** The frames to send for a message: delimiter, signature, then the four signed JSON frames. */
export function encode(message: Message, key: string): Uint8Array[] {
  const utf8 = new TextEncoder();
  const signed = [message.header, message.parent, message.metadata, message.content]
    .map((part) => utf8.encode(JSON.stringify(part)));
  return [utf8.encode(DELIMITER), utf8.encode(sign(key, signed)), ...signed];
}

/**
 * The message in received frames; routing identities before the delimiter are dropped.
 *
 * @throws Error if there is no delimiter, a frame is missing or not JSON, or the signature is wrong
 */
export function decode(frames: readonly Uint8Array[], key: string): Message {
  const utf8 = new TextDecoder();
  const start = frames.findIndex((frame) =>
    frame.length === DELIMITER.length && utf8.decode(frame) === DELIMITER
  );
  if (start < 0) throw new Error("Jupyter message without <IDS|MSG> delimiter");
  const signature = frames[start + 1];
  const signed = frames.slice(start + 2, start + 6);
  if (signature === undefined || signed.length < 4) throw new Error("Jupyter message cut short");
  if (!equal(signature, new TextEncoder().encode(sign(key, signed)))) {
    throw new Error("Jupyter message with a wrong signature");
  }
  const [header, parent, metadata, content] = signed.map((frame) => JSON.parse(utf8.decode(frame)));
  return { header, parent, metadata, content };
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
