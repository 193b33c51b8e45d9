/** `deno task wasm`: compiles the WebAssembly modules from their AssemblyScript source. */
import { BadInput } from "../base/bad_input.ts";
import { SidePackages } from "../base/side_packages.ts";
import { projectPath, projectRoot, writeAtomically } from "../base/files.ts";
import { fromFileUrl, relative } from "../base/paths.ts";
import { binaryUrl } from "../engine/wasm/binary.ts";
import {
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

/** The compiler: 100 MB, most of it binaryen, that only who compiles needs. */
export const compiler = new SidePackages("assemblyscript", {
  what: "the compiler",
  command: "deno task wasm",
  dependencies: { assemblyscript: "0.28.20" },
});

/**
 * Compiles one module; the same source and compiler give the same bytes. Installs the compiler
 * where it is missing.
 *
 * @throws {Error} with the compiler's messages if the source does not compile
 * @throws {BadInput} if the compiler cannot be installed
 */
export async function compileModule(name: ModuleName, build: Build): Promise<Uint8Array> {
  if (!await compiler.installed()) await compiler.install();
  const binary = await Deno.makeTempFile({ suffix: ".wasm" });
  try {
    // a process of its own, which resolves the compiler's own packages from its folder
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "-A", compiler.path("assemblyscript", "bin", "asc.js"), `${name}.ts`],
        ...["--outFile", binary],
        ...["--baseDir", projectPath("lib", "engine", "assembly")],
        ...commonFlags,
        ...memoryFlags,
        ...buildFlags[build],
      ],
      cwd: compiler.path("assemblyscript"),
      env: { NO_COLOR: "1" },
    }).output();
    if (!success) throw new Error(`${name}: ${new TextDecoder().decode(stderr)}`);
    return await Deno.readFile(binary);
  } finally {
    await Deno.remove(binary);
  }
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
