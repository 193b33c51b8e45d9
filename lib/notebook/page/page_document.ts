/** The frame of every page: its head, and what may run and be loaded in it. */
import { createHash } from "node:crypto";
import { escapeHtml } from "../../base/escape_html.ts";
import { mathFont } from "./math_font.ts";
import { STYLE } from "./page_style.ts";

/** What a page may do besides running its scripts. */
export interface PagePolicy {
  /** further sources of scripts */
  readonly script: readonly string[];
  /** where a worker may come from */
  readonly worker: string;
}

/** Nothing may be loaded from elsewhere and only these scripts run, whatever an output contains. */
function policyFor(scripts: readonly string[], further?: PagePolicy): string {
  const hashes = scripts.map((script) =>
    `'sha256-${createHash("sha256").update(script).digest("base64")}'`
  );
  const allowed = [...hashes, ...further?.script ?? []];
  const worker = further ? `worker-src ${further.worker}; ` : "";
  return "default-src 'none'; img-src data: blob:; font-src data:; style-src 'unsafe-inline'; " +
    `script-src ${allowed.join(" ") || "'none'"}; ${worker}base-uri 'none'; form-action 'none'`;
}

/**
 * A page on its own: its style, its scripts and the font of its equations are inside.
 *
 * @param body HTML of the project's own making
 * @param scripts run in this order after the body; only these run
 * @param style further CSS of this page
 * @param further what it may do besides; nothing unless given
 */
export async function documentHtml(
  title: string,
  body: string,
  scripts: readonly string[] = [],
  style: string = STYLE,
  further?: PagePolicy,
): Promise<string> {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policyFor(scripts, further)}">
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
