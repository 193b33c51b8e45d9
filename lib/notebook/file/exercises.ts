/**
 * Exercises of a notebook: a code cell has an empty answer, and the Markdown cell after it folds
 * away the line that fills it. A headless run tries these lines, so that a printed solution is one
 * that its cell accepts.
 */
import { BadInput } from "../../base/bad_input.ts";
import { type CodeCell, codeCells, type Notebook } from "./ipynb.ts";

/** An exercise with the solution that the notebook prints. */
export interface Exercise {
  /** the code cell's number, from 1 */
  readonly cell: number;
  /** the cell with the solution in place of the empty answer */
  readonly solved: CodeCell;
}

/** `const items: number | null = null; // your answer`, with more words behind it if need be */
const EMPTY = /^const ([\w$]+): .+ \| null = null; \/\/ your answer.*$/m;

/** The code of a folded part: <details> … ```ts … ``` … </details> */
const FOLDED = /<details>.*?```ts\n(.*?)```.*?<\/details>/s;

/**
 * The exercises of a notebook, in order.
 *
 * @param file the notebook's name, for the error
 * @throws {BadInput} if the Markdown cell after an exercise does not fold away code that declares
 *         the answer
 */
export function exercises(notebook: Notebook, file: string): Exercise[] {
  const cells = codeCells(notebook);
  return cells.flatMap((asked, i): Exercise[] => {
    const [empty, name] = asked.source.match(EMPTY) ?? [];
    if (empty === undefined) return [];
    const next = notebook.cells[notebook.cells.indexOf(asked) + 1];
    const solution = next?.cell_type === "markdown" ? next.source.match(FOLDED)?.[1]?.trim() : "";
    if (!solution?.startsWith(`const ${name} = `)) {
      throw new BadInput(
        "no solution to this exercise",
        `${file}, code cell ${i + 1}`,
        empty,
        `Fold away \`const ${name} = …\` as ts code in a <details> of the Markdown cell after it.`,
      );
    }
    const source = asked.source.replace(empty, () => solution);
    return [{ cell: i + 1, solved: { ...asked, source } }];
  });
}
