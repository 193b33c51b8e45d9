/** plotly.js, run in the stand-in browser; loaded when the first picture is made. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { openBrowser } from "./browser.ts";

/** A complaint of plotly's schema check. */
export interface SchemaError {
  /** "schema", "value", "object", "array", "unused", "dynamic", "invisible" */
  readonly code: string;
  readonly container: "data" | "layout";
  /** index of the trace, null for the layout */
  readonly trace: number | null;
  /** the attribute as "marker.color" */
  readonly astr: string;
  readonly msg: string;
}

/** What a picture is drawn from: a figure as plotly takes it, which plotly may write into. */
export interface Drawing {
  readonly data: Record<string, unknown>[];
  readonly layout: Record<string, unknown>;
}

/** The part of plotly.js used here. */
export interface Plotly {
  validate(data: Drawing["data"], layout: Drawing["layout"]): SchemaError[] | undefined;
  toImage(
    drawing: Drawing,
    options: { format: "svg"; width: number; height: number; imageDataOnly: true },
  ): Promise<string>;
  /** Starts the stream that plotly draws its element ids from again: equal figures, equal ids. */
  restartIds(): void;
}

let loading: Promise<Plotly> | undefined;

/** plotly, ready to draw; the first call takes about a second. */
export function loadPlotly(): Promise<Plotly> {
  return loading ??= load();
}

async function load(): Promise<Plotly> {
  const ids = new IdStream();
  const globals = {
    ...await openBrowser(),
    Math: Object.create(Math, { random: { value: () => ids.next() } }),
  };
  const file = createRequire(import.meta.url).resolve("plotly.js-cartesian-dist-min");
  const module = { exports: {} as Plotly };
  // The script gets its globals as arguments, so that nothing of a browser leaks into the process.
  const script = new Function("module", "exports", ...Object.keys(globals), read(file));
  script(module, module.exports, ...Object.values(globals));
  return Object.assign(module.exports, { restartIds: () => ids.restart() });
}

function read(file: string): string {
  return readFileSync(file, "utf8");
}

/** Lehmer's minimal standard generator: element ids need to differ, no more. */
class IdStream {
  #state = 1;

  restart(): void {
    this.#state = 1;
  }

  next(): number {
    this.#state = this.#state * 48271 % 2147483647;
    return this.#state / 2147483647;
  }
}
