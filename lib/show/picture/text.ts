/** How much room SVG text takes, as Chromium would measure it. */
import { type Box, union } from "./box.ts";
import type { Face, Faces } from "./fonts.ts";
import { fontSize, inheritedStyle, pixels } from "./style.ts";

/** A stretch of text that starts at a given x: `tspan x=…` begins a new one. */
interface Run {
  readonly x: number;
  width: number;
  top: number;
  bottom: number;
}

/** The box around a `text` or `tspan` element in its own coordinates; null without any text. */
export function textBox(text: Element, faces: Faces): Box | null {
  const runs: Run[] = [];
  // A first span's own dy overrules that of the text around it.
  const dy = text.firstElementChild?.hasAttribute("dy") ? null : text.getAttribute("dy");
  let baseline = pixels(text.getAttribute("y"), fontSize(text)) + pixels(dy, fontSize(text));
  let run = begin(pixels(text.getAttribute("x"), fontSize(text)));
  walk(text);
  const shift = { start: 0, middle: 0.5, end: 1 }[inheritedStyle(text, "text-anchor")] ?? 0;
  return runs.filter((r) => r.top <= r.bottom).reduce<Box | null>((box, r) => {
    const x0 = r.x - shift * r.width;
    return union(box, { x0, y0: r.top, x1: x0 + r.width, y1: r.bottom });
  }, null);

  function begin(x: number): Run {
    const started = { x, width: 0, top: Infinity, bottom: -Infinity };
    runs.push(started);
    return started;
  }

  function walk(parent: Element): void {
    for (const child of parent.childNodes) {
      if (child.nodeType === 3 && child.nodeValue) addText(child.nodeValue, parent);
      if (child.nodeType === 1) addSpan(child as Element);
    }
  }

  function addText(content: string, parent: Element): void {
    const face = faceOf(parent, faces);
    const size = fontSize(parent);
    run.width += face.width(content) * size;
    // Chromium rounds ascent and descent to whole pixels.
    run.top = Math.min(run.top, baseline - Math.round(face.ascent * size));
    run.bottom = Math.max(run.bottom, baseline + Math.round(face.descent * size));
  }

  function addSpan(span: Element): void {
    const size = fontSize(span);
    const at = (name: string) => span.getAttribute(name);
    if (at("y") !== null) baseline = pixels(at("y"), size);
    if (at("x") !== null) run = begin(pixels(at("x"), size));
    run.width += pixels(at("dx"), size);
    baseline += pixels(at("dy"), size);
    walk(span);
  }
}

function faceOf(element: Element, faces: Faces): Face {
  const weight = inheritedStyle(element, "font-weight");
  const bold = weight === "bold" || Number.parseFloat(weight) >= 600;
  const italic = /italic|oblique/.test(inheritedStyle(element, "font-style"));
  if (bold) return faces(italic ? "boldItalic" : "bold");
  return faces(italic ? "italic" : "regular");
}
