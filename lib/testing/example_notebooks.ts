/** Small notebooks for tests of what reads, checks and executes them. */
import { join } from "../base/paths.ts";
import { type CodeCell, type Notebook, writeNotebook } from "../notebook/file/ipynb.ts";
import { inFolder } from "./in_folder.ts";

/** A code cell without outputs. */
export function code(source: string, ...tags: string[]): CodeCell {
  const metadata = tags.length > 0 ? { tags } : {};
  return { cell_type: "code", id: "", metadata, source, execution_count: null, outputs: [] };
}

/** A Deno notebook of code cells and of texts, which become Markdown cells, with ids cell-0, … */
export function notebookOf(...cells: (CodeCell | string)[]): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
      language_info: { name: "typescript" },
    },
    cells: cells.map((cell, i) => {
      const id = `cell-${i}`;
      if (typeof cell !== "string") return { ...cell, id };
      return { cell_type: "markdown", id, metadata: {}, source: cell };
    }),
  };
}

/** Calls a function with a temporary folder that holds the given notebooks. */
export async function withNotebooks(
  notebooks: Readonly<Record<string, Notebook>>,
  use: (folder: string) => Promise<void>,
): Promise<void> {
  await inFolder(async (folder) => {
    for (const [name, notebook] of Object.entries(notebooks)) {
      await writeNotebook(join(folder, name), notebook);
    }
    await use(folder);
  });
}
