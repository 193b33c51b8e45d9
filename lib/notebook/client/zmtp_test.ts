import assert from "node:assert/strict";
import { zmtpGreeting } from "../../testing/zmtp_greeting.ts";
import { ZmtpConnection } from "./zmtp.ts";

const { signal } = new AbortController();

/** A peer that shakes hands, sends bytes, and collects what it gets until the client closes. */
async function withPeer(
  bytes: Uint8Array<ArrayBuffer>,
  use: (port: number) => Promise<void>,
): Promise<Uint8Array> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const serve = async () => {
    using socket = await listener.accept();
    await socket.write(zmtpGreeting);
    for (const part of [bytes.subarray(0, 5), bytes.subarray(5)]) await socket.write(part);
    await socket.closeWrite();
    const got: number[] = [];
    const buffer = new Uint8Array(65536);
    for (let n = await socket.read(buffer); n !== null; n = await socket.read(buffer)) {
      got.push(...buffer.subarray(0, n));
    }
    return Uint8Array.from(got);
  };
  const [got] = await Promise.all([serve(), use(listener.addr.port)]);
  return got;
}

Deno.test("frames come as messages: short, long, in parts, without commands", async () => {
  const long = new Uint8Array(300).fill(7);
  const bytes = Uint8Array.from([
    ...[1, 2, 65, 66], // "AB", more follows
    ...[2, 0, 0, 0, 0, 0, 0, 1, 44, ...long],
    ...[4, 1, 0], // a command
    ...[0, 0], // an empty message
  ]);
  await withPeer(bytes, async (port) => {
    const connection = await ZmtpConnection.open("127.0.0.1", port, "DEALER", signal);
    const messages = [];
    for await (const message of connection.messages()) messages.push(message);
    connection.close();
    assert.deepEqual(messages, [[Uint8Array.of(65, 66), long], [new Uint8Array()]]);
  });
});

Deno.test("a subscriber greets, subscribes, and its messages do not mix", async () => {
  const sent = await withPeer(new Uint8Array(), async (port) => {
    const connection = await ZmtpConnection.open("127.0.0.1", port, "SUB", signal);
    await Promise.all([
      connection.send([Uint8Array.of(1), Uint8Array.of(2)]),
      connection.send([new Uint8Array(256).fill(3)]),
    ]);
    connection.close();
  });
  assert.deepEqual(sent.subarray(0, 12), Uint8Array.of(0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3, 0));
  assert.ok(
    new TextDecoder().decode(sent.subarray(64)).startsWith("\x04\x19\x05READY\x0bSocket-Type"),
  );
  const tail = [0, 1, 1, 1, 1, 1, 0, 1, 2, 2, 0, 0, 0, 0, 0, 0, 1, 0, ...new Array(256).fill(3)];
  assert.deepEqual([...sent.subarray(64 + 27)], tail);
});

Deno.test("a peer that is no ZeroMQ socket is refused", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const serve = listener.accept().then(async (socket) => {
    await socket.write(new TextEncoder().encode("HTTP/1.1 400 Bad Request\r\n".repeat(3)));
    socket.close();
  });
  await assert.rejects(
    ZmtpConnection.open("127.0.0.1", listener.addr.port, "DEALER", signal),
    /ZMTP 3/,
  );
  await serve;
});
