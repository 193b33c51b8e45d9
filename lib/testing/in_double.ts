/**
 * Makes this process compute in double precision. Imported first, before tfjs, it puts Float64Array
 * in the place of Float32Array, so that tfjs on "cpu", our models, losses and engine keep float64
 * numbers everywhere. For tests that differentiate numerically, in a process of their own.
 */
import "./double_arrays.ts";
import * as tf from "@tensorflow/tfjs-core";

const { platform } = tf.env();
platform.isTypedArray = (a: unknown): a is Float32Array | Int32Array | Uint8Array =>
  a instanceof Float32Array || a instanceof Int32Array || a instanceof Uint8Array ||
  a instanceof Uint8ClampedArray;
