/** Arrays of float32 in numpy's file format, version 1.0. */

const MAGIC = [0x93, ...new TextEncoder().encode("NUMPY"), 1, 0];

/** The header is padded to a multiple of so many bytes, as numpy pads it. */
const ALIGNED = 64;

/**
 * The bytes of an .npy file, row-major.
 *
 * Source: numpy.lib.format, "Format Version 1.0".
 *
 * @throws {RangeError} if the shape is not that of the values
 */
export function encodeNpy(values: Float32Array, shape: readonly number[]): Uint8Array {
  const size = shape.reduce((product, n) => product * n, 1);
  if (size !== values.length) throw new RangeError(`${values.length} values are not [${shape}]`);
  const about = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(", ")},), }`;
  const before = MAGIC.length + 2;
  const length = Math.ceil((before + about.length + 1) / ALIGNED) * ALIGNED - before;
  const bytes = new Uint8Array(before + length + 4 * values.length);
  bytes.set(MAGIC);
  const view = new DataView(bytes.buffer);
  view.setUint16(MAGIC.length, length, true);
  bytes.set(new TextEncoder().encode(`${about.padEnd(length - 1)}\n`), before);
  values.forEach((value, i) => view.setFloat32(before + length + 4 * i, value, true));
  return bytes;
}
