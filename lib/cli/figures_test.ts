import assert from "node:assert/strict";
import { projectPath } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { inFolder } from "../testing/in_folder.ts";

Deno.test("what is rendered outside the project is told by its full path", () =>
  inFolder(async (folder) => {
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "-A", "--no-check", projectPath("lib", "cli", "figures.ts")],
        ...["framework", "--results", folder],
      ],
    }).output();
    assert.equal(
      new TextDecoder().decode(stdout).trimEnd(),
      join(folder, "figures", "framework"),
    );
  }));
