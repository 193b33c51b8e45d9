/** What the store holds beside the published trainings: why it is none of these, said once. */
import { isAsked } from "./answers.ts";
import { type Identified, strangeness, studyNames } from "./study.ts";
import { readRuns } from "./store.ts";

/**
 * Why a recorded run enters no published figure or table; null for one that does, or whose place
 * another of its key has taken: a training of a study, or one that a question asks for.
 */
export function whyLeftOut(run: Identified): string | null {
  if (!studyNames.includes(run.data.name)) return "a data set without a study";
  return isAsked(run) ? null : strangeness(run);
}

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
      const why = whyLeftOut(run);
      if (why !== null) found.push({ key: run.key, why });
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
