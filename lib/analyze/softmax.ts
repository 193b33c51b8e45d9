/** The softmax of many scores in float64, which no score can make overflow. */

/** A softmax with its denominator. */
export interface Softmax {
  /** [n] exp(c x_j) / sum_i exp(c x_i) */
  readonly p: Float64Array;
  /** log sum_i exp(c x_i) */
  readonly logSum: number;
}

/** softmax(c x) and log sum exp(c x), shifted by the maximum. */
export function softmax(x: Float64Array, c: number): Softmax {
  // what no IHN asks for, of thousands of negatives an evaluation: the same bits without any exp
  if (c === 0) {
    return { p: new Float64Array(x.length).fill(1 / x.length), logSum: Math.log(x.length) };
  }
  let greatest = -Infinity;
  for (let j = 0; j < x.length; j++) greatest = Math.max(greatest, c * x[j]!);
  const p = new Float64Array(x.length);
  let sum = 0;
  for (let j = 0; j < p.length; j++) sum += p[j] = Math.exp(c * x[j]! - greatest);
  for (let j = 0; j < p.length; j++) p[j]! /= sum;
  return { p, logSum: greatest + Math.log(sum) };
}
