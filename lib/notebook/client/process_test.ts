import assert from "node:assert/strict";
import { projectRoot } from "../../base/files.ts";
import { dirname } from "../../base/paths.ts";
import { hasPs, runningProcesses } from "../../testing/processes.ts";
import { until } from "../../testing/until.ts";
import { Kernel } from "./kernel_client.ts";

/** A client that starts a kernel and keeps it busy, without a chance for anything else in it. */
const CLIENT = `import { Kernel } from ${JSON.stringify(import.meta.resolve("./kernel_client.ts"))};
console.log("starts");
const kernel = await Kernel.start(".");
console.log("runs");
await kernel.execute("while (true) {}", 60, () => {});`;

/** Commands of running kernels whose client was this process. */
async function kernelsOf(client: number): Promise<string[]> {
  return (await runningProcesses()).map(({ command }) => command).filter((command) =>
    command.includes("jupyter --kernel") && command.includes(`-${client}-`)
  );
}

const noneOf = async (client: number) => (await kernelsOf(client)).length === 0;

/** Folders with keys of kernels whose client was this process. */
async function keysOf(client: number): Promise<string[]> {
  const made = await Deno.makeTempDir();
  await Deno.remove(made);
  const there = await Array.fromAsync(Deno.readDir(dirname(made)));
  return there.map(({ name }) => name).filter((name) =>
    name.startsWith("kernel-") && name.includes(`-${client}-`)
  );
}

/** Kills a client so many milliseconds after it said a word, and waits for its kernel's end. */
async function killedAfter(
  word: "starts" | "runs",
  milliseconds: number,
): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", CLIENT],
    cwd: projectRoot,
    stdout: "piped",
  }).spawn();
  let said = "";
  for await (const part of child.stdout) {
    said += new TextDecoder().decode(part);
    if (said.includes(word)) break;
  }
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  child.kill("SIGKILL");
  await child.status;
  await until(() => noneOf(child.pid), `the end of the kernel, killed after ${milliseconds}`, 30);
  return child.pid;
}

/** When clients are killed: before there is a kernel, while it starts, during its first cell. */
const MOMENTS = [["starts", 0], ["starts", 10], ["starts", 40], ["starts", 150], [
  "runs",
  50,
]] as const;

Deno.test({
  name: "a kernel ends with its client, whenever that is killed and whatever a cell does",
  ignore: !hasPs,
  async fn() {
    const clients: number[] = [];
    for (const [word, after] of MOMENTS) {
      clients.push(await killedAfter(word, after));
    }
    await (await Kernel.start(".")).shutdown(); // removes keys for which there was no kernel yet
    for (const client of clients) assert.deepEqual(await keysOf(client), []);
  },
});

Deno.test("a kernel that is shut down leaves neither watcher nor key", async () => {
  const kernel = await Kernel.start(".");
  await kernel.shutdown();
  assert.deepEqual(await keysOf(Deno.pid), []);
  if (hasPs) await until(() => noneOf(Deno.pid), "the end of the kernel and its watcher", 30);
});
