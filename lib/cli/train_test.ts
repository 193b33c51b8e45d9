import assert from "node:assert/strict";
import { exists, projectPath } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { exportComirec } from "../data/comirec_format.ts";
import { data } from "../data/load.ts";
import { inFolder } from "../testing/in_folder.ts";

const tiny = ["--B", "16", "--S", "20", "--d", "8", "--max-steps", "300", "--evaluate-every", "50"];

/** A training in a process of its own, with a folder of results. */
function start(results: string, ...options: readonly string[]): Deno.ChildProcess {
  const args = ["run", "-A", "--no-check", projectPath("lib", "cli", "train.ts"), ...tiny];
  return new Deno.Command(Deno.execPath(), {
    args: [...args, "--results", results, ...options],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** How it ended, and what it said; `heard` is told all that was said so far, as it comes. */
async function ended(
  child: Deno.ChildProcess,
  heard: (said: string) => void = () => {},
): Promise<{ code: number; said: string }> {
  let said = "";
  const listen = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) heard(said += text);
  };
  await Promise.all([child.stdout, child.stderr].map(listen));
  return { code: (await child.status).code, said };
}

/** What counts in the lines recorded: everything but when and how long. */
async function recorded(results: string): Promise<unknown[]> {
  const path = join(results, "runs", "synthetic.jsonl");
  if (!await exists(path)) return [];
  return (await Deno.readTextFile(path)).split("\n").filter(Boolean).map((line) => {
    const { wallSeconds: _, finished: __, ...run } = JSON.parse(line);
    return run;
  });
}

/** The file of the runs, locked: a training takes its steps and then waits for it. */
async function locked(results: string, data = "synthetic"): Promise<Deno.FsFile> {
  await Deno.mkdir(join(results, "runs"), { recursive: true });
  const path = join(results, "runs", `${data}.jsonl`);
  const file = await Deno.open(path, { write: true, create: true });
  await file.lock(true);
  return file;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!await condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** What is left of a training in the folder of checkpoints, its model apart. */
function leftIn(results: string): string[] {
  return [...Deno.readDirSync(join(results, "checkpoints"))].map(({ name }) => name)
    .filter((name) => !name.endsWith(".safetensors"));
}

Deno.test("killed again and again, a training is recorded once, with the same numbers", () =>
  inFolder(async (folder) => {
    const [killed, whole] = [join(folder, "killed"), join(folder, "whole")];
    assert.equal((await ended(start(whole))).code, 0);
    const has = async (...path: string[]) => await exists(join(killed, ...path));
    const anyIn = async (ending: string) =>
      await has("checkpoints") && leftIn(killed).some((name) => name.endsWith(ending));
    const moments = [
      () => anyIn(".lock"),
      () => anyIn(".tmp"), // its checkpoint is being written
      () => anyIn(".ckpt"), // and is there
      () => has("runs", "synthetic.jsonl"), // the file is there, the line perhaps not yet
      async () => (await recorded(killed).catch(() => [])).length > 0, // nothing is removed yet
    ];
    for (const moment of moments) {
      for (let met = false, tries = 0; !met && tries < 5; tries++) {
        let over = false;
        const child = start(killed);
        const ending = ended(child).finally(() => over = true);
        await until(async () => over || await moment());
        met = !over;
        if (met) child.kill("SIGKILL");
        await ending;
        if (!met) await Deno.remove(killed, { recursive: true }); // it was recorded before
      }
    }
    const { code, said } = await ended(start(killed));
    assert.equal(code, 0, said);
    assert.deepEqual(await recorded(killed), await recorded(whole));
    assert.deepEqual(leftIn(whole), []);
  }));

Deno.test("a training without bounds checks has the same numbers, and its record says it", () =>
  inFolder(async (folder) => {
    const [usual, unchecked] = [join(folder, "usual"), join(folder, "unchecked")];
    for (const child of [start(usual), start(unchecked, "--unchecked")]) {
      const { code, said } = await ended(child);
      assert.equal(code, 0, said);
    }
    const v8Flags = "--experimental-wasm-revectorize,--no-wasm-bounds-checks";
    const expected = (await recorded(usual)).map((run) => ({ ...run as object, v8Flags }));
    assert.deepEqual(await recorded(unchecked), expected);
  }));

Deno.test("two trainings of one configuration record one line; the second says who trains it", () =>
  inFolder(async (folder) => {
    using runs = await locked(folder); // neither ends before the other is there
    const waits = Promise.withResolvers<void>();
    const hear = (said: string) => / the same run/.test(said) && waits.resolve();
    const both = [start(folder), start(folder)].map((child) => ended(child, hear));
    await Promise.race([waits.promise, ...both]);
    await runs.unlock();
    const said = await Promise.all(both);
    assert.deepEqual(said.map(({ code }) => code), [0, 0], JSON.stringify(said));
    assert.equal((await recorded(folder)).length, 1);
    assert.equal(said.filter(({ said }) => /is recorded already/.test(said)).length, 1);
    assert.ok(said.some(({ said }) => /^process \d+ on .* trains \w+, the same run/m.test(said)));
    assert.deepEqual(leftIn(folder), []);
  }));

Deno.test("who waited for a training of the same data leaves the note of where its data lies", () =>
  inFolder(async (folder) => {
    const results = join(folder, "results");
    const waits = Promise.withResolvers<void>();
    const hear = (said: string) => / the same run/.test(said) && waits.resolve();
    const held: Deno.FsFile[] = []; // neither ends before the other is there
    const both: ReturnType<typeof ended>[] = [];
    for (const name of ["one", "other"]) {
      await exportComirec(await data("synthetic"), join(folder, name));
      held.push(await locked(results, name));
      both.push(ended(start(results, "--from", join(folder, name)), hear));
    }
    await Promise.race([waits.promise, ...both]);
    for (const file of held) file.close();
    const said = (await Promise.all(both)).map(({ said }) => said).join("\n");
    const [, name] = /recorded as run \w+ in .*\b(one|other)\.jsonl/.exec(said) ??
      assert.fail(said);
    assert.match(said, /is recorded already/);
    const [note] = leftIn(results);
    const { folder: noted } = JSON.parse(
      await Deno.readTextFile(join(results, "checkpoints", note!)),
    );
    assert.equal(noted, join(folder, name!));
  }));

Deno.test("while the runs are locked a finished training is kept, then recorded at once", () =>
  inFolder(async (folder) => {
    using held = await locked(folder);
    const child = start(folder);
    const waits = Promise.withResolvers<void>();
    const ending = ended(child, (said) => /Another process/.test(said) && waits.resolve());
    await Promise.race([waits.promise, ending]);
    child.kill("SIGINT");
    const first = await ending;
    assert.match(first.said, /Another process holds .*synthetic\.jsonl: waiting for it/);
    assert.deepEqual(await recorded(folder), []);
    await held.unlock();
    const { code, said } = await ended(start(folder));
    assert.equal(code, 0, said);
    assert.doesNotMatch(said, /^Step \d+ of/m); // no step was left to take
    assert.equal((await recorded(folder)).length, 1);
    assert.deepEqual(leftIn(folder), []);
  }));

Deno.test("folders that cannot be written are refused before the first step", () =>
  inFolder(async (folder) => {
    for (const part of ["runs", "curves", "users", "checkpoints"]) {
      const results = join(folder, part);
      await Deno.mkdir(results);
      await Deno.writeTextFile(join(results, part), "a file in the place of the folder");
      const { code, said } = await ended(start(results));
      assert.equal(code, 1, said);
      assert.match(said, new RegExp(`error: .*${part}: .*a file is in the place of a folder`));
      assert.doesNotMatch(said, /ComiRec|Step|at file:/);
    }
  }));
