/** What it means that something is missing. */

/** What nothing here does without; of Deno another version may do. */
const NEEDED: readonly string[] = ["disk", "memory"];

/** "3 missing. None is needed for deno task reproduce or deno task test." */
export function missingInWords(missing: readonly string[]): string {
  const needed = missing.filter((what) => NEEDED.includes(what));
  const which = needed.length === 0
    ? "None is"
    : `Of these, ${needed.join(" and ")} ${needed.length > 1 ? "are" : "is"}`;
  return `${missing.length} missing. ${which} needed for deno task reproduce or deno task test.`;
}
