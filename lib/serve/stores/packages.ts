/**
 * The packages of vector stores. They are no dependencies of the project, because LanceDB alone is
 * 150 MB: `deno task stores --install` sets them up in an ignored folder, and they are loaded from
 * there.
 */
import { createRequire } from "node:module";
import { BadInput } from "../../base/bad_input.ts";
import { exists, projectPath, writeAtomically } from "../../base/files.ts";
import { join, toFileUrl } from "../../base/paths.ts";

/** The command that sets them up. */
export const INSTALL_STORES = "deno task stores --install";

/** What is installed: the last LanceDB that the registry has for every platform. */
const dependencies = {
  "@electric-sql/pglite": "0.5.14",
  "@electric-sql/pglite-pgvector": "0.0.15",
  "@lancedb/lancedb": "0.31.0",
  "apache-arrow": "18.1.0",
  "postgres": "3.4.9",
} as const;

/** A package among them. */
export type StorePackage = keyof typeof dependencies;

/** What LanceDB may use to compute embeddings, hundreds of megabytes; a tiny one in their place. */
const overrides = {
  "@huggingface/transformers": "npm:reflect-metadata@0.2.2",
  "openai": "npm:reflect-metadata@0.2.2",
};

const folder = projectPath("data", "downloads", "stores");

/** Whether the packages are installed, in these versions. */
export async function storesInstalled(): Promise<boolean> {
  for (const [name, version] of Object.entries(dependencies)) {
    const path = join(folder, "node_modules", ...name.split("/"), "package.json");
    if (!await exists(path)) return false;
    if (JSON.parse(await Deno.readTextFile(path)).version !== version) return false;
  }
  return true;
}

/**
 * Installs the packages from the npm registry.
 *
 * @throws {BadInput} if that fails
 */
export async function installStores(): Promise<void> {
  const manifest = { private: true, dependencies, overrides };
  await writeAtomically(join(folder, "package.json"), JSON.stringify(manifest, null, 2));
  await writeAtomically(join(folder, "deno.json"), JSON.stringify({ nodeModulesDir: "auto" }));
  const install = new Deno.Command(Deno.execPath(), { args: ["install"], cwd: folder });
  if ((await install.spawn().status).success && await storesInstalled()) return;
  const remedy = "The npm registry must be reachable. Run it again when it is.";
  throw new BadInput("the packages could not be installed, see above", folder, undefined, remedy);
}

/**
 * A package as Node's require gives it. Foreign boundary: its types are not at hand, so who asks
 * says as what.
 *
 * @throws {BadInput} if it is not installed
 */
export async function requirePackage<T>(name: StorePackage): Promise<T> {
  await refuseMissing();
  return createRequire(join(folder, "package.json"))(name) as T;
}

/**
 * The same of a package that is an ES module.
 *
 * @param file its entry
 * @throws {BadInput} if it is not installed
 */
export async function importPackage<T>(name: StorePackage, file: string): Promise<T> {
  await refuseMissing();
  const path = join(folder, "node_modules", ...name.split("/"), file);
  return await import(toFileUrl(path).href) as T;
}

async function refuseMissing(): Promise<void> {
  if (await storesInstalled()) return;
  throw new BadInput("not installed", "vector stores", undefined, `Run ${INSTALL_STORES}.`);
}
