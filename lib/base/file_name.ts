/** Names of files that are made from names of people's data. */
import { createHash } from "node:crypto";

/** Bytes of a name that every file system takes, with room for an ending. */
const MOST_BYTES = 180;

/** What Windows opens in place of a file, whatever its ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/**
 * A name as part of a file's: letters, digits, spaces and - _ . stay. Everything else, a first
 * point and a device's name are written as in web addresses, and a name too long ends in its hash.
 * Different names stay different, and none leaves its folder.
 */
export function fileName(name: string): string {
  const whole = name
    .replace(/[^\p{L}\p{N}\p{M} ._-]/gu, (character) => percent(character))
    .replace(DEVICE, (device) => percent(device[0]!) + device.slice(1))
    .replace(/^\./, "%2E") || "%";
  if (new TextEncoder().encode(whole).length <= MOST_BYTES) return whole;
  const hash = createHash("sha256").update(Uint8Array.from(bytesOf(name))).digest("hex");
  return `${[...whole].slice(0, 40).join("")}-${hash.slice(0, 16)}`;
}

/** Every byte of a character as "%2F". */
function percent(character: string): string {
  return bytesOf(character)
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
}

/** UTF-8, and half a surrogate pair in its manner, which UTF-8 itself has only U+FFFD for. */
function bytesOf(text: string): number[] {
  return [...text].flatMap((character) => {
    if (character.isWellFormed()) return [...new TextEncoder().encode(character)];
    const unit = character.charCodeAt(0);
    return [0xe0 | unit >> 12, 0x80 | unit >> 6 & 0x3f, 0x80 | unit & 0x3f];
  });
}
