/**
 * A browser's window without a browser: jsdom, with the measuring that jsdom lacks. It is made for
 * plotly and holds no more than plotly asks for.
 */
import type { Box } from "./box.ts";
import { makeDrawable } from "./canvas.ts";
import { openFaces } from "./fonts.ts";
import { type Measure, measureWith } from "./measure.ts";

/** The names that a script finds instead of a browser's globals. */
export type BrowserGlobals = Readonly<Record<string, unknown>>;

/** Makes the window and returns the globals to run a script with. */
export async function openBrowser(): Promise<BrowserGlobals> {
  const [{ JSDOM, VirtualConsole }, { default: geometry }, { encode }, faces] = await Promise.all([
    import("jsdom"),
    import("svg-path-commander"),
    import("fast-png"),
    openFaces(),
  ]);
  // A silent console: jsdom reports every function it does not have.
  const { window } = new JSDOM("<!doctype html><body></body>", {
    virtualConsole: new VirtualConsole(),
  });
  addMeasuring(window, measureWith(faces, geometry));

  const document: Document = window.document;
  const createElement = document.createElement.bind(document);
  document.createElement = (tag: string, ...options: ElementCreationOptions[]) => {
    const element = createElement(tag, ...options);
    if (tag.toLowerCase() === "canvas") makeDrawable(element as HTMLCanvasElement, encode);
    return element;
  };
  // Without "pixelated" plotly draws heat maps at full size, sharp in every viewer.
  Object.defineProperty(window, "CSS", { value: { supports: () => false } });
  Object.assign(window, {
    matchMedia: () => ({ matches: false, addEventListener() {} }),
  });
  Object.assign(window.URL, { createObjectURL: () => "", revokeObjectURL() {} });

  const passedOn = [
    "document",
    "navigator",
    "getComputedStyle",
    "matchMedia",
    "URL",
    "DOMParser",
    "XMLSerializer",
    "HTMLElement",
    "Element",
    "Node",
    "Image",
  ];
  return {
    window,
    self: window,
    ...Object.fromEntries(passedOn.map((name) => [name, window[name]])),
    MutationObserver: Observer,
    ResizeObserver: Observer,
    requestAnimationFrame: (draw: () => void) => setTimeout(draw, 0),
    cancelAnimationFrame: clearTimeout,
  };
}

/** Nothing changes behind a static picture's back. */
class Observer {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

// deno-lint-ignore no-explicit-any -- a foreign boundary: jsdom ships no types
function addMeasuring(window: any, measure: Measure): void {
  delete window.HTMLElement.prototype.getBoundingClientRect; // its zeros would hide ours
  Object.assign(window.Element.prototype, {
    getBBox(this: Element) {
      return rectangle(measure.box(this));
    },
    getBoundingClientRect(this: Element) {
      return rectangle(measure.boxInPicture(this));
    },
    getComputedTextLength(this: Element) {
      return measure.textLength(this);
    },
    getTotalLength(this: Element) {
      return measure.pathLength(this);
    },
    getPointAtLength(this: Element, distance: number) {
      return measure.pointAlong(this, distance);
    },
  });
}

function rectangle(box: Box | null) {
  const { x0, y0, x1, y1 } = box ?? { x0: 0, y0: 0, x1: 0, y1: 0 };
  return {
    x: x0,
    y: y0,
    left: x0,
    top: y0,
    right: x1,
    bottom: y1,
    width: x1 - x0,
    height: y1 - y0,
  };
}
