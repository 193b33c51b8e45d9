/** Puts Float64Array in the place of Float32Array in this process: see in_double.ts. */
globalThis.Float32Array = Float64Array as unknown as Float32ArrayConstructor;
