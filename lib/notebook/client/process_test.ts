import assert from "node:assert/strict";
import { projectRoot } from "../../base/files.ts";
import { dirname } from "../../base/paths.ts";
import { Kernel } from "./kernel_client.ts";

/** A client that starts a kernel and keeps it busy, without a chance for anything else in it. */
const CLIENT = `import { Kernel } from ${JSON.stringify(import.meta.resolve("./kernel_client.ts"))};
console.log("starts");
const kernel = await Kernel.start(".");
console.log("runs");
await kernel.execute("while (true) {}", 60, () => {});`;

/** Commands of running kernels whose client was this process. */
async function kernelsOf(client: number): Promise<string[]> {
  const { stdout } = await new Deno.Command("ps", { args: ["-axo", "command"] }).output();
  return new TextDecoder().decode(stdout).split("\n").filter((command) =>
    command.includes("jupyter --kernel") && command.includes(`-${client}-`)
  );
}

/** Folders with keys of kernels whose client was this process. */
async function keysOf(client: number): Promise<string[]> {
  const made = await Deno.makeTempDir();
  await Deno.remove(made);
  const there = await Array.fromAsync(Deno.readDir(dirname(made)));
  return there.map(({ name }) => name).filter((name) =>
    name.startsWith("kernel-") && name.includes(`-${client}-`)
  );
}

/** Kills a client so many milliseconds after it said a word; its id and the kernels it left. */
async function killedAfter(
  word: "starts" | "runs",
  milliseconds: number,
): Promise<{ client: number; left: string[] }> {
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
  for (let i = 0; i < 50 && (await kernelsOf(child.pid)).length > 0; i++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { client: child.pid, left: await kernelsOf(child.pid) };
}

/** When clients are killed: before there is a kernel, while it starts, during its first cell. */
const MOMENTS = [["starts", 0], ["starts", 10], ["starts", 40], ["starts", 150], [
  "runs",
  50,
]] as const;

Deno.test({
  name: "a kernel ends with its client, whenever that is killed and whatever a cell does",
  ignore: Deno.build.os === "windows", // there is no shell there
  async fn() {
    const clients: number[] = [];
    for (const [word, after] of MOMENTS) {
      const { client, left } = await killedAfter(word, after);
      assert.deepEqual(left, [], `${after} ms after it said that it ${word}`);
      clients.push(client);
    }
    await (await Kernel.start(".")).shutdown(); // removes keys for which there was no kernel yet
    for (const client of clients) assert.deepEqual(await keysOf(client), []);
  },
});

Deno.test("a kernel that is shut down leaves neither watcher nor key", async () => {
  const kernel = await Kernel.start(".");
  await kernel.shutdown();
  assert.deepEqual(await keysOf(Deno.pid), []);
  if (Deno.build.os !== "windows") assert.deepEqual(await kernelsOf(Deno.pid), []);
});
