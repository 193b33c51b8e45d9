/**
 * Styles of SVG elements as plotly writes them: inline or as attributes, inherited from parents.
 * There are no style sheets in a picture, so nothing else has to be looked at.
 */

/** The element's own value of a property, or "". */
export function ownStyle(element: Element, property: string): string {
  for (const declaration of (element.getAttribute("style") ?? "").split(";")) {
    const colon = declaration.indexOf(":");
    if (declaration.slice(0, colon).trim() !== property) continue;
    return declaration.slice(colon + 1).replace(/!.*/, "").trim();
  }
  return element.getAttribute(property) ?? "";
}

/** The value of an inherited property, or "". */
export function inheritedStyle(element: Element, property: string): string {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const value = ownStyle(at, property);
    if (value) return value;
  }
  return "";
}

const browserFontSize = 16;

/** Font size in pixels. */
export function fontSize(element: Element): number {
  const value = ownStyle(element, "font-size");
  const inherited = () => element.parentElement ? fontSize(element.parentElement) : browserFontSize;
  if (!value) return inherited();
  if (value.endsWith("%")) return inherited() * number(value) / 100;
  if (value.endsWith("em")) return inherited() * number(value);
  return number(value);
}

/** A length in pixels: plain, px or em; 0 where there is none. */
export function pixels(value: string | null, emSize: number): number {
  return value?.endsWith("em") ? number(value) * emSize : number(value);
}

function number(value: string | null): number {
  const parsed = Number.parseFloat(value ?? "");
  return Number.isFinite(parsed) ? parsed : 0;
}
