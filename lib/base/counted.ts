/** Numbers of things in words. */

/** "1 step", "2 steps", "1,200 steps" */
export function counted(n: number, one: string): string {
  return `${n.toLocaleString("en-US")} ${one}${n === 1 ? "" : "s"}`;
}
