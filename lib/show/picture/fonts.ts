/**
 * The one typeface of every picture: Arimo, which has Arial's widths, from an npm package, so that
 * text takes the same room on every machine, whatever fonts are installed there.
 */
import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** Where the room for text is known, and its outlines for the PNG. */
export interface Face {
  /** advance width of a run of text, in em */
  width(text: string): number;
  /** from the baseline up to the face's top, in em */
  readonly ascent: number;
  /** from the baseline down to the face's bottom, in em */
  readonly descent: number;
}

const fileOfFace = {
  regular: "400Regular/Arimo_400Regular.ttf",
  bold: "700Bold/Arimo_700Bold.ttf",
  italic: "400Regular_Italic/Arimo_400Regular_Italic.ttf",
  boldItalic: "700Bold_Italic/Arimo_700Bold_Italic.ttf",
} as const;

/** The styles of the typeface. */
export type FaceName = keyof typeof fileOfFace;

/** The four font files, for a renderer that draws their outlines. */
export function fontFiles(): string[] {
  const { resolve } = createRequire(import.meta.url);
  return Object.values(fileOfFace).map((file) => resolve(`@expo-google-fonts/arimo/${file}`));
}

// What is used of opentype.js, which ships no types (a foreign boundary).
interface OpenTypeFont {
  readonly unitsPerEm: number;
  readonly ascender: number;
  readonly descender: number;
  getAdvanceWidth(text: string, fontSize: number, options: { kerning: boolean }): number;
}

/** The faces by name; a face's file is read when text first needs it. */
export type Faces = (name: FaceName) => Face;

/** Loads the font parser and hands out faces. */
export async function openFaces(): Promise<Faces> {
  const { default: opentype } = await import("opentype.js");
  const { resolve } = createRequire(import.meta.url);
  const opened = new Map<FaceName, Face>();
  return (name) => {
    let face = opened.get(name);
    if (!face) {
      const bytes = readFileSync(resolve(`@expo-google-fonts/arimo/${fileOfFace[name]}`));
      face = faceOf(opentype.parse(arrayBufferOf(bytes)) as OpenTypeFont);
      opened.set(name, face);
    }
    return face;
  };
}

function faceOf(font: OpenTypeFont): Face {
  const measured = new Map<string, number>();
  const precision = 1000; // measured at this font size
  return {
    ascent: font.ascender / font.unitsPerEm,
    descent: -font.descender / font.unitsPerEm,
    width(text) {
      let width = measured.get(text);
      if (width === undefined) {
        const visible = text.replaceAll("\u200b", ""); // a zero-width space takes no room
        width = font.getAdvanceWidth(visible, precision, { kerning: true }) / precision;
        measured.set(text, width);
      }
      return width;
    },
  };
}

function arrayBufferOf(bytes: Buffer): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
