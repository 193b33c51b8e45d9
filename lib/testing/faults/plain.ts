/** Whether a message is one that a person can act on. */

/** What betrays a message that nobody has worded, by what it is called. */
const betrayals: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["a stack", /^\s+at .*:\d+:\d+\)?$/m],
  ["an uncaught error", /Uncaught|panicked|RuntimeError/],
  ["the name of a class", /\b(Type|Range|Reference|Syntax|Zod|Assertion)Error\b/],
  ["an undefined value", /\bundefined\b|\[object \w+\]/],
  ["the system's own words", /os error|\bE(NOENT|ACCES|PERM|ROFS|ISDIR|NOTDIR|EXIST|NOSPC|IO)\b/],
];

/** What is not plain in an error's message; null if it is plain. */
export function complaintAbout(message: string): string | null {
  if (message.trim() === "") return "no message";
  return betrayals.find(([, pattern]) => pattern.test(message))?.[0] ?? null;
}
