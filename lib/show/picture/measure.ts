/** Boxes and path lengths of SVG elements: what a browser's layout would answer. */
import type SvgPathCommander from "svg-path-commander";
import { type Box, transformed, union } from "./box.ts";
import type { Faces } from "./fonts.ts";
import { ownStyle, pixels } from "./style.ts";
import { textBox } from "./text.ts";

/** Answers for elements of one document. */
export interface Measure {
  /** SVG's getBBox: in the element's own coordinates */
  box(element: Element): Box | null;
  /** the same in the coordinates of the `svg` around it */
  boxInPicture(element: Element): Box | null;
  /** advance width of a text in its own coordinates */
  textLength(element: Element): number;
  /** length of a path */
  pathLength(path: Element): number;
  /** the point that far along a path */
  pointAlong(path: Element, distance: number): { x: number; y: number };
}

/** Measures with these faces, and with the path functions of svg-path-commander. */
export function measureWith(faces: Faces, geometry: typeof SvgPathCommander): Measure {
  const outline = (path: Element) => path.getAttribute("d") ?? "";

  function box(element: Element): Box | null {
    const length = (name: string) => pixels(element.getAttribute(name), 0);
    switch (element.localName) {
      case "text":
      case "tspan":
        return textBox(element, faces);
      case "rect":
      case "image": {
        const [x0, y0] = [length("x"), length("y")];
        return { x0, y0, x1: x0 + length("width"), y1: y0 + length("height") };
      }
      case "circle": {
        const [x, y, r] = [length("cx"), length("cy"), length("r")];
        return { x0: x - r, y0: y - r, x1: x + r, y1: y + r };
      }
      case "path":
        return pathBox(outline(element));
      case "g":
      case "a":
        return childrenBox(element);
      default: // svg and div: what their style says
        return {
          x0: 0,
          y0: 0,
          x1: pixels(ownStyle(element, "width"), 0),
          y1: pixels(ownStyle(element, "height"), 0),
        };
    }
  }

  function childrenBox(group: Element): Box | null {
    return [...group.children]
      .filter((child) => ownStyle(child, "display") !== "none")
      .reduce<Box | null>(
        (around, child) => union(around, transformed(box(child), child.getAttribute("transform"))),
        null,
      );
  }

  function pathBox(d: string): Box | null {
    if (!d) return null;
    const { x, y, x2, y2 } = geometry.getPathBBox(d);
    return { x0: x, y0: y, x1: x2, y1: y2 };
  }

  return {
    box,
    boxInPicture(element) {
      let around = box(element);
      for (let at: Element | null = element; at && at.localName !== "svg"; at = at.parentElement) {
        around = transformed(around, at.getAttribute("transform"));
      }
      return around;
    },
    /** advance width of a text in its own coordinates */
    textLength(element) {
      const around = textBox(element, faces);
      return around ? around.x1 - around.x0 : 0;
    },
    pathLength: (path) => outline(path) ? geometry.getTotalLength(outline(path)) : 0,
    pointAlong: (path, distance) =>
      outline(path) ? geometry.getPointAtLength(outline(path), distance) : { x: 0, y: 0 },
  };
}
