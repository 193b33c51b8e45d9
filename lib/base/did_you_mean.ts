/** What somebody who misspelt a name may have meant. */
import { distance } from "fastest-levenshtein";
import { shownName } from "./shown_name.ts";

/**
 * The known name nearest to a word, or null if none is near: case, hyphens and underscores do not
 * count, and at most a third of the letters may differ.
 *
 *     nearest("lamda", ["beta", "lambda"])       // "lambda"
 *     nearest("learning_rate", ["learningRate"]) // "learningRate"
 */
export function nearest(word: string, known: readonly string[]): string | null {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[-_ ]/g, "");
  const letters = (text: string) => [...plain(text)].sort().join("");
  const off = (name: string) =>
    letters(word) === letters(name)
      ? Math.min(1, distance(plain(word), plain(name))) // letters that changed places
      : distance(plain(word), plain(name));
  const found = known
    .map((name) => ({ name, off: off(name) }))
    .filter(({ name, off }) => off <= Math.max(word.length, name.length) / 3)
    .sort((a, b) => a.off - b.off)[0];
  return found?.name ?? null;
}

/** ", did you mean maxSteps" behind a word that is near to a known name; else nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  const name = nearest(word, known);
  return name === null ? "" : `, did you mean ${shownName(name)}`;
}
