/**
 * npm packages that only some commands need. They are no dependencies of the project, so that
 * nobody else installs them: each set lies in an ignored folder of its own.
 */
import { createRequire } from "node:module";
import { BadInput } from "./bad_input.ts";
import { readText } from "./disk.ts";
import { exists, projectPath, writeAtomically } from "./files.ts";
import { join, toFileUrl } from "./paths.ts";

/** A set of packages, by name the version. */
export interface PackageSet<Name extends string> {
  /** what they are together: "vector stores" */
  readonly what: string;
  /** the command that installs them */
  readonly command: string;
  readonly dependencies: Readonly<Record<Name, string>>;
  /** what npm installs in place of dependencies that nothing here calls */
  readonly overrides?: Readonly<Record<string, string>>;
}

/** Packages in a folder of their own. */
export class SidePackages<Name extends string> {
  readonly #set: PackageSet<Name>;
  readonly #folder: string;

  /** @param name of the folder in data/downloads */
  constructor(name: string, set: PackageSet<Name>) {
    this.#set = set;
    this.#folder = projectPath("data", "downloads", name);
  }

  /** Whether all are installed, in these versions. */
  async installed(): Promise<boolean> {
    for (const [name, version] of Object.entries(this.#set.dependencies)) {
      if (await versionIn(this.path(name as Name, "package.json")) !== version) return false;
    }
    return true;
  }

  /**
   * Installs the packages from the npm registry.
   *
   * @throws {BadInput} if that fails
   */
  async install(): Promise<void> {
    const { dependencies, overrides, what } = this.#set;
    const manifest = { private: true, dependencies, overrides };
    const write = (name: string, content: unknown) =>
      writeAtomically(join(this.#folder, name), JSON.stringify(content, null, 2));
    await write("package.json", manifest);
    await write("deno.json", { nodeModulesDir: "auto" });
    const install = new Deno.Command(Deno.execPath(), { args: ["install"], cwd: this.#folder });
    if ((await install.spawn().status).success && await this.installed()) return;
    const remedy = "The npm registry must be reachable. Run it again when it is.";
    throw new BadInput(
      `${what} could not be installed, see above`,
      this.#folder,
      undefined,
      remedy,
    );
  }

  /** A file of a package. */
  path(name: Name, ...file: string[]): string {
    return join(this.#folder, "node_modules", ...name.split("/"), ...file);
  }

  /**
   * A package as Node's require gives it. Foreign boundary: its types are not at hand, so who asks
   * says as what.
   *
   * @throws {BadInput} if it is not installed, or not whole
   */
  async require<T>(name: Name): Promise<T> {
    return await this.#load(() => createRequire(join(this.#folder, "package.json"))(name) as T);
  }

  /**
   * The same of a package that is an ES module.
   *
   * @param file its entry
   * @throws {BadInput} if it is not installed, or not whole
   */
  async import<T>(name: Name, file: string): Promise<T> {
    return await this.#load(() => import(toFileUrl(this.path(name, file)).href) as Promise<T>);
  }

  /** An installation that was interrupted may have the packages' versions and lack their files. */
  async #load<T>(load: () => T | Promise<T>): Promise<T> {
    const { what, command } = this.#set;
    if (!await this.installed()) {
      throw new BadInput("not installed", what, undefined, `Run ${command}.`);
    }
    try {
      return await load();
    } catch (error) {
      const [reason] = String(error).split("\n");
      const remedy = `Delete ${this.#folder} and run ${command}.`;
      throw new BadInput(`cannot be loaded (${reason})`, what, undefined, remedy);
    }
  }
}

/** The version that a package says it has; undefined where an interruption left no whole file. */
async function versionIn(path: string): Promise<unknown> {
  if (!await exists(path)) return undefined;
  const text = await readText(path);
  try {
    return JSON.parse(text)?.version;
  } catch {
    return undefined;
  }
}
