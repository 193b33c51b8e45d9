/** `deno task check`: format, lint and types of lib, and of the notebooks' code cells. */
import { projectRoot } from "../base/files.ts";

const deno = Deno.execPath();

/** What is checked, in the order of cost. */
const checks: readonly (readonly [string, readonly string[]])[] = [
  ["format", ["fmt", "--check", "--quiet"]],
  ["lint", ["lint", "--quiet"]],
  ["types", ["check", "--quiet", "lib"]],
  ["WebAssembly is current", ["run", "-A", "lib/cli/wasm.ts", "--check"]],
  ["code cells of the notebooks", ["run", "-A", "lib/cli/notebooks.ts", "--check"]],
];

let failures = 0;
for (const [what, args] of checks) {
  const { code, stdout, stderr } = await new Deno.Command(deno, {
    args: [...args],
    cwd: projectRoot,
  }).output();
  console.log(`${code === 0 ? "ok  " : "FAIL"} ${what}`);
  if (code === 0) continue;
  failures++;
  await Deno.stdout.write(stdout);
  await Deno.stderr.write(stderr);
}
Deno.exit(failures === 0 ? 0 : 1);
