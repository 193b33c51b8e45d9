/** What a ZeroMQ socket says first, for tests of who talks to one. */

const greeting = new Uint8Array(64);
greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3, 0]);
greeting.set(new TextEncoder().encode("NULL"), 12);

/** The peer's side of a handshake, of a ROUTER without security. */
export const zmtpGreeting: Uint8Array<ArrayBuffer> = Uint8Array.from([
  ...greeting,
  ...[4, 28],
  ...new TextEncoder().encode("\x05READY\x0bSocket-Type\0\0\0\x06ROUTER"),
]);
