import assert from "node:assert/strict";
import { projectPath, projectRoot } from "../base/files.ts";

Deno.test("a wheel that is not there is refused before anything is installed", async () => {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "lib/cli/tensorflow.ts", "--wheel", "no/such/folder"],
    cwd: projectRoot,
    env: { INIT_CWD: projectPath("lib") }, // where deno task was called
  }).output();
  assert.equal(code, 1);
  const said = new TextDecoder().decode(stderr);
  assert.match(said, /error: --wheel: neither a wheel/);
  assert.ok(said.includes(JSON.stringify(projectPath("lib", "no", "such", "folder"))), said);
});
