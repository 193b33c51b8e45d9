/** Boxes and the affine maps that move them: the little geometry that measuring an SVG needs. */

/** An axis-parallel box. */
export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** The smallest box around both; null stands for nothing at all. */
export function union(a: Box | null, b: Box | null): Box | null {
  if (!a || !b) return a ?? b;
  return {
    x0: Math.min(a.x0, b.x0),
    y0: Math.min(a.y0, b.y0),
    x1: Math.max(a.x1, b.x1),
    y1: Math.max(a.y1, b.y1),
  };
}

/** x' = a x + c y + e, y' = b x + d y + f, in SVG's order. */
type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

const identity: Affine = [1, 0, 0, 1, 0, 0];

function compose([a, b, c, d, e, f]: Affine, [A, B, C, D, E, F]: Affine): Affine {
  return [
    a * A + c * B,
    b * A + d * B,
    a * C + c * D,
    b * C + d * D,
    a * E + c * F + e,
    b * E + d * F + f,
  ];
}

/** The box around the four corners of `box` after an SVG `transform` attribute. */
export function transformed(box: Box | null, transform: string | null): Box | null {
  if (!box || !transform) return box;
  const [a, b, c, d, e, f] = affineOf(transform);
  const corners = [[box.x0, box.y0], [box.x1, box.y0], [box.x0, box.y1], [box.x1, box.y1]] as const;
  return corners.reduce<Box | null>((around, [x, y]) => {
    const X = a * x + c * y + e;
    const Y = b * x + d * y + f;
    return union(around, { x0: X, y0: Y, x1: X, y1: Y });
  }, null);
}

function affineOf(transform: string): Affine {
  let map = identity;
  for (const [, name, list] of transform.matchAll(/(\w+)\(([^)]*)\)/g)) {
    map = compose(map, primitive(name!, list!.trim().split(/[\s,]+/).map(Number)));
  }
  return map;
}

function primitive(name: string, values: readonly number[]): Affine {
  const [p = 0, q, r = 0, s = 0, t = 0, u = 0] = values;
  switch (name) {
    case "translate":
      return [1, 0, 0, 1, p, q ?? 0];
    case "scale":
      return [p, 0, 0, q ?? p, 0, 0];
    case "rotate": {
      const cos = Math.cos(p * Math.PI / 180);
      const sin = Math.sin(p * Math.PI / 180);
      const [x, y] = [q ?? 0, r]; // about this point
      return [cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y];
    }
    case "matrix":
      return [p, q ?? 0, r, s, t, u];
    default:
      throw new Error(`SVG transform ${name} is not measured`);
  }
}
