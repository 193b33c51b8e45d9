/** These tests drive the real kernel in a state that no cell brings about. */
import assert from "node:assert/strict";
import { until } from "../../testing/until.ts";
import { Kernel, KernelError } from "./kernel_client.ts";

Deno.test({
  name: "a kernel that hangs is told after the time of the cell",
  ignore: Deno.build.os === "windows", // no process can be made to hang there
  async fn() {
    await using kernel = await Kernel.start(".");
    let process = 0;
    kernel.onPublished = ({ content }) => {
      process = Number(content.text);
    };
    await kernel.execute("console.log(Deno.pid);", 60, () => {});
    await until(() => process > 0, "the number of the process", 60);
    Deno.kill(process, "SIGSTOP");
    let error: unknown;
    kernel.execute("1;", 1, () => {}).catch((reason) => error = reason);
    await until(() => error !== undefined, "the end of the wait", 60);
    assert.ok(error instanceof KernelError);
    assert.match(error.message, /within 1 seconds\. Its heartbeat stopped: the process hangs/);
  },
});

Deno.test("a kernel whose ports others took, and say nothing, starts on new ones", async () => {
  const { listen } = Deno;
  const taken: Deno.Listener[] = [];
  const keep = (options: Deno.ListenOptions & { transport?: "tcp" }) => {
    const listener = listen(options);
    taken.push(listener);
    if (taken.length === 5) Deno.listen = listen;
    return { addr: listener.addr, close() {} }; // the port seems free, and is not
  };
  try {
    Deno.listen = keep as typeof Deno.listen;
    let kernel: Kernel | undefined;
    Kernel.start(".").then((started) => kernel = started);
    await until(() => kernel !== undefined, "a kernel", 60);
    await kernel!.shutdown();
    assert.equal(taken.length, 5);
  } finally {
    Deno.listen = listen;
    for (const listener of taken) listener.close();
  }
});

Deno.test("an abort ends the start of a kernel", async () => {
  for (const moment of [0, 10, 40]) { // before there is a process, and while it starts
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error("stopped")), moment);
    await assert.rejects(Kernel.start(".", ".", stop.signal), /^Error: stopped$/);
  }
  const stopped = AbortSignal.abort(new Error("stopped"));
  await assert.rejects(Kernel.start(".", ".", stopped), /^Error: stopped$/);
});
