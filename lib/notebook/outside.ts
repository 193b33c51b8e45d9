/** Notebooks outside the project: which file is meant, and where its imports come from. */
import { BadInput } from "../base/bad_input.ts";
import { exists, projectPath } from "../base/files.ts";
import { basename, dirname, join, resolve, toFileUrl } from "../base/paths.ts";
import { codeCells, type Notebook } from "./file/ipynb.ts";

/** Whether a name is a path to exactly one file, rather than a notebook's name or number. */
export function isPath(name: string): boolean {
  return /[\\/]/.test(name);
}

/**
 * The file at a path.
 *
 * @throws BadInput if there is none, or it is no notebook: a path never means another file of the
 *   same name
 */
export async function notebookAt(path: string): Promise<string> {
  const file = resolve(path);
  if (!await exists(file)) {
    throw new BadInput("no such file", "notebooks", path, "Check the path, its .ipynb included.");
  }
  if (file.endsWith(".ipynb")) return file;
  throw new BadInput("not a notebook", "notebooks", path, "Give a file that ends in .ipynb.");
}

/**
 * The code of a notebook outside the project as a kernel of the project gets it: what it imports as
 * a notebook of the project would, `../lib/mod.ts`, is named by its full path, unless there is such
 * a file from its own folder.
 */
export async function importsResolved(
  path: string,
  notebook: Notebook,
): Promise<(source: string) => string> {
  const full = new Map<string, string>();
  for (const name of importsOf(notebook)) {
    const inProject = projectPath("notebooks", name);
    if (await exists(join(dirname(path), name)) || !await exists(inProject)) continue;
    full.set(name, toFileUrl(inProject).href.replaceAll("'", "%27")); // it goes between quotes
  }
  return (source) =>
    source.replace(
      IMPORT,
      (text, name: string) => text.replace(name, () => full.get(name) ?? name),
    );
}

/**
 * Says which file a notebook outside the project imports in vain.
 *
 * @throws BadInput if one is neither beside the notebook nor in the project
 */
export async function refuseLostImports(path: string, notebook: Notebook): Promise<void> {
  for (const name of importsOf(notebook)) {
    const places = [join(dirname(path), name), projectPath("notebooks", name)];
    if (await exists(places[0]!) || await exists(places[1]!)) continue;
    const remedy = `Correct the path; the library is ${toFileUrl(projectPath("lib", "mod.ts"))}.`;
    throw new BadInput("it imports a file that is not there", basename(path), name, remedy);
  }
}

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*["'](\.{1,2}\/[^"']+)["']/g;

/** The relative paths that the cells import. */
function importsOf(notebook: Notebook): string[] {
  return codeCells(notebook).flatMap(({ source }) =>
    Array.from(source.matchAll(IMPORT), ([, name]) => name!)
  );
}
