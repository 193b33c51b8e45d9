/** The WebAssembly binaries inside the bundle, in place of files beside the module. */
import { BadInput } from "../../base/bad_input.ts";

/** base64 by module, in the build whose bits are the same on every machine; the bundle has them. */
declare const WASM_MODULES: Readonly<Record<string, string>>;

/**
 * The bytes of a module.
 *
 * @throws {BadInput} for one that the bundle does not hold
 */
export function readBinary(name: string, build: string): Promise<Uint8Array<ArrayBuffer>> {
  return Promise.resolve().then(() => bytesOf(name, build));
}

function bytesOf(name: string, build: string): Uint8Array<ArrayBuffer> {
  const base64 = build === "simd" ? WASM_MODULES[name] : undefined;
  if (base64) return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  throw new BadInput("not in the page", `WebAssembly module ${name}`, build, 'Use "simd".');
}
