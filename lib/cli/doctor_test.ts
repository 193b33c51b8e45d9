import assert from "node:assert/strict";
import { projectPath, projectRoot } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { manifestEntry } from "../data/manifest.ts";
import { whereabouts } from "../data/whereabouts.ts";
import { inFolder } from "../testing/in_folder.ts";
import { withEnv } from "../testing/with_env.ts";

/** What `deno task doctor` says with nothing in the environment but this. */
async function doctor(env: Readonly<Record<string, string>>): Promise<string> {
  const system = Object.fromEntries(
    ["DENO_DIR", "SystemRoot"].map((name) => [name, Deno.env.get(name) ?? ""]),
  );
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", projectPath("lib", "cli", "doctor.ts")],
    cwd: projectRoot,
    clearEnv: true,
    env: { ...system, ...env, NO_COLOR: "1" },
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

/** The line on something, and the one below it. */
function linesOn(said: string, what: string): string {
  const lines = said.split("\n");
  const at = lines.findIndex((line) => line.includes(`  ${what}  `));
  assert.ok(at >= 0, `${what} in\n${said}`);
  return lines.slice(at, at + 2).join("\n");
}

Deno.test("with an empty PATH and an empty home everything beside Deno is missing, and told", () =>
  inFolder(async (home) => {
    const said = await doctor({
      ...{ PATH: "", HOME: home, APPDATA: home, REMI_DATA: home },
      CHROMIUM: join(home, "none"),
    });
    assert.match(linesOn(said, "Chromium"), /missing .*CHROMIUM: no such file\n *-> .*unset/);
    assert.match(linesOn(said, "Deno kernel"), /missing .* not known .*\n *-> deno task kernel$/);
    assert.match(linesOn(said, "JupyterLab"), /missing .*\n *-> install Python, then: pip install/);
    assert.match(linesOn(said, "plotly for JupyterLab"), /missing .*\n *-> install Python, then:/);
    assert.match(linesOn(said, "disk"), /(ok|missing) .* GB free for ./);
    assert.match(linesOn(said, "memory"), /(ok|missing) .* GB available/);
    assert.match(linesOn(said, "synthetic"), /ok .* generated/);
    for (const [entry, size] of [["books", ", about 3 GB"], ["books-kgat", ""]] as const) {
      const known = await manifestEntry(entry);
      const { at } = await withEnv({ REMI_DATA: home }, () => whereabouts(known));
      const missing = `missing .* {2}not here${size}\n *-> deno task data ${entry}$`;
      const there = at === "not here" ? missing : `ok .* {2}${at}`;
      assert.match(linesOn(said, entry), new RegExp(there));
    }
    assert.match(said, /^To print PDFs, .*\n.* {2}Chromium {2}/m);
    assert.match(said, /missing\. (None|Of these, .*) is needed for deno task reproduce/);
  }));

Deno.test({
  name: "what is there is found, with its version; a kernel of another Deno is not this one's",
  ignore: Deno.build.os === "windows", // the programs made up here are shell scripts
  fn: () =>
    inFolder(async (home) => {
      const program = (name: string, says: string) =>
        Deno.writeTextFile(join(home, name), `#!/bin/sh\n${says}\n`, { mode: 0o755 });
      await program("jupyter", "echo 4.6.4");
      await program("python3", '[ "$1" = --version ] && echo "Python 3.12.1" || echo 7.1.0');
      await program("chromium", "exit 0");
      const kernels = join(home, "data", "kernels", "deno");
      await Deno.mkdir(kernels, { recursive: true });
      await program("other-deno", "echo deno 1.0.0");
      const argv = [join(home, "other-deno"), "{connection_file}"];
      await Deno.writeTextFile(join(kernels, "kernel.json"), JSON.stringify({ argv }));
      const said = await doctor({
        PATH: home,
        HOME: home,
        JUPYTER_DATA_DIR: join(home, "data"),
        CHROMIUM: join(home, "chromium"),
      });
      assert.match(linesOn(said, "JupyterLab"), /ok .* 4\.6\.4\n/);
      assert.match(linesOn(said, "plotly for JupyterLab"), /ok .* 7\.1\.0\n/);
      assert.match(linesOn(said, "Chromium"), /ok .*chromium\n/);
      assert.match(linesOn(said, "Deno kernel"), /missing .*deno 1\.0\.0.*\n *-> deno task kernel/);
    }),
});
