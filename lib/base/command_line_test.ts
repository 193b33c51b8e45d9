import assert from "node:assert/strict";
import { commandLine } from "./command_line.ts";

Deno.test("what is not plain is quoted", () => {
  const args = ["--from", "/x/My Data/a.csv", "--separator", ";", "--ihn", "0.1"];
  assert.equal(
    commandLine("train", args, "linux"),
    "deno task train --from '/x/My Data/a.csv' --separator ';' --ihn 0.1",
  );
});

Deno.test("cmd.exe gets paths as they are, and quotation marks that it knows", () => {
  const args = ["--from", "C:\\data\\a.csv", "--results", "C:\\My Data\\", "--separator", ";"];
  assert.equal(
    commandLine("train", [...args, "", 'say "a\\"'], "windows"),
    'deno task train --from C:\\data\\a.csv --results "C:\\My Data\\\\" --separator ";" "" ' +
      '"say \\"a\\\\\\""',
  );
});

Deno.test({
  name: "a shell gives every argument back",
  ignore: Deno.build.os === "windows", // there is no sh there
  async fn() {
    const args = ["Fri day", "it's", "$HOME", "a\\b", "*", "", "::", "event=view & more", "ü\n1"];
    const line = commandLine("train", args, "linux").replace("deno task train", "printf '%s\\0'");
    const { stdout } = await new Deno.Command("sh", { args: ["-c", line] }).output();
    assert.deepEqual(new TextDecoder().decode(stdout).split("\0").slice(0, -1), args);
  },
});
