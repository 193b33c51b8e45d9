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
 * A page as Chromium prints it, in the size that its style asks for.
 *
 * @param url of a file, "file:///…"
 * @param ready what the page computes, as an expression, and is true once it may be printed
 * @returns a PDF
 * @throws {BadInput} if there is no Chromium, or it prints nothing
 */
export async function printPage(url: string, ready = "true"): Promise<Uint8Array> {
  const browser = await findChromium();
  if (browser === undefined) {
    const remedy = "Install Chromium or Chrome, or name one in the environment variable CHROMIUM.";
    throw new BadInput("no browser that prints it", "PDF", url, remedy);
  }
  const profile = await Deno.makeTempDir();
  const child = new Deno.Command(browser, {
    args: [
      "--headless",
      ...Deno.uid() === 0 ? ["--no-sandbox"] : [], // Chromium refuses to have one as root
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-sync",
      "--allow-file-access-from-files",
      `--user-data-dir=${profile}`,
      "--remote-debugging-port=0",
      url,
    ],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  try {
    return await printed(profile, ready);
  } catch (error) {
    if (!(error instanceof DOMException) && !(error instanceof TypeError)) throw error;
    throw new BadInput("printed nothing", browser, url, "Check that it starts and opens the page.");
  } finally {
    child.kill("SIGTERM");
    await child.status;
    await Deno.remove(profile, { recursive: true }).catch(() => {}); // its children may still write
  }
}

/** Milliseconds between two looks at a page, and how long one may take to be ready. */
const LOOK = 100;
const PATIENCE = 60_000;

/** Asks the started browser for its page as a PDF, by the protocol of its developer tools. */
async function printed(profile: string, ready: string): Promise<Uint8Array> {
  const patience = AbortSignal.timeout(PATIENCE);
  const until = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
    for (;;) {
      patience.throwIfAborted();
      const seen = await look();
      if (seen !== undefined) return seen;
      await new Promise((resolve) => setTimeout(resolve, LOOK));
    }
  };
  const port = await until(async () => {
    const file = join(profile, "DevToolsActivePort");
    return (await Deno.readTextFile(file).catch(() => "")).split("\n")[0] || undefined;
  });
  const address = await until(async () => {
    const pages = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json() as Target[];
    return pages.find(({ type }) => type === "page")?.webSocketDebuggerUrl;
  });
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new TypeError("no connection"));
  });
  let last = 0;
  const ask = (method: string, params: object) => {
    const id = ++last;
    return new Promise<Answer>((resolve) => {
      const hear = ({ data }: MessageEvent<string>) => {
        const answer = JSON.parse(data) as { id?: number; result: Answer };
        if (answer.id !== id) return;
        socket.removeEventListener("message", hear);
        resolve(answer.result);
      };
      socket.addEventListener("message", hear);
      socket.send(JSON.stringify({ id, method, params }));
    });
  };
  const loaded = `location.href !== "about:blank" && document.readyState === "complete"`;
  const expression = `${loaded} && (${ready})`;
  await until(async () => {
    const { result } = await ask("Runtime.evaluate", { expression });
    return result?.value === true || undefined;
  });
  const { data } = await ask("Page.printToPDF", { preferCSSPageSize: true, printBackground: true });
  socket.close();
  return Uint8Array.fromBase64(data!);
}

/** What is read of the protocol's answers: a foreign boundary. */
interface Answer {
  readonly result?: { readonly value?: unknown };
  /** base64 */
  readonly data?: string;
}

interface Target {
  readonly type: string;
  readonly webSocketDebuggerUrl: string;
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
