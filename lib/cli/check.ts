/** `deno task check`: format, lint and types of lib, and of the notebooks' code cells. */
import { projectRoot } from "../base/files.ts";
import { runPlainCommand } from "./main.ts";

const usage = `deno task check

Checks format, lint and types of lib, that the WebAssembly is compiled from its source, and the code
cells of the notebooks. A line for each; what fails is printed below it.`;

const deno = Deno.execPath();

/** What is checked, in the order of cost. */
const checks: readonly (readonly [string, readonly string[]])[] = [
  ["format", ["fmt", "--check", "--quiet"]],
  ["lint", ["lint", "--quiet"]],
  ["types", ["check", "--quiet", "lib"]],
  ["WebAssembly is current", ["run", "-A", "lib/cli/wasm.ts", "--check"]],
  ["code cells of the notebooks", ["run", "-A", "lib/cli/notebooks.ts", "--check"]],
];

await runPlainCommand(usage, async () => {
  for (const [what, args] of checks) {
    const { code, stdout, stderr } = await new Deno.Command(deno, {
      args: [...args],
      cwd: projectRoot,
    }).output();
    console.log(`${code === 0 ? "ok  " : "FAIL"} ${what}`);
    if (code === 0) continue;
    Deno.exitCode = 1;
    await Deno.stdout.write(stdout);
    await Deno.stderr.write(stderr);
  }
});
