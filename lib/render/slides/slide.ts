/** A slide as the lecture has it. */
import type { Figure } from "../../show/figure.ts";
import type { Table } from "../../show/table.ts";

/** One slide: a statement, what shows it, and what is said meanwhile. */
export interface Slide {
  /** the statement; numbers are in what shows it, never here */
  readonly title: string;
  readonly minutes: number;
  /** what is said, in paragraphs */
  readonly notes: string;
  /** Markdown with equations */
  readonly text?: string;
  readonly figure?: () => Promise<Figure>;
  /** whether the figure is a drawing, which would be bent in the shape of a slide */
  readonly drawing?: true;
  readonly table?: () => Promise<Table>;
  /** a definition of a notebook's cells, by the notebook's number and the name that it defines */
  readonly code?: { readonly notebook: string; readonly name: string };
  /** where the numbers come from: a command, or the notebook that computes them */
  readonly source?: string;
}

/** Slides that belong together. */
export interface Part {
  readonly title: string;
  readonly slides: readonly Slide[];
}
