/**
 * The WebAssembly modules: their names, their builds, and how to get one. The sources are
 * AssemblyScript in lib/engine/assembly, the binaries beside this file are compiled from them by
 * `deno task wasm` and committed, so that using the library needs no compiler.
 */
import { BadInput } from "../../base/bad_input.ts";
import { readBinary } from "./binary.ts";

/**
 * How a module is built. "simd" uses SIMD128 only and gives the same bits on every machine by
 * specification; "relaxed" fuses multiply and add where the machine can, which is faster and may
 * round differently from machine to machine.
 */
export type Build = "simd" | "relaxed";

/** Every module with its builds; each is compiled from lib/engine/assembly/<name>.ts. */
export const modules = {
  fused: ["simd", "relaxed"],
  retrieval: ["simd", "relaxed"],
  tfjs: ["simd"],
  peak: ["simd", "relaxed"],
} as const satisfies Record<string, readonly Build[]>;

/** The name of a module. */
export type ModuleName = keyof typeof modules;

/** The names of all modules. */
export const moduleNames = Object.keys(modules) as readonly ModuleName[];

/** Compiler flags of every build. All modules import a shared memory, so that workers can join. */
export const buildFlags: Readonly<Record<Build, readonly string[]>> = {
  simd: ["--enable", "simd,threads"],
  relaxed: ["--enable", "simd,relaxed-simd,threads"],
};

const compiled = new Map<string, Promise<WebAssembly.Module>>();

/**
 * The compiled module, compiled once a process.
 *
 * @throws {BadInput} if the machine lacks the instructions of the build
 */
export function compiledModule(name: ModuleName, build: Build): Promise<WebAssembly.Module> {
  const key = `${name} ${build}`;
  let module = compiled.get(key);
  if (module === undefined) compiled.set(key, module = compile(name, build));
  return module;
}

async function compile(name: ModuleName, build: Build): Promise<WebAssembly.Module> {
  const binary = await readBinary(name, build);
  // a runtime without a compiler (--jitless) has no WebAssembly at all
  if (typeof WebAssembly === "undefined" || !WebAssembly.validate(binary)) {
    throw new BadInput(
      "this runtime cannot run the module",
      `WebAssembly module ${name}`,
      build,
      build === "relaxed"
        ? 'Use the "simd" build.'
        : "WebAssembly SIMD and threads are needed; use a current Deno.",
    );
  }
  return await WebAssembly.compile(binary);
}
