import assert from "node:assert/strict";
import { join } from "../base/paths.ts";
import { inFolder } from "../testing/in_folder.ts";
import { changedFiles, isUncommitted } from "./provenance.ts";

const hasGit = await new Deno.Command("git", { args: ["--version"] }).output()
  .then(({ success }) => success, () => false);

Deno.test("what is as committed, or is nowhere, has not changed", async () => {
  assert.deepEqual(await changedFiles(["no/such/folder", "LICENSE"]), []);
});

Deno.test({
  name: `what differs from its commit or is in none has changed${hasGit ? "" : " (no git)"}`,
  ignore: !hasGit,
  fn: () =>
    inFolder(async (folder) => {
      const git = async (...args: string[]) => {
        const settings = ["user.name=a", "user.email=a@b.c", "commit.gpgsign=false"];
        const { success } = await new Deno.Command("git", {
          args: [...settings.flatMap((one) => ["-c", one]), ...args],
          cwd: folder,
          clearEnv: true, // neither the person's settings nor a hook's repository
          env: { PATH: Deno.env.get("PATH") ?? "", HOME: folder, GIT_CONFIG_NOSYSTEM: "1" },
        }).output();
        assert.ok(success, args.join(" "));
      };
      await Deno.mkdir(join(folder, "lib"));
      for (const name of ["same", "other"]) {
        await Deno.writeTextFile(join(folder, "lib", name), "1");
      }
      await git("init", "-q");
      await git("add", ".");
      await git("commit", "-q", "-m", "both");
      assert.deepEqual(await changedFiles([], folder), []);
      await Deno.writeTextFile(join(folder, "lib", "other"), "2");
      await Deno.writeTextFile(join(folder, "beside"), "3");
      assert.deepEqual(await changedFiles([], folder), ["lib/other", "beside"]);
      assert.deepEqual(await changedFiles(["lib"], folder), ["lib/other"]);
    }),
});

Deno.test("code that was never committed says so at its end", () => {
  assert.equal(isUncommitted({ code: "0.1.0 1234567+changes" }), true);
  assert.equal(isUncommitted({ code: "0.1.0 1234567" }), false);
});
