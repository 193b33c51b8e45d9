/** What every view stands on: a canvas as sharp as the screen, and the page's colours. */

/** Colours of the page, of light or dark, or of paper. */
export interface Colours {
  readonly paper: string;
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly target: string;
  /** of a weight of 0 and of 1 */
  readonly least: string;
  readonly most: string;
}

/** A canvas that is being drawn on: sizes in CSS pixels. */
export interface Drawing {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  readonly colours: Colours;
}

/** The colours that the style sheet has at the moment. */
export function pageColours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    paper: colour("paper"),
    ink: colour("ink"),
    muted: colour("muted"),
    line: colour("line"),
    target: colour("target"),
    least: colour("least"),
    most: colour("most"),
  };
}

/** An empty canvas, as wide as its place. */
export function cleared(canvas: HTMLCanvasElement, height: number, colours: Colours): Drawing {
  const width = canvas.clientWidth;
  const scale = globalThis.devicePixelRatio || 1;
  const [across, down] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== across || canvas.height !== down) {
    canvas.width = across;
    canvas.height = down;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext("2d")!;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, width, height);
  return { context, width, height, colours };
}

/** Words on a drawing. */
export function write(
  { context, colours }: Drawing,
  text: string,
  x: number,
  y: number,
  { size = 12, colour = colours.ink, align = "left", bold = false }: {
    readonly size?: number;
    readonly colour?: string;
    readonly align?: CanvasTextAlign;
    readonly bold?: boolean;
  } = {},
): void {
  context.font = `${bold ? "bold " : ""}${size}px system-ui, sans-serif`;
  context.fillStyle = colour;
  context.textAlign = align;
  context.textBaseline = "middle";
  context.fillText(text, x, y);
}

/** A straight line. */
export function stroke(
  { context }: Drawing,
  points: readonly (readonly [number, number])[],
  colour: string,
  width = 1,
  dash: readonly number[] = [],
): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.setLineDash([...dash]);
  context.beginPath();
  points.forEach(([x, y], i) => i === 0 ? context.moveTo(x, y) : context.lineTo(x, y));
  context.stroke();
  context.setLineDash([]);
}

/** A colour between two of the form #rrggbb; 0 is the first. */
export function between(first: string, second: string, share: number): string {
  const channels = [1, 3, 5].map((at) => {
    const [a, b] = [first, second].map((text) => Number.parseInt(text.slice(at, at + 2), 16));
    return Math.round(a! + (b! - a!) * share);
  });
  return `rgb(${channels.join(",")})`;
}

/** Black or white, whichever is read better on a colour #rrggbb. */
export function inkOn(colour: string): string {
  const [r, g, b] = [1, 3, 5].map((at) =>
    (Number.parseInt(colour.slice(at, at + 2), 16) / 255) ** 2.2
  );
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b! > 0.18 ? "#000000" : "#ffffff";
}
