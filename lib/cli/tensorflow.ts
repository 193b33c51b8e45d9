/** `deno task tensorflow`: sets up native TensorFlow as a backend. */
import { BadInput } from "../base/bad_input.ts";
import { exists, writeAtomically } from "../base/files.ts";
import { join, resolve } from "../base/paths.ts";
import { useTfjsBackend } from "../engine/tfjs/backends.ts";
import {
  setUpCommand,
  type TensorflowBackend,
  tensorflowFolder,
  tensorflowPackages,
} from "../engine/tfjs/tensorflow.ts";
import { callerPath } from "./caller_path.ts";
import { parseArgs, runCommand } from "./main.ts";

const usage = `deno task tensorflow [--gpu] [--wheel [path]]

Sets up native TensorFlow as a backend, in an ignored folder of its own.

  --gpu            @tensorflow/tfjs-node-gpu, for the backend "tensorflow-gpu", in place of
                   @tensorflow/tfjs-node, for the backend "tensorflow"
  --wheel          where the package's own download is blocked: builds it against the library in
                   TensorFlow's Python wheel, which pip fetches
  --wheel <path>   the same with a wheel file, or with the folder of an installed Python package
                   "tensorflow", at hand

The package's own way downloads the TensorFlow library and needs Node beside Deno. The wheel's way
needs a C++ compiler ($CXX, else c++) and Python with pip, on Linux or macOS; it is also the way to
a newer TensorFlow, and to the GPU with the CUDA libraries that pip installs:
pip install "tensorflow[and-cuda]", then --gpu --wheel <folder of the package>.`;

const VERSION = "4.22.0";

/** Where tfjs-node looks for its addon: version 8 of Node's interface is the last it knows. */
const ADDON_FOLDER = ["lib", "napi-v8"];

interface Where {
  readonly name: TensorflowBackend;
  readonly folder: string;
  /** the installed npm package */
  readonly packageFolder: string;
}

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      gpu: { type: "boolean", default: false },
      wheel: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  }, { names: Deno.args.includes("--wheel") ? 1 : 0 });
  if (values.help) return console.log(usage);
  const name = values.gpu ? "tensorflow-gpu" : "tensorflow";
  const folder = tensorflowFolder(name);
  const where = {
    name,
    folder,
    packageFolder: join(folder, "node_modules", tensorflowPackages[name]),
  } as const;
  if (values.wheel) await buildAgainstWheel(where, positionals[0]);
  else await installWithDownload(where);
  await useTfjsBackend(name);
  console.log(`ready: backend: "${name}" computes with native TensorFlow`);
});

/** The package as it comes; its install script fetches the TensorFlow library. */
async function installWithDownload(where: Where): Promise<void> {
  const script = `npm:${tensorflowPackages[where.name]}`;
  await writeManifests(where, {}, [script]);
  if (await run(where.folder, Deno.execPath(), ["install"])) return;
  throw new BadInput(
    "the package's install script failed, see above",
    setUpCommand(where.name),
    script,
    "It downloads the TensorFlow library and needs Node. If the download is blocked, " +
      `\`${setUpCommand(where.name)} --wheel\` builds against TensorFlow's Python wheel instead.`,
  );
}

/** The package without its script; the addon is compiled here. */
async function buildAgainstWheel(where: Where, wheel: string | undefined): Promise<void> {
  if (Deno.build.os === "windows") {
    throw new BadInput(
      "the wheel of Windows has no library to build against",
      "--wheel",
      wheel ?? "pip",
      "Use the package's own download, or Linux in WSL.",
    );
  }
  const library = resolve(await tensorflowLibrary(where, wheel && callerPath(wheel)));
  await writeManifests(where, { "node-api-headers": "1.9.0" }, []);
  await mustRun(where.folder, Deno.execPath(), ["install"], "The npm registry must be reachable.");
  await compileAddon(where, library);
}

/** A folder of its own with a package.json, so that the project's dependencies stay as they are. */
async function writeManifests(
  { name, folder }: Where,
  more: Readonly<Record<string, string>>,
  allow: readonly string[],
): Promise<void> {
  const dependencies = { [tensorflowPackages[name]]: VERSION, ...more };
  const deny = [`npm:${tensorflowPackages[name]}`, "npm:core-js"]
    .filter((script) => !allow.includes(script));
  const settings = { nodeModulesDir: "auto", allowScripts: { allow, deny } };
  await writeAtomically(join(folder, "package.json"), JSON.stringify({ dependencies }, null, 2));
  await writeAtomically(join(folder, "deno.json"), JSON.stringify(settings, null, 2));
}

/**
 * The folder of the Python package, which holds the libraries and their headers.
 *
 * @param wheel absolute
 */
async function tensorflowLibrary({ name, folder }: Where, wheel?: string): Promise<string> {
  for (const path of wheel === undefined ? [] : [wheel, join(wheel, "tensorflow")]) {
    if (await exists(join(path, "include", "tensorflow", "c", "c_api.h"))) return path;
  }
  if (wheel !== undefined && !wheel.endsWith(".whl")) {
    throw new BadInput(
      "neither a wheel file nor a folder of the Python package tensorflow",
      "--wheel",
      wheel,
      "Give a .whl, or what `python3 -c 'import tensorflow; print(tensorflow.__path__[0])'` says.",
    );
  }
  const smaller = name === "tensorflow" && Deno.build.os === "linux"; // without CUDA
  const what = wheel ?? (smaller ? "tensorflow_cpu" : "tensorflow");
  const target = join(folder, "wheel");
  await mustRun(
    ".",
    "python3",
    ["-m", "pip", "install", "--no-deps", "--upgrade", "--target", target, what],
    "pip must find TensorFlow for this Python (its usual settings apply, PIP_INDEX_URL and so on).",
  );
  return join(target, "tensorflow");
}

/** One compiler call instead of node-gyp, which would need Node and its headers. */
async function compileAddon({ packageFolder, folder }: Where, library: string): Promise<void> {
  const libraries = [...Deno.readDirSync(library)].map((entry) => entry.name)
    .filter((file) => /^libtensorflow_(cc|framework)\./.test(file));
  const addonFolder = join(packageFolder, ...ADDON_FOLDER);
  await Deno.mkdir(addonFolder, { recursive: true });
  const binding = join(packageFolder, "binding");
  await mustRun(
    packageFolder,
    Deno.env.get("CXX") ?? "c++",
    [
      ...["-std=c++17", "-O2", "-shared", "-fPIC", "-DNAPI_VERSION=8"],
      ...(Deno.build.os === "darwin" ? ["-undefined", "dynamic_lookup"] : []),
      `-I${packageFolder}`,
      `-I${join(library, "include")}`,
      `-I${join(folder, "node_modules", "node-api-headers", "include")}`,
      ...["tfjs_backend.cc", "tfjs_binding.cc"].map((file) => join(binding, file)),
      ...libraries.map((file) => join(library, file)),
      `-Wl,-rpath,${library}`,
      ...["-o", join(addonFolder, "tfjs_binding.node")],
    ],
    "It compiles tfjs-node's addon against the headers of the wheel.",
  );
}

/** Runs a program with its output shown; whether it ended well. */
async function run(cwd: string, program: string, args: readonly string[]): Promise<boolean> {
  try {
    return (await new Deno.Command(program, { args: [...args], cwd }).spawn().status).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function mustRun(
  cwd: string,
  program: string,
  args: readonly string[],
  remedy: string,
): Promise<void> {
  if (await run(cwd, program, args)) return;
  throw new BadInput(
    "the program is missing or failed, see above",
    "deno task tensorflow",
    program,
    remedy,
  );
}
