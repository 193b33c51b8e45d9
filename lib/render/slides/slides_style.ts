/** The slides' own style and script, beside those of reveal.js. */

/** Light and dark by the reader's setting; pictures keep the white card they were drawn for. */
export const SLIDES_STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1a1a1a; --muted: #595959; --line: #d8d8d8;
  --code: #f5f5f3; --keyword: #8a1c6a; --string: #1a6331; --number: #9a4100; --title: #0b4f8a; }
@media (prefers-color-scheme: dark) { :root { --paper: #16181b; --ink: #e6e6e3; --muted: #a3a6a9;
  --line: #3a3e43; --code: #1f2226; --keyword: #e29ad0; --string: #93cf9f; --number: #efb07a;
  --title: #8fc3f5; } }
@media print { :root { --paper: #fff; --ink: #000; --muted: #555; --line: #ccc; --code: #f5f5f3;
  --keyword: #8a1c6a; --string: #1a6331; --number: #9a4100; --title: #0b4f8a; } }
html, body { margin: 0; }
html, body, .reveal-viewport { background: var(--paper); color: var(--ink); }
.reveal { color: var(--ink); font: 26px/1.4 system-ui, "Liberation Sans", Arial, sans-serif; }
.reveal .slides { text-align: left; }
.reveal .slides section, html.reveal-print .reveal .slides section { box-sizing: border-box;
  height: 720px !important; padding: 28px 40px 0 !important; }
.reveal .slides section > :first-child { margin-top: 0; }
.reveal h2 { font-size: 36px; line-height: 1.2; margin: 0 0 10px; }
.reveal .part { font-size: 18px; color: var(--muted); margin: 0 0 4px; }
.reveal .finding { font-size: 22px; color: var(--muted); margin: 0 0 10px; line-height: 1.3; }
.reveal img { display: block; max-width: 1200px; max-height: 490px; width: 100%; height: 490px;
  object-fit: contain; background: #fff; border-radius: 5px; }
.reveal .text { margin: 24px 0; }
.reveal .text li { margin: 10px 0; }
.reveal .equation { font-size: 30px; margin: 30px 0; }
.reveal pre.code { background: var(--code); border-left: 4px solid var(--line); margin: 16px 0;
  padding: 14px 18px; border-radius: 5px; font: 19px/1.45 ui-monospace, Menlo, Consolas,
  "Liberation Mono", monospace; white-space: pre-wrap; }
.reveal pre.code code { font: inherit; }
.reveal .table { font-size: 22px; margin-top: 20px; }
.reveal .foot { position: absolute; left: 40px; right: 100px; bottom: 14px; margin: 0;
  font-size: 15px; line-height: 1.3; color: var(--muted); }
.reveal .foot code { font: inherit; font-family: ui-monospace, Menlo, Consolas, monospace; }
.reveal .slide-number { background: none; color: var(--muted); font-size: 15px; right: 8px; }
.reveal .controls { bottom: 34px; }
.reveal .speaker-notes, .speaker-notes-pdf { font: 20px/1.45 system-ui, sans-serif;
  color: var(--ink); background: var(--code); padding: 12px 40px; }
.hljs-keyword, .hljs-literal { color: var(--keyword); }
.hljs-string, .hljs-regexp { color: var(--string); }
.hljs-number { color: var(--number); }
.hljs-title, .hljs-built_in { color: var(--title); }
.hljs-comment { color: var(--muted); font-style: italic; }
`;

/** Starts the deck: `?showNotes=true` shows what is said, `?print-pdf` is the layout for paper. */
export const SLIDES_SCRIPT = `
Reveal.initialize({ width: 1280, height: 720, margin: 0.02, center: false, hash: true,
  slideNumber: "c/t", transition: "none", pdfSeparateFragments: false });
`;
