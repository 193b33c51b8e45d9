/**
 * Showing things in a notebook. Everything goes through the awaited {@linkcode show}: the kernel
 * files output that is still under way when a cell ends under the next cell, or loses it, so show
 * waits until its output is out.
 */
import { BadInput } from "../base/bad_input.ts";
import { escapeHtml } from "../base/escape_html.ts";
import { jupyter } from "../base/notebook_kernel.ts";
import {
  type Bundle,
  type Displayable,
  draftBundle,
  figureBundle,
  figureInWords,
  jupyterDisplay,
} from "./bundle.ts";
import type { Figure } from "./figure.ts";
import { numbersFold } from "./folded.ts";
import { has, isPromise, isRun, kindOf } from "./kinds.ts";

/** What can be shown: figures, tables, markdown, HTML, data frames, text. */
export type Showable = Figure | Displayable | string;

/** Something on display that can be replaced where it stands. */
export interface View {
  /**
   * Replaces what is shown.
   *
   * @throws {BadInput} as {@linkcode show}
   * @param draft shows a figure as a picture only: for figures that are replaced again a moment
   *              later, never for the last one
   */
  update(thing: Showable, options?: { readonly draft: boolean }): Promise<void>;
}

/** The part of the notebook protocol that showing needs; `Deno.jupyter` has it. */
export interface Frontend {
  broadcast(
    type: "display_data" | "update_display_data",
    content: {
      readonly data: Bundle;
      readonly metadata: object;
      readonly transient: { readonly display_id: string };
    },
  ): Promise<void>;
}

/** The longest that the kernel took to send output on, with a margin. Milliseconds. */
const settlingTime = 40;

/** The running notebook's front end, or null outside of a notebook. */
export function notebook(): Frontend | null {
  return jupyter() as Frontend | undefined ?? null;
}

/** How something is put on display. */
export interface LiveOptions {
  /** as in {@linkcode View.update} */
  readonly draft?: boolean;
  /** where it is shown: the running notebook unless told, null for the terminal */
  readonly frontend?: Frontend | null;
}

/** Showing, once or to be replaced. */
export interface Show {
  /** Shows a thing and resolves when it is out. */
  (thing: Showable): Promise<void>;
  /** Shows a thing that can be replaced where it stands. */
  live(thing: Showable, options?: LiveOptions): Promise<View>;
}

/**
 * Shows a figure, table, markdown, data frame or text in the notebook, and resolves when it is out;
 * prints it in words outside of a notebook. `await show(...)` as the last line of a cell, or
 *
 * ```ts
 * const view = await show.live(first);
 * await view.update(second);
 * ```
 *
 * @throws {BadInput} for what cannot be shown, a promise among it, and for figures that cannot be
 *         drawn without a browser or have unknown keys
 */
export const show: Show = Object.assign(showOnce, { live: showLive });

async function showOnce(thing: Showable): Promise<void> {
  await showLive(thing);
  const fold = has(thing, "numbers") && notebook() ? numbersFold(thing as Figure) : null;
  if (fold) await showLive(fold);
}

async function showLive(
  thing: Showable,
  { draft = false, frontend = notebook() }: LiveOptions = {},
): Promise<View> {
  const display_id = crypto.randomUUID();
  refuseOthers(thing);
  const send = async (
    type: "display_data" | "update_display_data",
    shown: Showable,
    asDraft: boolean, // something follows, so that there is nothing to wait for
  ) => {
    if (!frontend) return console.log(await inWords(shown));
    const data = await bundleOf(shown, asDraft);
    await frontend.broadcast(type, { data, metadata: {}, transient: { display_id } });
    if (!asDraft) await new Promise((resolve) => setTimeout(resolve, settlingTime));
  };
  await send("display_data", thing, draft);
  return {
    async update(next, options) {
      refuseOthers(next);
      await send("update_display_data", next, options?.draft ?? false);
    },
  };
}

/** Refuses what has no way of being shown. */
function refuseOthers(thing: unknown): void {
  const shown = typeof thing === "string" || has(thing, "data", "layout") ||
    (has(thing) && jupyterDisplay in (thing as object));
  if (shown) return;
  throw new BadInput(
    isPromise(thing)
      ? "this is a promise: write await before it"
      : `takes a figure, a table, markdown or text, and got ${kindOf(thing)}`,
    "show",
    undefined,
    howToShow(thing),
  );
}

function howToShow(thing: unknown): string {
  if (isPromise(thing)) return "For example await show(await follow(…)).";
  if (thing === undefined) return "Did the function that made it return something?";
  if (Array.isArray(thing) && thing.every(isRun)) return "Write await show(resultsTable(runs)).";
  if (Array.isArray(thing)) return "Write await show(table(rows)), or show each of them.";
  if (typeof thing === "number" || typeof thing === "boolean") {
    return `Write await show("${thing}"), or console.log(…).`;
  }
  return "Write console.log to see all of it.";
}

/** Text that a notebook renders as markdown, equations included. */
export function markdown(text: string): Displayable {
  return { [jupyterDisplay]: () => ({ "text/markdown": text, "text/plain": text }) };
}

/** Text whose lines end between words; as text/plain alone front ends break it anywhere. */
function textBundle(text: string): Bundle {
  const style = "margin:0;white-space:pre-wrap;word-break:normal;overflow-wrap:anywhere";
  return { "text/html": `<pre style="${style}">${escapeHtml(text)}</pre>`, "text/plain": text };
}

async function bundleOf(thing: Showable, draft: boolean): Promise<Bundle> {
  if (typeof thing === "string") return textBundle(thing);
  if (jupyterDisplay in thing) return await thing[jupyterDisplay]();
  return draft ? await draftBundle(thing) : await figureBundle(thing);
}

async function inWords(thing: Showable): Promise<string> {
  if (typeof thing === "string") return thing;
  if (jupyterDisplay in thing) return (await thing[jupyterDisplay]())["text/plain"];
  return figureInWords(thing);
}
