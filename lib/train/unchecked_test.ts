import assert from "node:assert/strict";
import { data } from "../data/load.ts";
import { engineConfig, resolveConfig } from "./config.ts";
import { isUnchecked, requireEqualBits, treating } from "./unchecked.ts";

/** By a child with this environment, what an expression of it says. */
async function said(env: Readonly<Record<string, string>>, expression: string): Promise<string> {
  const module = JSON.stringify(import.meta.resolve("./unchecked.ts"));
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", `import * as it from ${module}; console.log(${expression});`],
    env,
  }).output();
  return new TextDecoder().decode(stdout).trim();
}

Deno.test("no process leaves out checks unless it was started so, and each can be", async () => {
  assert.equal(isUnchecked(), false);
  assert.equal(await said(treating("unchecked"), "it.isUnchecked()"), "true");
  assert.equal(await said(treating("checked"), "it.isUnchecked()"), "false");
  const back = "JSON.stringify(it.treating('checked'))";
  const other = { DENO_V8_FLAGS: `--stack-size=900,${treating("unchecked").DENO_V8_FLAGS}` };
  assert.equal(
    await said(other, back),
    '{"DENO_V8_FLAGS":"--stack-size=900,--no-experimental-wasm-revectorize,--wasm-bounds-checks"}',
  );
});

Deno.test("the first steps have the same bits without bounds checks", async () => {
  const dataset = await data("synthetic");
  const sizes = { B: 8, S: 24, d: 16 } as const;
  for (const model of ["comirec-sa", "mind"]) {
    const config = resolveConfig({ model, ...sizes });
    await requireEqualBits(engineConfig(config, dataset), config.backend);
  }
  const wrong = { ...engineConfig(resolveConfig(sizes), dataset), model: "no-such-model" };
  await assert.rejects(
    () => requireEqualBits(wrong, "auto"),
    /--unchecked: the steps to compare failed: .*unknown model.*Leave it out/s,
  );
});
