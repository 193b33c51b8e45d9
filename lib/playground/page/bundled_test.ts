import assert from "node:assert/strict";
import { bundled } from "./bundled.ts";

for (const entry of ["worker.ts", "page_script.ts"]) {
  Deno.test(`${entry} needs nothing that a browser does not have`, async () => {
    const script = await bundled(entry, { WASM_MODULES: "{}", WORKER_SCRIPT: '""' });
    assert.ok(script.length > 10_000);
    // what is imported only when it is called, such as worker threads, a page never calls
    assert.doesNotMatch(script, /(?<!\bimport)\(["'`]node:\w/);
  });
}
