/** What a routing of the toy must be like. */
import { toy } from "../../analyze/toy/toy_user.ts";
import { BadInput } from "../../base/bad_input.ts";

/**
 * Refuses what is no routing over the toy's history.
 *
 * @param A [K, L] rows that sum to 1
 * @throws {BadInput} naming the row
 */
export function requireRouting(where: string, A: readonly (readonly number[])[]): void {
  const L = toy.history.length;
  const remedy = `Give [K, L] weights: rows of ${L} that sum to 1, such as toy.A.`;
  if (A.length === 0) throw new BadInput("no rows", `${where}, A`, "[]", remedy);
  A.forEach((row, k) => {
    const sum = row.reduce((all, weight) => all + weight, 0);
    if (row.length === L && Math.abs(sum - 1) < 1e-3) return;
    const what = row.length === L ? `a sum of ${sum.toFixed(3)}` : `not ${L} weights`;
    throw new BadInput(what, `${where}, A, row ${k + 1}`, row.length, remedy);
  });
}
