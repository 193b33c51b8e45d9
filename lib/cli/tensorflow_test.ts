import assert from "node:assert/strict";
import { projectRoot } from "../base/files.ts";

Deno.test("a wheel that is not there is refused before anything is installed", async () => {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "lib/cli/tensorflow.ts", "--wheel", "no/such/folder"],
    cwd: projectRoot,
  }).output();
  assert.equal(code, 1);
  assert.match(new TextDecoder().decode(stderr), /error: --wheel: .*"no\/such\/folder"/);
});
