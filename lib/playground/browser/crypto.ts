/** node:crypto's sha256 in a browser, where the built-in one cannot be called without waiting. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** A hash that takes its input bit by bit. */
export interface BrowserHash {
  update(data: string | Uint8Array): BrowserHash;
  digest(): Uint8Array;
  digest(encoding: "hex"): string;
}

/** The hash of that name; sha256 is the only one that the library asks for. */
export function createHash(_name: "sha256"): BrowserHash {
  const hash = sha256.create();
  function digest(): Uint8Array;
  function digest(encoding: "hex"): string;
  function digest(encoding?: "hex"): Uint8Array | string {
    return encoding === undefined ? hash.digest() : bytesToHex(hash.digest());
  }
  const self: BrowserHash = {
    update(data) {
      hash.update(typeof data === "string" ? utf8ToBytes(data) : data);
      return self;
    },
    digest,
  };
  return self;
}
