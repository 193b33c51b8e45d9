import assert from "node:assert/strict";
import { projectPath } from "../base/files.ts";
import { join } from "../base/paths.ts";

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", projectPath("lib", "cli", "data.ts"), ...args],
    cwd: projectPath(),
    env: { NO_COLOR: "1" },
  });
  const { code, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}

Deno.test("data --list and --help", async () => {
  const { code, out } = await run("--list");
  assert.equal(code, 0);
  assert.match(out, /^name +users +items +behaviours +at hand +licence$/m);
  assert.match(out, /^synthetic +8,000 .* generated +MIT$/m);
  assert.match(out, /^books +603,668 +367,982 +8,898,041/m);
  assert.match((await run("--help")).out, /deno task data export <name> --to <folder>/);
});

Deno.test("data synthetic, and its export", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const { code, out } = await run("export", "synthetic", "--to", join(folder, "new"));
    assert.equal(code, 0);
    assert.match(out, /^synthetic: 8,000 users, [\d,]+ items, [\d,]+ behaviours$/m);
    assert.match(out, /^left out \d+ items: fewer than 5 behaviours/m);
    assert.match(out, /synthetic_test\.txt$/m);
    assert.match(await Deno.readTextFile(join(folder, "new", "synthetic_train.txt")), /^0,\d+,0\n/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("mistakes are one plain line, with an exit code", async () => {
  const wrong: [string[], number, RegExp][] = [
    [["movies"], 1, /^error: .*no such data set: "movies"/],
    [[], 1, /^error: .*one data set is needed/],
    [["export", "synthetic"], 1, /^error: .*export needs one name and --to/],
    [["synthetic", "--from", "x"], 1, /^error: .*generated, not read/],
    [["books", "--from", "no-such-file"], 1, /^error: .*no such file or folder/],
    [["export", "synthetic", "--to", projectPath("deno.json")], 1, /^error: .*place of a folder/],
    [["--colour"], 2, /^error: unknown option: --colour/],
  ];
  for (const [args, expected, message] of wrong) {
    const { code, err } = await run(...args);
    assert.equal(code, expected, args.join(" "));
    assert.match(err, message);
    assert.doesNotMatch(err, /^ +at /m);
  }
});
