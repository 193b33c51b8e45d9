import assert from "node:assert/strict";
import { BadInput } from "../../base/bad_input.ts";
import { join } from "../../base/paths.ts";
import { inFolder } from "../../testing/in_folder.ts";
import { findChromium } from "./print_page.ts";
import { withEnv } from "../../testing/with_env.ts";

/** What is found with this in the environment variable CHROMIUM. */
function found(named: string): Promise<string | undefined> {
  return withEnv({ CHROMIUM: named }, findChromium);
}

Deno.test("CHROMIUM names the browser; if it is not there, no other takes its place", () =>
  inFolder(async (folder) => {
    const program = join(folder, "browser");
    await assert.rejects(found(program), (error: Error) => {
      assert.ok(error instanceof BadInput);
      assert.match(error.message, /CHROMIUM: no such file: .*browser.*unset CHROMIUM/);
      return true;
    });
    await assert.rejects(found(" "), /CHROMIUM: set to nothing/);
    await Deno.writeTextFile(program, "");
    assert.equal(await found(program), program);
  }));
