/** The form in which executed notebooks are kept: nothing in it changes without a reason. */
import type { Cell, Notebook } from "./ipynb.ts";

/** Cell metadata that editors and runners add by themselves. */
const NOISE = [
  "collapsed",
  "execution",
  "ExecuteTime",
  "papermill",
  "scrolled",
  "trusted",
  "vscode",
];

/** The kernel's name under which `deno jupyter --install` installs it. */
const kernelspec = { display_name: "Deno", language: "typescript", name: "deno" };

/**
 * What the kernel says of its language, the version of TypeScript included: opening a notebook adds
 * what is missing, and the file would change.
 */
const language_info = {
  codemirror_mode: "typescript",
  file_extension: ".ts",
  mimetype: "text/x.typescript",
  name: "typescript",
  nbconvert_exporter: "script",
  pygments_lexer: "typescript",
  version: Deno.version.typescript,
};

/**
 * A notebook without what differs between two runs or editors that mean the same: times and folding
 * in the metadata, execution counts (1, 2, … in reading order).
 * Cell ids, tags and the author's other metadata of cells stay; of the notebook's own metadata only
 * the kernel and its language are kept, always in the same words.
 *
 * @param outside whether it is no notebook of the project: all its own metadata stays
 */
export function stable(notebook: Notebook, outside = false): Notebook {
  let count = 0;
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { ...outside && notebook.metadata, kernelspec, language_info },
    cells: notebook.cells.map((cell): Cell => {
      const kept = { ...cell, metadata: withoutNoise(cell.metadata) };
      if (kept.cell_type !== "code") return kept;
      return { ...kept, execution_count: kept.execution_count === null ? null : ++count };
    }),
  };
}

function withoutNoise(metadata: Cell["metadata"]): Cell["metadata"] {
  return Object.fromEntries(Object.entries(metadata).filter(([key]) => !NOISE.includes(key)));
}
