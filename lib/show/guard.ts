/** What every call of the library from a cell goes through. */
import { refuseIfStopped, working } from "../base/interrupt.ts";
import { refuseWrongArguments } from "./expected.ts";
import { withSummaries } from "./summaries.ts";

type Call = (...args: readonly unknown[]) => unknown;

/**
 * The same functions, alone and in objects such as `figure`, for cells: they refuse to run while a
 * stop lasts, refuse promises and other wrong arguments, and what they return knows its summary.
 *
 * @param free names of functions that run after a stop too
 */
export function guarded<T extends object>(
  library: T,
  free: readonly (keyof T)[] = [],
  place = "",
): T {
  const entries = Object.entries(library).map(([name, value]) => [
    name,
    guardedValue(`${place}${name}`, value, free.includes(name as keyof T)),
  ]);
  return Object.fromEntries(entries) as T;
}

function guardedValue(where: string, value: unknown, free: boolean): unknown {
  if (typeof value === "function") {
    return isClass(value) ? value : guardedCall(where, value as Call, free);
  }
  const plain = typeof value === "object" && value !== null &&
    Object.getPrototypeOf(value) === Object.prototype;
  return plain ? guarded(value, [], `${where}.`) : value;
}

function guardedCall(where: string, call: Call, free: boolean): Call {
  const checked: Call = (...args) => {
    if (!free) refuseIfStopped();
    refuseWrongArguments(where, args);
    const result = call(...args);
    if (!(result instanceof Promise)) return withSummaries(result);
    return working(result.then((value) => withSummaries(value)));
  };
  return Object.assign(checked, guarded({ ...call }, [], `${where}.`)); // show.live
}

function isClass(value: object): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value));
}
