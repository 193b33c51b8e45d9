/** Plotly's SVG made smaller without a visible difference, since notebooks carry the pictures. */

/**
 * Drops what no viewer needs: defaults spelt out, hidden texts, names of classes, digits beyond a
 * tenth of a pixel; says once what siblings share. Also takes the quotes out of references, which
 * resvg stumbles over, and the clip path off the legend, whose box is measured in Arial's widths:
 * in a viewer's wider font its names would be cut.
 */
export async function lean(svg: string): Promise<string> {
  const { optimize } = await import("svgo");
  const ready = svg
    .replace(/url\((?:'|&quot;)(#[^'&]+)(?:'|&quot;)\)/g, "url($1)")
    .replace(/(<g class="scrollbox"[^>]*?) clip-path="[^"]*"/g, "$1")
    .replace(/<g [^>]*\bdisplay="none"[^>]*><text\b.*?<\/text><\/g>/gs, "");
  return optimize(ready, {
    floatPrecision: 1,
    plugins: [
      { name: "removeAttrs", params: { attrs: ["class", "data-notex"] } },
      "convertStyleToAttrs", // so that they move to the group around elements that share them
      "preset-default",
    ],
  }).data;
}
