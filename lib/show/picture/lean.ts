/** Plotly's SVG made smaller without a visible difference, since notebooks carry the pictures. */

/**
 * Drops what no viewer needs: defaults spelt out, hidden texts, empty groups, clip paths that
 * nothing refers to, digits beyond a hundredth of a pixel. Also takes the quotes out of references,
 * which resvg stumbles over, and the clip path off the legend, whose box is measured in Arial's
 * widths: in a viewer's wider font its names would be cut.
 */
export function lean(svg: string): string {
  return withoutUnusedClips(withoutEmptyGroups(
    svg
      .replace(/url\((?:'|&quot;)(#[^'&]+)(?:'|&quot;)\)/g, "url($1)")
      .replace(/(<g class="scrollbox"[^>]*?) clip-path="[^"]*"/g, "$1")
      .replace(/<g [^>]*\bdisplay="none"[^>]*><text\b.*?<\/text><\/g>/gs, "")
      .replace(/ style="[^"]*"/g, withoutDefaults)
      .replace(/ (?:d|transform|x|y|width|height|cx|cy|r)="[^"]*"/g, rounded),
  ));
}

function withoutDefaults(style: string): string {
  return style.replace(/(?<=[ "])(?:fill-opacity|stroke-opacity|opacity): 1; ?/g, "");
}

function rounded(attribute: string): string {
  return attribute.replace(
    /-?\d+\.\d{3,}(?:e[-+]?\d+)?/g,
    (number) => String(Number(Number(number).toFixed(2))),
  );
}

function withoutEmptyGroups(svg: string): string {
  const fewer = svg.replace(/<g(?: (?:class|transform|style)="[^"]*")*(?:\/>|><\/g>)/g, "");
  return fewer.length === svg.length ? svg : withoutEmptyGroups(fewer);
}

function withoutUnusedClips(svg: string): string {
  const used = new Set(Array.from(svg.matchAll(/url\(#([^)]+)\)/g), ([, id]) => id));
  return svg.replace(
    /<clipPath\b[^>]*\bid="([^"]+)"[^>]*>.*?<\/clipPath>/gs,
    (clip, id) => used.has(id) ? clip : "",
  );
}
