/**
 * Trainings in a V8 that leaves out the bounds checks of WebAssembly, for sweeps: without them it
 * can join pairs of 128-bit operations into 256-bit ones, which rounds nothing differently. V8 has
 * the second of its flags for performance tests only, so it is asked for by name, and never before
 * the first steps were compared with those of a process that checks.
 */
import { BadInput } from "../base/bad_input.ts";
import { fromFileUrl } from "../base/paths.ts";
import { asParent } from "../base/parent.ts";
import type { BackendName } from "../engine/backend_names.ts";
import type { EngineConfig } from "../engine/engine_config.ts";

/** Where Deno reads flags for V8, which takes none of these once it runs. */
const VARIABLE = "DENO_V8_FLAGS";

/** V8's flags for what it is told to do with the loads and stores of WebAssembly. */
const flags = {
  checked: ["--no-experimental-wasm-revectorize", "--wasm-bounds-checks"],
  /** joins operations where nothing stands between their loads, as bounds checks may */
  revectorized: ["--experimental-wasm-revectorize", "--wasm-bounds-checks"],
  unchecked: ["--experimental-wasm-revectorize", "--no-wasm-bounds-checks"],
} as const;

/** How V8 treats WebAssembly; "checked" is the default. */
export type Treatment = keyof typeof flags;

/** Steps that are compared. */
const STEPS = 50;

/** The flags that this process was started with by the environment; undefined if by none. */
export function v8Flags(): string | undefined {
  return Deno.env.get(VARIABLE) || undefined;
}

/** Whether this process checks no bounds. */
export function isUnchecked(): boolean {
  return flags.unchecked.every((flag) => given().includes(flag));
}

/** What to add to the environment of a child that treats WebAssembly so. */
export function treating(how: Treatment): Readonly<Record<string, string>> {
  const own: readonly string[] = flags[how];
  const all: readonly string[] = Object.values(flags).flat();
  return { [VARIABLE]: [...given().filter((flag) => !all.includes(flag)), ...own].join(",") };
}

function given(): readonly string[] {
  return v8Flags()?.split(",") ?? [];
}

/**
 * Compares 50 steps of this configuration, in two processes with its sizes on drawn batches: one
 * checks bounds, the other does not.
 *
 * @throws {BadInput} if they do not end with the same bits
 */
export async function requireEqualBits(config: EngineConfig, backend: BackendName): Promise<void> {
  const [checked, unchecked] = await Promise.all(
    (["checked", "unchecked"] as const).map((how) => stateIn(how, config, backend)),
  );
  if (checked === unchecked) return;
  throw new BadInput(
    `its steps have other bits without bounds checks (${unchecked}, not ${checked})`,
    "--unchecked",
    config.model,
    "Leave it out.",
  );
}

/** The hash of the state after those steps, by a process that treats WebAssembly so. */
async function stateIn(
  how: Treatment,
  config: EngineConfig,
  backend: BackendName,
): Promise<string> {
  const program = fromFileUrl(new URL("./program_of_first_steps.ts", import.meta.url));
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", program, JSON.stringify({ steps: STEPS, config, backend })],
    env: { ...treating(how), ...asParent() },
    stdin: "null",
  }).output();
  if (success) return new TextDecoder().decode(stdout).trim();
  throw new BadInput(
    `the steps to compare failed: ${new TextDecoder().decode(stderr).trim()}`,
    "--unchecked",
    config.model,
    "Leave it out.",
  );
}
