/** A figure as data: what plotly draws, in words, and where its numbers come from. */

/** A plotly trace; plotly's own schema is checked when the static picture is made. */
export type Trace = Readonly<Record<string, unknown>>;

/** A figure ready to be shown, written to a file, or put into a page. */
export interface Figure {
  /** the traces, in drawing order */
  readonly data: readonly Trace[];
  /** title, axes and size, best made by houseLayout of theme.ts */
  readonly layout: Readonly<Record<string, unknown>>;
  /** plotly animation frames, where a slider or button steps through them */
  readonly frames?: readonly Readonly<Record<string, unknown>>[];
  /** what a reader who cannot see the picture is told: the finding, in a sentence or two */
  readonly alt: string;
  /** the numbers of what colours alone say, such as a heat map's cells: a table folded below it */
  readonly numbers?: readonly Readonly<Record<string, string | number | null>>[];
  /** a drawing with nothing to hover over or to move: a picture, whose words shrink with it */
  readonly still?: true;
  /** keys of the runs behind the numbers; empty for a reader's own run, absent without any run */
  readonly runs?: readonly string[];
}
