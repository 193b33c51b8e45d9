/** The font of a page's equations: of STIX Two Math what the page uses, inside its style sheet. */
import { Buffer } from "node:buffer";
import { createRequire } from "node:module";
import subsetFont from "subset-font";

/** Under which name the style sheet asks for it. */
const FAMILY = "STIX Two Math of this page";

const ITALIC_CAPITALS = 0x1d434;
const ITALIC_LETTERS = 0x1d44e;
const ITALIC_GREEK_CAPITALS = 0x1d6e2;
const ITALIC_GREEK_LETTERS = 0x1d6fc;

/**
 * CSS that declares the font and gives it to equations, with the glyphs of a page's MathML and
 * their larger forms: about 25 kB; "" for a page without equations.
 *
 * @param html the page's body
 */
export async function mathFont(html: string): Promise<string> {
  const letters = lettersOf(html);
  if (letters === "") return "";
  loading ??= load();
  const font = await subsetFont(await loading, letters, { targetFormat: "woff2" });
  return `@font-face { font-family: "${FAMILY}"; src: url(data:font/woff2;base64,${
    new Uint8Array(font).toBase64()
  }) format("woff2"); }
math { font-family: "${FAMILY}", math; }
`;
}

let loading: Promise<Buffer> | undefined;

/** The whole font, in the package under the SIL Open Font License 1.1. */
async function load(): Promise<Buffer> {
  const file = "@fontsource/stix-two-math/files/stix-two-math-latin-400-normal.woff2";
  return Buffer.from(await Deno.readFile(createRequire(import.meta.url).resolve(file)));
}

/** Every character that a page's equations show, in a fixed order. */
function lettersOf(html: string): string {
  const shown = Array.from(
    html.matchAll(/<math[\s\S]*?<\/math>/g),
    ([math]) =>
      math.replace(/<annotation[\s\S]*?<\/annotation>/g, "").replace(/<[^>]*>/g, "")
        .replace(
          /&#(x?)([\da-f]+);/gi,
          (_, hex, code) => String.fromCodePoint(parseInt(code, hex ? 16 : 10)),
        ),
  );
  const letters = new Set(shown.join(""));
  if (letters.size === 0) return "";
  for (const letter of [...letters]) letters.add(italicOf(letter));
  if (/<m(?:sqrt|root)\b/.test(html)) letters.add("√"); // drawn by the element, written nowhere
  return [...letters].sort().join("");
}

/** What a browser shows for a letter that stands alone: its mathematical italic. */
function italicOf(letter: string): string {
  if (letter === "h") return "\u210e"; // its place among the italics is empty
  const code = letter.codePointAt(0)!;
  const of = (first: string, italic: number) =>
    String.fromCodePoint(italic + code - first.codePointAt(0)!);
  if (/[a-z]/.test(letter)) return of("a", ITALIC_LETTERS);
  if (/[A-Z]/.test(letter)) return of("A", ITALIC_CAPITALS);
  if (/[α-ω]/.test(letter)) return of("α", ITALIC_GREEK_LETTERS);
  if (/[Α-Ω]/.test(letter)) return of("Α", ITALIC_GREEK_CAPITALS);
  return letter;
}
