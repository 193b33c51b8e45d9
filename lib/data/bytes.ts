/** Bytes one after the other. */

/** The parts in one array. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Bytes that grow at their end: in one array, which is made anew with twice the size when full. */
export class GrowingBytes {
  /** the bytes, and room behind them */
  array: Uint8Array<ArrayBuffer> = new Uint8Array(1 << 12);
  /** how many there are */
  length = 0;

  /** Adds some at the end. */
  append(bytes: Uint8Array): void {
    const length = this.length + bytes.length;
    if (length > this.array.length) {
      const { array } = this;
      this.array = new Uint8Array(2 * length);
      this.array.set(array.subarray(0, this.length));
    }
    this.array.set(bytes, this.length);
    this.length = length;
  }

  /** Starts anew; what is in the array stays until something is added. */
  clear(): void {
    this.length = 0;
  }
}
