/** Plotly's SVG made smaller without a visible difference, since notebooks carry the pictures. */

/**
 * Drops what no viewer needs: defaults spelt out, hidden texts, names of classes, digits beyond a
 * tenth of a pixel; says once what siblings or all texts share. Also takes the quotes out of
 * references, which resvg stumbles over, and the clip path off the legend, whose box is measured in
 * Arial's widths: in a viewer's wider font its names would be cut.
 */
export async function lean(svg: string): Promise<string> {
  const { optimize } = await import("svgo");
  const ready = svg
    .replace(/url\((?:'|&quot;)(#[^'&]+)(?:'|&quot;)\)/g, "url($1)")
    .replace(/(<g class="scrollbox"[^>]*?) clip-path="[^"]*"/g, "$1")
    .replace(/<g [^>]*\bdisplay="none"[^>]*><text\b.*?<\/text><\/g>/gs, "");
  const { data } = optimize(ready, {
    floatPrecision: 1,
    plugins: [
      { name: "removeAttrs", params: { attrs: ["class", "data-notex"] } },
      "convertStyleToAttrs", // so that they move to the group around elements that share them
      "preset-default",
    ],
  });
  return [/ font-family="[^"]*"/, / style="white-space:pre"/].reduce(saidByRoot, data);
}

/** What all texts have, as an attribute of the picture, from which they inherit it. */
function saidByRoot(svg: string, attribute: RegExp): string {
  const texts = svg.match(/<text\b[^>]*>/g) ?? [];
  const all = new Set(texts.map((text) => text.match(attribute)?.[0]));
  const [one] = all;
  if (one === undefined || all.size > 1) return svg;
  return svg.replace(/<text\b[^>]*>/g, (text) => text.replace(one, "")).replace(
    "<svg",
    `<svg${one}`,
  );
}
