import assert from "node:assert/strict";
import { projectPath, projectRoot } from "../../base/files.ts";
import { join, relative, toFileUrl } from "../../base/paths.ts";
import { code, notebookOf, withNotebooks } from "../../testing/example_notebooks.ts";
import { checkNotebooks, problemText } from "./check_cells.ts";

/** What a README prints for a notebook begins with the import that all cells have. */
const IMPORT = /^( *)import \{[^}]*\} from "\.\.\/lib\/mod\.ts";$/m;

/** The cells, by README: a cell a paragraph, as far as the code goes. */
async function cellsOf(readme: string): Promise<string[]> {
  const text = await Deno.readTextFile(projectPath(readme));
  const { 0: first, 1: margin, index } = IMPORT.exec(text)!;
  const rest = text.slice(index + first.length);
  const end = margin === "" ? /^```$/m : /\n\n(?! )/; // a fence, or what stands out of the margin
  return (first + rest.slice(0, end.exec(rest)!.index)).replaceAll(`\n${margin}`, "\n").trim()
    .replace("../lib/mod.ts", toFileUrl(projectPath("lib", "mod.ts")).href)
    .split("\n\n");
}

async function readmes(folder = projectRoot): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory && !/^\.|^node_modules$|^cache$|^downloads$/.test(name)) {
      found.push(...await readmes(path));
    } else if (name === "README.md" && IMPORT.test(await Deno.readTextFile(path))) {
      found.push(relative(projectRoot, path));
    }
  }
  return found.sort();
}

Deno.test("cells that READMEs print have no type errors, and use their names", async () => {
  const found = await readmes();
  assert.ok(found.length >= 2);
  const notebooks = await Promise.all(found.map(async (readme) => {
    const cells = await cellsOf(readme);
    return [readme.replaceAll(/[\\/]/g, "-") + ".ipynb", notebookOf(...cells.map((c) => code(c)))];
  }));
  await withNotebooks(Object.fromEntries(notebooks), async (folder) => {
    const paths = notebooks.map(([name]) => join(folder, name as string));
    const problems = (await checkNotebooks(paths)).map(problemText)
      .filter((text) => !/not formatted/.test(text)); // comments stand in a column there
    assert.deepEqual(problems, []);
  });
});
