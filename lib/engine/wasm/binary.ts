/**
 * The binaries as files. A bundle for the browser, which has no files, holds them itself in place
 * of this module (lib/playground/page/bundled.ts).
 */

/** Where a module's binary is. */
export function binaryUrl(name: string, build: string): URL {
  return new URL(`${name}${build === "simd" ? "" : `.${build}`}.wasm`, import.meta.url);
}

/** The bytes of a module in a build. */
export function readBinary(name: string, build: string): Promise<Uint8Array<ArrayBuffer>> {
  return Deno.readFile(binaryUrl(name, build));
}
