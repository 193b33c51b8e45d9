/** Figures and tables as files: whole or not there, and equal bytes for equal content. */
import { join } from "../base/paths.ts";
import { exists, resultsPath, writeAtomically } from "../base/files.ts";
import type { Figure } from "./figure.ts";
import { plotlyJson } from "./plotly_json.ts";
import { toPng, toSvg } from "./picture/picture.ts";
import { toPdf } from "./picture/print_page.ts";
import type { Table } from "./table.ts";
import { captioned } from "./theme.ts";

/**
 * Writes a figure as `<name>.svg` and `<name>.json` (plotly's own form, with the alt text and the
 * full keys of the runs).
 *
 * @param png whether as `<name>.png` too; one that is there is drawn anew in any case
 * @returns the paths written
 * @throws {BadInput} for figures that cannot be drawn without a browser; the system's error
 */
export async function writeFigure(
  name: string,
  figure: Figure,
  folder: string = resultsPath("figures"),
  png = false,
): Promise<string[]> {
  const stem = join(folder, name);
  const svg = await toSvg(captioned(figure));
  const { alt, runs } = figure;
  const json = { ...plotlyJson(captioned(figure)), alt, ...(runs ? { runs } : {}) };
  return await writeAll(stem, {
    svg,
    ...(png || await exists(`${stem}.png`) ? { png: await toPng(svg) } : {}),
    json: inLines(json),
  });
}

/**
 * Writes a figure alone as `<name>.svg`, `<name>.png` and `<name>.pdf`, as it is: a caller takes
 * its title away, or gives it another shape.
 *
 * @returns the paths, each once it is written
 * @throws {BadInput} as {@linkcode writeFigure}; where no browser prints, once SVG and PNG are
 *   there
 */
export async function* writeAlone(stem: string, figure: Figure): AsyncGenerator<string> {
  const svg = await toSvg(figure);
  yield* await writeAll(stem, { svg, png: await toPng(svg) });
  yield* await writeAll(stem, { pdf: await toPdf(svg) });
}

/**
 * Writes a table as `<name>.html`, `<name>.md` and `<name>.csv`.
 *
 * @returns the paths written
 * @throws the system's error
 */
export async function writeTable(
  name: string,
  table: Table,
  folder: string = resultsPath("tables"),
): Promise<string[]> {
  return await writeAll(join(folder, name), {
    html: table.toHtml() + "\n",
    md: table.toMarkdown() + "\n",
    csv: table.toCsv(),
  });
}

/** JSON with a line a trace, a frame and a part of the layout, so that changes can be read. */
function inLines(json: object): string {
  const lines = (value: unknown): string => {
    if (value === null || typeof value !== "object") return JSON.stringify(value);
    const isList = Array.isArray(value);
    const parts = Object.entries(value).map(([key, part]) =>
      (isList ? "" : `${JSON.stringify(key)}:`) + JSON.stringify(part)
    );
    return `${isList ? "[" : "{"}\n${parts.join(",\n")}\n${isList ? "]" : "}"}`;
  };
  const parts = Object.entries(json).map(([key, part]) => `${JSON.stringify(key)}:${lines(part)}`);
  return `{\n${parts.join(",\n")}\n}\n`;
}

async function writeAll(
  stem: string,
  contents: Readonly<Record<string, string | Uint8Array>>,
): Promise<string[]> {
  const paths: string[] = [];
  for (const [extension, content] of Object.entries(contents)) {
    paths.push(`${stem}.${extension}`);
    await writeAtomically(`${stem}.${extension}`, content);
  }
  return paths;
}
