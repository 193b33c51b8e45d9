import assert from "node:assert/strict";
import { projectPath } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { inFolder } from "../testing/in_folder.ts";

Deno.test({
  name: "a command that a sweep prints gives its training in a shell",
  ignore: Deno.build.os === "windows", // there is no sh there
  fn: () =>
    inFolder(async (folder) => {
      const file = join(folder, "town's library.csv");
      await Deno.copyFile(projectPath("data", "examples", "town-library.csv"), file);
      const columns = ["--from", file, "--user", "reader", "--item", "title"];
      const results = ["--results", join(folder, "my results")];
      const { stdout } = await new Deno.Command(Deno.execPath(), {
        args: [
          ...["run", "-A", "--no-check", projectPath("lib", "cli", "sweep.ts"), "synthetic"],
          ...[...columns, ...results, "--list", "--first", "1"],
        ],
      }).output();
      const printed = new TextDecoder().decode(stdout).match(/deno task train (.*)$/m)?.[1];
      const shell = await new Deno.Command("sh", {
        args: ["-c", `printf '%s\\n' ${printed}`],
      }).output();
      const args = new TextDecoder().decode(shell.stdout).trim().split("\n");
      for (const pair of [["--from", file], results]) {
        assert.deepEqual(args.slice(args.indexOf(pair[0]!)).slice(0, 2), pair);
      }
    }),
});
