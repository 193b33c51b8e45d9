import assert from "node:assert/strict";
import { binaryUrl } from "../engine/wasm/binary.ts";
import { moduleNames, modules } from "../engine/wasm/modules.ts";
import { compileModule, compiler } from "./wasm.ts";

const missing = await compiler.installed() || await compiler.install().then(() => true, () => false)
  ? ""
  : " (skipped: the compiler cannot be installed here)";

for (const name of moduleNames) {
  for (const build of modules[name]) {
    const about = `the binary of ${name}, ${build} SIMD, is compiled from its source${missing}`;
    Deno.test({ name: about, ignore: missing !== "" }, async () => {
      const committed = await Deno.readFile(binaryUrl(name, build));
      const compiled = await compileModule(name, build);
      assert.ok(
        committed.length === compiled.length && committed.every((byte, i) => byte === compiled[i]),
        "run `deno task wasm` and commit the binaries",
      );
    });
  }
}
