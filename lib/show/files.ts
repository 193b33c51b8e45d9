/** Figures and tables as files: whole or not there, and equal bytes for equal content. */
import { join } from "../base/paths.ts";
import { projectPath, writeAtomically } from "../base/files.ts";
import { plotlyJson } from "./bundle.ts";
import type { Figure } from "./figure.ts";
import { toPng, toSvg } from "./picture/picture.ts";
import type { Table } from "./table.ts";
import { captioned } from "./theme.ts";

/**
 * Writes a figure as `<name>.svg`, `<name>.png` and `<name>.json` (plotly's own form, with the alt
 * text and the full keys of the runs).
 *
 * @returns the paths written
 * @throws {BadInput} for figures that cannot be drawn without a browser; the system's error
 */
export async function writeFigure(
  name: string,
  figure: Figure,
  folder: string = projectPath("results", "figures"),
): Promise<string[]> {
  const svg = await toSvg(captioned(figure));
  const { alt, runs } = figure;
  const json = { ...plotlyJson(captioned(figure)), alt, ...(runs ? { runs } : {}) };
  return await writeAll(join(folder, name), {
    svg,
    png: await toPng(svg),
    json: JSON.stringify(json, null, 1) + "\n",
  });
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
  folder: string = projectPath("results", "tables"),
): Promise<string[]> {
  return await writeAll(join(folder, name), {
    html: table.toHtml() + "\n",
    md: table.toMarkdown() + "\n",
    csv: table.toCsv(),
  });
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
