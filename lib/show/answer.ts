/** Answers to exercises, checked by the notebook itself: what is said of them is text, no error. */
import { isPromise, kindOf } from "./kinds.ts";
import { show } from "./show.ts";

/** What an exercise asks for: a number or several, null until there is an answer. */
export type Answer = number | readonly number[] | null;

/** How the text on an answer that is not right begins. */
const NOT_YET = "Not yet";

/** Whether a text that {@linkcode checkAnswer} showed says that the answer is not right. */
export function saysNotYet(text: string): boolean {
  return text.startsWith(NOT_YET);
}

/**
 * Shows whether an answer is right, which it is if no number of it is further than `within` from
 * what the notebook computes; if not, in which direction it is wrong or what kind was expected,
 * without giving the right one away. An empty answer is only asked for, and nothing is computed.
 *
 * @param what the question in a few words, "the loss with β = 2"
 */
export async function checkAnswer(
  what: string,
  answer: Answer,
  compute: () => number | readonly number[] | Promise<number | readonly number[]>,
  within: number,
): Promise<void> {
  if (answer === null) {
    return await show(
      `Your turn, ${what}: put your answer in place of null and run the cell again.`,
    );
  }
  const right = await compute();
  const wrong = typeof right === "number"
    ? wrongNumber(answer, right, within)
    : wrongList(answer, right, within);
  if (wrong !== null) return await show(`${NOT_YET}, ${what}: ${wrong}`);
  await show(`Right: ${what} is ${digits(right, 4)}; the answer was ${digits(answer, 6)}.`);
}

/** What a function that an exercise asks for gives. */
export type Given = number | readonly number[];

/**
 * Shows whether a function of a few lines is right: it and the library's are called with the same
 * inputs, and no number that it gives may be further than `within` from the library's. If not, with
 * which input it is wrong and in which direction. A function that throws is told what it threw.
 *
 * @param what   the question in a few words, "the effective items of a row"
 * @param right  the library's function
 * @param inputs the arguments of each call
 */
export async function checkFunction<A extends readonly unknown[]>(
  what: string,
  yours: ((...args: A) => Given) | null,
  right: (...args: A) => Given | Promise<Given>,
  inputs: readonly A[],
  within: number,
): Promise<void> {
  if (yours === null) {
    return await show(
      `Your turn, ${what}: put your function in place of null and run the cell again.`,
    );
  }
  if (typeof yours !== "function") {
    return await show(`${NOT_YET}, ${what}: a function is expected, and this is ${kindOf(yours)}.`);
  }
  const given: string[] = [];
  for (const input of inputs) {
    const expected = await right(...structuredClone(input));
    const of = input.map((one) => inShort(one)).join(", ");
    const wrong = wrongCall(yours, structuredClone(input), expected, within);
    if (wrong !== null) return await show(`${NOT_YET}, ${what}: for ${of} ${wrong}`);
    given.push(`${of} gives ${digits(expected, 4)}`);
  }
  await show(`Right: ${what}. ${given.join("; ")}.`);
}

/** What is wrong with what a function gives; null if nothing is. */
function wrongCall<A extends readonly unknown[]>(
  yours: (...args: A) => Given,
  input: A,
  expected: Given,
  within: number,
): string | null {
  let given: unknown;
  try {
    given = yours(...input);
  } catch (error) {
    return `it ends with an error: ${error instanceof Error ? error.message : error}`;
  }
  if (given === undefined) return "it gives nothing: does it return its result?";
  const wrong = typeof expected === "number"
    ? wrongNumber(given, expected, within)
    : wrongList(given, expected, within);
  return wrong && `it gives ${digitsOf(given)}: ${wrong}`;
}

/** An argument as a cell would have it, without the digits that nobody reads. */
function inShort(value: unknown): string {
  return JSON.stringify(
    value,
    (_key, part) => typeof part === "number" ? Number(part.toPrecision(4)) : part,
  ).replaceAll(",", ", ");
}

/** Numbers by their digits, everything else by its kind. */
function digitsOf(value: unknown): string {
  const numbers = typeof value === "number" ? [value] : value;
  const all = Array.isArray(numbers) && numbers.every((number) => typeof number === "number");
  return all ? digits(numbers, 4) : kindOf(value);
}

/** What is wrong with what should be a number; null if nothing is. */
function wrongNumber(answer: unknown, right: number, within: number): string | null {
  const kind = notANumber(answer);
  if (kind !== null) return `a number is expected, and ${kind}`;
  const given = answer as number;
  if (Math.abs(given - right) <= within) return null;
  const needed = within > 0 ? `It has to be right within ${within}.` : "It has to be exact.";
  const shown = digits(given, 6);
  const is = `${shown} is ${given > right ? "too large" : "too small"}`;
  if (Math.abs(given + right) <= within) return `the size of ${shown} is right, its sign is not.`;
  if (Math.abs(given / 100 - right) <= within) return `${is}: is it in per cent? ${needed}`;
  return `${is}. ${needed}`;
}

/** What is wrong with what should be a list of numbers; null if nothing is. */
function wrongList(answer: unknown, right: readonly number[], within: number): string | null {
  const list = ArrayBuffer.isView(answer) ? Array.from(answer as Float64Array) : answer;
  if (!Array.isArray(list)) {
    return `a list of ${right.length} numbers is expected, and this is ${kindOf(answer)}.`;
  }
  if (list.length !== right.length) {
    return `a list of ${right.length} numbers is expected, and this one has ${list.length}.`;
  }
  const odd = list.findIndex((item) => notANumber(item) !== null);
  if (odd >= 0) return `number ${odd + 1} should be one, and ${notANumber(list[odd])}`;
  const near = (order: readonly number[]) =>
    order.every((number, i) => Math.abs(number - right[i]!) <= within);
  if (near(list)) return null;
  if (near(list.toReversed())) return "the order is reversed.";
  const ranks = right.map((_, i) => i).sort((i, j) => right[i]! - right[j]!);
  const sorted = list.toSorted((a, b) => a - b);
  if (ranks.every((i, rank) => Math.abs(sorted[rank]! - right[i]!) <= within)) {
    return "these are the numbers, in another order.";
  }
  const at = list.findIndex((number, i) => Math.abs(number - right[i]!) > within);
  return `number ${at + 1}: ${wrongNumber(list[at], right[at]!, within)}`;
}

/** Why a value is no number to compare with: "this is a text: write 0.5 without quotes." */
function notANumber(value: unknown): string | null {
  if (typeof value === "number") {
    return Number.isNaN(value) ? "this is NaN: something it was computed of is no number." : null;
  }
  if (isPromise(value)) return "this is a promise: write await before it.";
  if (typeof value === "string") {
    const plain = value.trim() !== "" && Number.isFinite(Number(value));
    return `this is a text: ${
      plain ? `write ${Number(value)} without quotes.` : "write a number."
    }`;
  }
  if (typeof value === "bigint") return `this is a bigint: write ${value} without n.`;
  if (typeof value === "function") return "this is a function: call it.";
  return `this is ${kindOf(value)}.`;
}

function digits(value: number | readonly number[], count: number): string {
  const numbers = typeof value === "number" ? [value] : Array.from(value);
  return numbers.map((number) => Number(number.toPrecision(count))).join(", ");
}
