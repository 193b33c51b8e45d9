/** Which cells are slides, in Jupyter's own metadata, for `jupyter nbconvert --to slides`. */
import { type Cell, hasTag, type Notebook } from "./ipynb.ts";

/** Jupyter's types of slides; "-" goes on with the slide before. */
type SlideType = "slide" | "subslide" | "fragment" | "skip" | "notes" | "-";

/**
 * The notebook with a slide type in the metadata of each cell, by what the cell is:
 *
 * - Markdown that opens with a title, a section's heading or an exercise's number: a slide
 * - code with what it shows: a slide below it
 * - what to see in it: notes of the speaker; other words: on the same slide, one after another
 * - parameters, imports and solutions: left out
 */
export function withSlides(notebook: Notebook): Notebook {
  const cells = notebook.cells.map((cell): Cell => {
    const slideshow = { slide_type: slideTypeOf(cell) };
    return { ...cell, metadata: { ...cell.metadata, slideshow } };
  });
  return { ...notebook, cells };
}

function slideTypeOf(cell: Cell): SlideType {
  if (cell.cell_type === "raw") return "skip";
  if (cell.cell_type === "code") {
    const setUp = hasTag(cell, "parameters") || /^(?:\s*import\b[^;]*;)+\s*$/.test(cell.source);
    return setUp ? "skip" : "subslide";
  }
  if (/^#{1,2} /.test(cell.source)) return "slide";
  if (/^<details/.test(cell.source)) return "skip";
  if (/^\*\*What to see/.test(cell.source)) return "notes";
  return /^\*\*\d\. /.test(cell.source) ? "slide" : "fragment";
}
