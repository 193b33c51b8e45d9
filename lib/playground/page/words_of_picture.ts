/** What a picture shows, in words: captions, what screen readers say, and the table. */
import { escapeHtml } from "../../base/escape_html.ts";
import { measureInWords } from "../../show/measure_words.ts";
import type { Frame } from "../frame.ts";
import type { PlaygroundMeasures } from "../held_out.ts";
import type { Begun } from "../messages.ts";
import { controls, defaultSettings, type PlaygroundSettings } from "../playground_settings.ts";
import type { RecallCurve } from "./recall_view.ts";

/** What a training is, "K 4, β 0, λ 100", and whatever else is not as at the start. */
export function inWords(settings: PlaygroundSettings): string {
  const names = Object.keys(controls) as (keyof PlaygroundSettings)[];
  return names
    .filter((name) =>
      ["K", "beta", "lambda"].includes(name) || settings[name] !== defaultSettings[name]
    )
    .map((name) => `${controls[name].label} ${settings[name]}`).join(", ");
}

/** The captions of the views of one user. */
export function aboutUser({ user }: Frame, begun: Begun, hidden: number) {
  const { planted, target, selected, effectiveItems, history } = user;
  const items = effectiveItems.map((value) => value.toFixed(1)).join(", ");
  return {
    plane: `Items are the numbers of their planted interests, which stand around. User ` +
      `${user.user} has ${
        planted.join(", ")
      } (filled); ringed: the history; red: the next item, of ` +
      `${begun.interestOfItem[target]}; v${selected + 1} is nearest to it.`,
    routing:
      `What each interest takes of the ${history.length} items of the history, %, oldest first, ` +
      `by planted interest. Effective items: ${items}.`,
    negatives: `All other items as v${selected + 1}, the selected interest, scores them; x₊ is ` +
      `the next item. Effective negatives ${user.effectiveNegatives.toFixed(0)} of ` +
      `${user.negatives.length}. Red: ${hidden} that another interest scores among the hardest ` +
      `(square) and the selected one does not.`,
  };
}

/** A step, and the means that were last measured, of that step or of an earlier one. */
export function announced(
  step: number,
  { step: at, recall, effectiveItems, effectiveItemsUniform, hidden }: PlaygroundMeasures,
): string {
  return `Step ${step}${at === step ? ". Recall" : `; at step ${at} recall`}@20 ` +
    `${(100 * recall).toFixed(1)} %, effective items ${effectiveItems.toFixed(1)} of ` +
    `${effectiveItemsUniform.toFixed(1)}, ${(100 * hidden).toFixed(0)} % of the hard negatives ` +
    "hidden by the selection.";
}

/** Rows of the table of means, a training each. */
export function numbersHtml(curves: readonly RecallCurve[]): string {
  return curves.map(({ name, curve }) => {
    const now = curve.at(-1)!;
    const cells = [
      String(now.step),
      `${(100 * now.recall).toFixed(1)} %`,
      `${now.effectiveItems.toFixed(1)} of ${now.effectiveItemsUniform.toFixed(1)}`,
      now.effectiveNegatives.toFixed(0),
      `${(100 * now.hidden).toFixed(0)} %`,
      measureInWords("interest-cosine", now.cosine),
    ];
    return `<tr><th scope="row">${escapeHtml(name)}</th>${
      cells.map((cell) => `<td>${cell}</td>`).join("")
    }</tr>`;
  }).join("");
}
