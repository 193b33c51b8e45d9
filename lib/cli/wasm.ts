/** `deno task wasm`: compiles the WebAssembly modules from their AssemblyScript source. */
import asc from "assemblyscript/asc";
import { BadInput } from "../base/bad_input.ts";
import { projectPath, projectRoot, writeAtomically } from "../base/files.ts";
import { fromFileUrl, relative } from "../base/paths.ts";
import {
  binaryUrl,
  type Build,
  buildFlags,
  type ModuleName,
  moduleNames,
  modules,
} from "../engine/wasm/modules.ts";
import { parseArgs, runCommand } from "./main.ts";

const usage = `deno task wasm [modules…] [--check]

Compiles the WebAssembly modules from their AssemblyScript source: those named, or all.

  modules   ${moduleNames.join(", ")}
  --check   compares with the committed binaries, writes nothing`;

const commonFlags = ["-O3", "--runtime", "stub", "--noAssert"];
// The memory's real size is the importer's; these are the bounds that an import must lie within.
const memoryFlags = [
  "--importMemory",
  "--sharedMemory",
  ...["--initialMemory", "1"],
  ...["--maximumMemory", "65536"],
  ...["--memoryBase", "1024"], // constants start here, so no address that is used is zero
];

/**
 * Compiles one module; the same source and compiler give the same bytes.
 *
 * @throws {Error} with the compiler's messages if the source does not compile
 */
export async function compileModule(name: ModuleName, build: Build): Promise<Uint8Array> {
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main([
    `${name}.ts`,
    ...["--outFile", "module.wasm"],
    ...["--baseDir", projectPath("lib", "engine", "assembly")],
    ...commonFlags,
    ...memoryFlags,
    ...buildFlags[build],
  ], {
    writeFile(_name: string, contents: Uint8Array | string): void {
      if (typeof contents !== "string") binary = contents;
    },
  });
  if (error !== null || binary === undefined) throw new Error(`${name}: ${stderr.toString()}`);
  return binary;
}

function isModuleName(name: string): name is ModuleName {
  return (moduleNames as readonly string[]).includes(name);
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

async function main(): Promise<void> {
  const { values: { check, help }, positionals: asked } = parseArgs({
    allowPositionals: true,
    options: {
      check: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (help) return console.log(usage);
  const names = asked.map((name) => {
    if (isModuleName(name)) return name;
    throw new BadInput(
      "no such module",
      "deno task wasm",
      name,
      `One of ${moduleNames.join(", ")}.`,
    );
  });
  let outdated = 0;
  for (const name of names.length > 0 ? names : moduleNames) {
    for (const build of modules[name]) {
      const binary = await compileModule(name, build);
      const path = fromFileUrl(binaryUrl(name, build));
      const before = await Deno.readFile(path).catch(() => new Uint8Array(0));
      const current = same(before, binary);
      if (!current && !check) await writeAtomically(path, binary);
      if (!current) outdated++;
      const state = current ? "current" : check ? "OUTDATED" : "written";
      console.log(`${relative(projectRoot, path)}: ${binary.length} bytes, ${state}`);
    }
  }
  if (check && outdated > 0) {
    console.error("Run `deno task wasm` and commit the binaries.");
    Deno.exitCode = 1;
  }
}

if (import.meta.main) await runCommand(main);
