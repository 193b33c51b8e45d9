/** What is there for whoever asks: HTML behind a summary that a click, or the return key, opens. */
import { escapeHtml } from "../base/escape_html.ts";
import { type Displayable, jupyterDisplay } from "./bundle.ts";
import type { Figure } from "./figure.ts";
import { table } from "./table.ts";

/** HTML, folded away. */
export function folded(summary: string, html: string): Displayable {
  return {
    [jupyterDisplay]: () => ({
      "text/html": `<details><summary>${escapeHtml(summary)}</summary>${html}</details>`,
      "text/plain": summary,
    }),
  };
}

/** The numbers of a figure whose colours are read by eye only, as a folded table; null if none. */
export function numbersFold({ numbers }: Pick<Figure, "numbers">): Displayable | null {
  return numbers ? folded("Show the numbers", table(numbers).toHtml()) : null;
}
