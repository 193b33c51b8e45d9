import assert from "node:assert/strict";
import { binaryUrl } from "../engine/wasm/binary.ts";
import { moduleNames, modules } from "../engine/wasm/modules.ts";
import { compileModule } from "./wasm.ts";

for (const name of moduleNames) {
  for (const build of modules[name]) {
    Deno.test(`the binary of ${name}, ${build} SIMD, is compiled from its source`, async () => {
      const committed = await Deno.readFile(binaryUrl(name, build));
      const compiled = await compileModule(name, build);
      assert.ok(
        committed.length === compiled.length && committed.every((byte, i) => byte === compiled[i]),
        "run `deno task wasm` and commit the binaries",
      );
    });
  }
}
