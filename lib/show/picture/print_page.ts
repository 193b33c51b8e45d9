/** A browser where there is one: it prints pages, and is what pictures are compared with. */
import { BadInput } from "../../base/bad_input.ts";
import { environment } from "../../base/environment.ts";
import { exists } from "../../base/files.ts";
import { ownEnding } from "../../base/owner.ts";
import { join, toFileUrl } from "../../base/paths.ts";
import { BrowserFailure, Chromium } from "./chromium.ts";
import { fontFiles } from "./fonts.ts";

/**
 * Chromium, or Chrome: what the environment variable CHROMIUM names, or where it usually is.
 *
 * @throws {BadInput} if CHROMIUM names nothing that is there: another browser is not what was asked
 */
export async function findChromium(): Promise<string | undefined> {
  const named = environment("CHROMIUM");
  if (named !== undefined) {
    if (await exists(named)) return named;
    const remedy = "Give the program's whole path, or unset CHROMIUM.";
    throw new BadInput("no such file", "environment variable CHROMIUM", named, remedy);
  }
  const names = [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
  ];
  for (const name of names) if (await exists(name)) return name;
}

/**
 * A page as Chromium prints it, in the size that its style asks for.
 *
 * @param url of a file, "file:///…"
 * @param ready what the page computes, as an expression, and is true once it may be printed
 * @returns a PDF
 * @throws {BadInput} if there is no Chromium, or not where CHROMIUM says, or it prints nothing: it
 *   ends, the page is not there, crashes, or is not ready in a minute
 */
export async function printPage(url: string, ready = "true"): Promise<Uint8Array> {
  const browser = await findChromium();
  if (browser === undefined) {
    const remedy = "Install Chromium or Chrome, or name one in the environment variable CHROMIUM.";
    throw new BadInput("no browser that prints it", "PDF", url, remedy);
  }
  const chromium = await Chromium.start(browser);
  try {
    return await printed(chromium, url, ready);
  } catch (error) {
    if (!(error instanceof BrowserFailure)) throw error;
    const remedy = "Check that it starts and opens the page.";
    throw new BadInput(`printed nothing: ${error.message}`, browser, url, remedy);
  } finally {
    await chromium.close();
  }
}

/** Milliseconds between two looks at a page. */
const LOOK = 100;

/** A page as a PDF, once it is ready. */
async function printed(chromium: Chromium, url: string, ready: string): Promise<Uint8Array> {
  const { targetId } = await chromium.ask("Target.createTarget", { url: "about:blank" });
  const attached = await chromium.ask("Target.attachToTarget", { targetId, flatten: true });
  const ask = (method: string, params: object = {}) =>
    chromium.ask(method, params, attached.sessionId);
  await ask("Inspector.enable"); // tells of a crash
  const { errorText } = await ask("Page.navigate", { url });
  if (errorText) throw new BrowserFailure(errorText);
  const loaded = `location.href !== "about:blank" && document.readyState === "complete"`;
  const expression = `${loaded} && (${ready})`;
  while ((await ask("Runtime.evaluate", { expression })).result?.value !== true) {
    await new Promise((resolve) => setTimeout(resolve, LOOK));
  }
  const { data } = await ask("Page.printToPDF", { preferCSSPageSize: true, printBackground: true });
  return Uint8Array.fromBase64(data!);
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
  const folder = await Deno.makeTempDir({ prefix: "print-", suffix: `-${ownEnding()}` });
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
