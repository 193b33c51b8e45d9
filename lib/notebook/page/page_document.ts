/** The frame of every page: its head, and what may run and be loaded in it. */
import { createHash } from "node:crypto";
import { escapeHtml } from "../../base/escape_html.ts";
import { mathFont } from "./math_font.ts";
import { STYLE } from "./page_style.ts";

/** Nothing may be loaded from elsewhere and only these scripts run, whatever an output contains. */
function policyFor(scripts: readonly string[]): string {
  const hashes = scripts.map((script) =>
    `'sha256-${createHash("sha256").update(script).digest("base64")}'`
  );
  return "default-src 'none'; img-src data: blob:; font-src data:; style-src 'unsafe-inline'; " +
    `script-src ${hashes.join(" ") || "'none'"}; base-uri 'none'; form-action 'none'`;
}

/**
 * A page on its own: its style, its scripts and the font of its equations are inside.
 *
 * @param body HTML of the project's own making
 * @param scripts run in this order after the body; only these run
 * @param style further CSS of this page
 */
export async function documentHtml(
  title: string,
  body: string,
  scripts: readonly string[] = [],
  style: string = STYLE,
): Promise<string> {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policyFor(scripts)}">
<title>${escapeHtml(title)}</title>
<style>${style}${await mathFont(body)}</style>
</head>
<body>
${body}
${scripts.map((script) => `<script>${script}</script>`).join("\n")}
</body>
</html>
`;
}
