/** A browser where there is one: it prints pages, and is what pictures are compared with. */
import { BadInput } from "../../base/bad_input.ts";
import { exists } from "../../base/files.ts";
import { join, toFileUrl } from "../../base/paths.ts";
import { fontFiles } from "./fonts.ts";

/** Chromium, or Chrome: what the environment variable CHROMIUM names, or where it usually is. */
export async function findChromium(): Promise<string | undefined> {
  const names = [
    Deno.env.get("CHROMIUM"),
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
  ];
  for (const name of names) if (name && await exists(name)) return name;
}

/**
 * A page as Chromium prints it, after its scripts have run.
 *
 * @param url of a file, "file:///…"
 * @returns a PDF
 * @throws {BadInput} if there is no Chromium, or it prints nothing
 */
export async function printPage(url: string): Promise<Uint8Array> {
  const browser = await findChromium();
  if (browser === undefined) {
    const remedy = "Install Chromium or Chrome, or name one in the environment variable CHROMIUM.";
    throw new BadInput("no browser that prints it", "PDF", url, remedy);
  }
  const folder = await Deno.makeTempDir();
  const file = join(folder, "page.pdf");
  try {
    await new Deno.Command(browser, {
      args: [
        "--headless",
        ...Deno.uid() === 0 ? ["--no-sandbox"] : [], // Chromium refuses to have one as root
        "--disable-gpu",
        "--allow-file-access-from-files",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-sync",
        `--user-data-dir=${join(folder, "profile")}`,
        "--virtual-time-budget=10000",
        "--no-pdf-header-footer",
        `--print-to-pdf=${file}`,
        url,
      ],
      stdout: "null",
      stderr: "null",
    }).output();
    return await Deno.readFile(file);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new BadInput("printed nothing", browser, url, "Check that it starts and opens the page.");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * An SVG of `toSvg` as a PDF of its size, with words in the project's own font, by Chromium.
 *
 * @throws {BadInput} as {@linkcode printPage}
 */
export async function toPdf(svg: string): Promise<Uint8Array> {
  const [, width, height] = svg.match(/<svg[^>]*? width="([\d.]+)"[^>]*? height="([\d.]+)"/) ?? [];
  const faces = fontFiles().map((file) =>
    `@font-face { font-family: Arial; src: url("${toFileUrl(file).href}");
      font-weight: ${/Bold/.test(file) ? 700 : 400};
      font-style: ${/Italic/.test(file) ? "italic" : "normal"} }`
  );
  const folder = await Deno.makeTempDir();
  try {
    const page = join(folder, "figure.html");
    await Deno.writeTextFile(
      page,
      `<!DOCTYPE html><meta charset="utf-8"><style>${faces.join("\n")}
      @page { size: ${width}px ${height}px; margin: 0; } body { margin: 0; }
      svg { display: block; }</style>${svg}`,
    );
    return await printPage(toFileUrl(page).href);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Pages of a PDF of {@linkcode printPage}. */
export function pagesOfPdf(pdf: Uint8Array): number {
  return new TextDecoder("latin1").decode(pdf).match(/\/Type \/Page\n/g)?.length ?? 0;
}
