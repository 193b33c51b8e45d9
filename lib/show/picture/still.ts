/** A figure as it stands still: checked, its controls gone, one frame chosen. */
import { BadInput } from "../../base/bad_input.ts";
import type { Figure, Trace } from "../figure.ts";
import { fontFamily, withSmallPrint } from "../theme.ts";
import type { Drawing, Plotly } from "./plotly.ts";

/** Trace types that plotly draws with WebGL or on a map; the cartesian bundle has none of them. */
const needBrowser = new RegExp(
  [
    "gl$|3d$|mapbox$|geo$|^(?:choropleth|density|scatter)map$",
    "^(?:choropleth|cone|isosurface|mesh3d|parcoords|splom|streamtube|surface|volume)$",
  ].join("|"),
);

/**
 * Refuses traces that only a browser with WebGL or map tiles can draw: they would come out blank.
 *
 * @throws {BadInput} naming the trace and its type
 */
export function refuseBrowserOnly(data: readonly Trace[]): void {
  data.forEach((trace, index) => {
    const type = String(trace.type ?? "scatter");
    if (!needBrowser.test(type)) return;
    throw new BadInput(
      "this trace type has no static picture without a browser",
      `trace ${index} (${traceName(trace)}), key type`,
      type,
      "Use a cartesian type such as scatter, bar, heatmap, box or violin",
    );
  });
}

/**
 * Holds a figure against plotly's own schema. A key that plotly would ignore is an error as well:
 * a misspelt option must not pass in silence.
 *
 * @throws {BadInput} naming the trace or layout, the key, and plotly's complaint
 */
export function checkSchema(plotly: Plotly, { data, layout }: Drawing): void {
  const found = plotly.validate(data, layout)?.find((error) =>
    ["schema", "value", "object", "array"].includes(error.code)
  );
  if (!found) return;
  const at = found.container === "layout"
    ? "layout"
    : `trace ${found.trace} (${traceName(data[found.trace ?? 0] ?? {})})`;
  throw new BadInput(
    "plotly does not know this",
    `${at}, key ${found.astr}`,
    found.msg,
    "Compare with plotly's reference of that trace type or of layout",
  );
}

function traceName(trace: Trace): string {
  return String(trace.name ?? trace.type ?? "scatter");
}

/** A frame as plotly's animations have it. */
interface Frame {
  readonly name?: string;
  readonly data?: readonly Trace[];
  readonly traces?: readonly number[];
  readonly layout?: Readonly<Record<string, unknown>>;
}

interface Slider {
  readonly active?: number;
  readonly steps?: readonly { readonly label?: string; readonly args?: readonly unknown[] }[];
  readonly currentvalue?: { readonly prefix?: string };
}

/**
 * The figure without sliders and buttons, as plotly may write into it. Of a figure with frames,
 * the one its slider stands on is drawn, else the last, and the grey line says which.
 */
export function stillOf(figure: Figure): Drawing {
  const { data, layout, frames } = structuredClone({
    data: figure.data as Record<string, unknown>[],
    layout: figure.layout as Record<string, unknown>,
    frames: (figure.frames ?? []) as readonly Frame[],
  });
  const slider = (layout.sliders as readonly Slider[] | undefined)?.[0];
  delete layout.sliders;
  delete layout.updatemenus;
  layout.font = { family: fontFamily, ...layout.font as object };

  const active = slider?.active === undefined ? undefined : slider.steps?.[slider.active];
  const wanted = (active?.args?.[0] as string[] | undefined)?.[0];
  const frame = (wanted === undefined ? undefined : frames.find(({ name }) => name === wanted)) ??
    frames.at(-1);
  if (!frame) return { data, layout };
  frame.data?.forEach((trace, i) => {
    const target = frame.traces?.[i] ?? i;
    data[target] = merged(data[target] ?? {}, trace);
  });
  const label = `${slider?.currentvalue?.prefix ?? ""}${
    active?.label ?? frame.name ?? "last frame"
  }`;
  return {
    data,
    layout: withSmallPrint(merged(layout, frame.layout ?? {}), `shown: ${label}`),
  };
}

/** Deep merge of plain objects; arrays and values of `over` replace those of `base`. */
function merged(
  base: Readonly<Record<string, unknown>>,
  over: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const old = result[key];
    result[key] = isRecord(old) && isRecord(value) ? merged(old, value) : value;
  }
  return result;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) &&
    !ArrayBuffer.isView(value);
}
