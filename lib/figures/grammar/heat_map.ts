/** Heat maps: shares or weights as cells, light to dark, with their digits and a bar of colours. */
import type { Trace } from "../../show/figure.ts";
import { ink, sequentialScale } from "../../show/theme.ts";
import type { Keys } from "./drawing.ts";
import { said } from "./marks.ts";

/** What cells show. */
export interface Cells {
  /** [rows][columns]; rows may be of different lengths */
  readonly z: readonly (readonly number[])[];
  /** the value of the darkest colour; the lightest is 0 */
  readonly most: number;
  /** what the colours mean, beside their bar; no bar without */
  readonly meaning?: string | undefined;
  /** how plotly writes the value into its cell, e.g. "%{z:.2f}"; empty cells unless told */
  readonly digits?: string | undefined;
  readonly hover: string;
  /** further keys: x, y, the panel */
  readonly own?: Keys;
}

/** The trace of a heat map. */
export function heatMap({ z, most, meaning, digits, hover, own }: Cells): Trace {
  return {
    type: "heatmap",
    z,
    zmin: 0,
    zmax: most,
    colorscale: sequentialScale,
    xgap: 2,
    ygap: 2,
    ...digits && { texttemplate: digits, textfont: { size: 11 } },
    showscale: meaning !== undefined,
    ...meaning !== undefined && { colorbar: colourBar(meaning) },
    ...said(hover),
    ...own,
  };
}

/** The bar of a heat map's colours, with what they mean. */
export function colourBar(meaning: string): Keys {
  return {
    title: { text: meaning, side: "right", font: { size: 13, color: ink.text } },
    thickness: 14,
    tickfont: { size: 12, color: ink.text },
  };
}
