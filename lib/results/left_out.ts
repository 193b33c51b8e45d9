/** Says once what the store holds beside the published trainings. */
import { isAsked } from "./answers.ts";
import { strangeness, studyNames } from "./study.ts";
import { readRuns } from "./store.ts";

/** Keys that are named for one reason; there may be hundreds. */
const MOST_KEYS = 4;

/** The folders of which it is said: every figure asks for runs anew. */
const said = new Set<string>();

/**
 * Warns in one line, the first time that a folder is asked for published runs, of those on the
 * studies' data sets that no published figure or table is made of: how many, why, and their keys.
 */
export async function sayLeftOut(folder: string): Promise<void> {
  if (said.has(folder)) return;
  said.add(folder);
  const found: { readonly key: string; readonly why: string }[] = [];
  for (const name of studyNames) {
    for (const run of (await readRuns(folder, name)).runs) {
      const why = strangeness(run);
      if (why !== null && !isAsked(run)) found.push({ key: run.key, why });
    }
  }
  if (found.length === 0) return;
  const reasons = [...Map.groupBy(found, ({ why }) => why)].map(([why, runs]) => {
    const keys = runs.slice(0, MOST_KEYS).map(({ key }) => key.slice(0, 6)).join(", ");
    return `${why} (${keys}${runs.length > MOST_KEYS ? `, … ${runs.length} runs` : ""})`;
  });
  const count = found.length === 1 ? "1 recorded run is" : `${found.length} recorded runs are`;
  console.warn(`${count} left out of the published figures and tables: ${reasons.join("; ")}.`);
}
