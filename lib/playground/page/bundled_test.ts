import assert from "node:assert/strict";
import { bundled } from "./bundled.ts";

/** Processes that this one has started and that have not ended, by their names. */
async function started(): Promise<string[]> {
  const names: string[] = [];
  for await (const { name: id } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(id)) continue;
    const stat = await Deno.readTextFile(`/proc/${id}/stat`).catch(() => ""); // ended since
    const [, name, parent] = stat.match(/\((.*)\) [^Z] (\d+)/) ?? [];
    if (Number(parent) === Deno.pid) names.push(name!);
  }
  return names;
}

Deno.test({
  name: "a bundle that cannot be made leaves no process behind",
  ignore: Deno.build.os !== "linux", // others have no /proc
  fn: async () => {
    await assert.rejects(bundled("no_such_entry.ts"), /no_such_entry/);
    for (let tries = 0; tries < 200 && (await started()).length > 0; tries++) {
      await new Promise((done) => setTimeout(done, 50)); // it ends on its own time
    }
    assert.deepEqual(await started(), []);
  },
});

for (const entry of ["worker.ts", "page_script.ts"]) {
  Deno.test(`${entry} needs nothing that a browser does not have`, async () => {
    const script = await bundled(entry, { WASM_MODULES: "{}", WORKER_SCRIPT: '""' });
    assert.ok(script.length > 10_000);
    // what is imported only when it is called, such as worker threads, a page never calls
    assert.doesNotMatch(script, /(?<!\bimport)\(["'`]node:\w/);
  });
}
