/** These tests listen on the ports of a kernel in its place. */
import assert from "node:assert/strict";
import { until } from "../../testing/until.ts";
import { zmtpGreeting } from "../../testing/zmtp_greeting.ts";
import { Channels, type Connection, newConnection } from "./channels.ts";

/** One who listens on a port, and what became of who connected. */
interface Stranger extends Disposable {
  state: "alone" | "connected" | "left";
}

/** Says something to whoever connects, and then nothing more. */
function stranger(port: number, words: Uint8Array = new Uint8Array()): Stranger {
  const listener = Deno.listen({ hostname: "127.0.0.1", port });
  const stranger: Stranger = { state: "alone", [Symbol.dispose]: () => listener.close() };
  const serve = async () => {
    for await (const socket of listener) {
      await socket.write(words);
      stranger.state = "connected";
      const buffer = new Uint8Array(100);
      while (await socket.read(buffer).catch(() => null) !== null);
      socket.close();
      stranger.state = "left";
    }
  };
  serve();
  return stranger;
}

const deaf = { reply() {}, published() {}, inputAsked() {}, broken() {} };

/** Opens, and has the rest of a test run before the outcome is awaited. */
function outcomeOf(connection: Connection, signal: AbortSignal): { error?: unknown } {
  const outcome: { error?: unknown } = {};
  Channels.open(connection, deaf, signal).catch((error) => outcome.error = error);
  return outcome;
}

Deno.test("who listens on a kernel's ports and says nothing is left by an abort", async () => {
  const connection = newConnection();
  const { shell_port, control_port, stdin_port } = connection; // and nobody at all on iopub
  using shell = stranger(shell_port);
  using control = stranger(control_port);
  using stdin = stranger(stdin_port, zmtpGreeting);
  const all = [shell, control, stdin];
  const stop = new AbortController();
  const outcome = outcomeOf(connection, stop.signal);
  await until(() => all.every(({ state }) => state === "connected"), "three sockets", 60);
  assert.deepEqual(outcome, {});
  const why = new Error("stopped");
  stop.abort(why);
  await until(() => outcome.error === why, "the end of the wait", 60);
  await until(() => all.every(({ state }) => state === "left"), "the end of the sockets", 60);
});

Deno.test("where one of the sockets is no kernel's, none stays open", async () => {
  const connection = newConnection();
  const { shell_port, control_port, stdin_port, iopub_port } = connection;
  using shell = stranger(shell_port, zmtpGreeting);
  using control = stranger(control_port);
  using stdin = stranger(stdin_port);
  const outcome = outcomeOf(connection, new AbortController().signal);
  const others = [shell, control, stdin];
  await until(() => others.every(({ state }) => state === "connected"), "three sockets", 60);
  using _iopub = stranger(iopub_port, new TextEncoder().encode("HTTP/1.1 400 No\r\n".repeat(4)));
  await until(() => outcome.error !== undefined, "the refusal", 60);
  assert.match(`${outcome.error}`, /the peer does not speak ZMTP 3/);
  await until(() => others.every(({ state }) => state === "left"), "the end of the sockets", 60);
});
