/** The pages' style sheet and script. Nothing is loaded from elsewhere; paper gets a handout. */

/** Light and dark by the reader's setting; figures keep the white card they were drawn for. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1a1a1a; --muted: #595959; --line: #d8d8d8;
  --code: #f5f5f3; --link: #0b57a4; --keyword: #8a1c6a; --string: #1a6331; --number: #9a4100;
  --title: #0b4f8a; --warn: #fdf0e4; }
@media (prefers-color-scheme: dark) { :root { --paper: #16181b; --ink: #e6e6e3; --muted: #a3a6a9;
  --line: #3a3e43; --code: #1f2226; --link: #82b8f0; --keyword: #e29ad0; --string: #93cf9f;
  --number: #efb07a; --title: #8fc3f5; --warn: #3a2a1c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 17px/1.6 Charter, "Bitstream Charter", Cambria, Georgia, serif; }
.page { max-width: 78rem; margin: 0 auto; padding: 1.5rem; }
@media (min-width: 70rem) {
  .page.with-contents { display: grid; grid-template-columns: 15rem minmax(0, 1fr); gap: 3rem; }
  nav.contents { position: sticky; top: 1.5rem; align-self: start; max-height: 95vh;
    overflow: auto; }
}
main { max-width: 54rem; min-width: 0; }
nav { font: 14px/1.45 system-ui, sans-serif; }
nav.contents ol { list-style: none; margin: .5rem 0; padding: 0; }
nav.contents li { margin: .3rem 0; }
nav.contents .level-3 { padding-left: 1rem; }
nav.pages { display: flex; gap: 1.5rem; flex-wrap: wrap; margin-bottom: 1.5rem; }
a { color: var(--link); }
h1, h2, h3, h4 { line-height: 1.25; margin: 2rem 0 .75rem; }
h1 { font-size: 2rem; margin-top: 0; }
.anchor { text-decoration: none; color: var(--muted); opacity: 0; }
.anchor:focus, h1:hover .anchor, h2:hover .anchor, h3:hover .anchor { opacity: 1; }
pre, code { font: 14px/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
code { background: var(--code); padding: .1em .25em; border-radius: 3px; }
pre { overflow-x: auto; margin: .5rem 0; }
pre code { padding: 0; background: none; }
pre.source, .markdown pre { background: var(--code); padding: .7rem .9rem; border-radius: 5px;
  border-left: 3px solid var(--line); }
pre.stderr { background: var(--warn); padding: .5rem .9rem; }
.cell { margin: 1.1rem 0; }
.count { font: 12px system-ui, sans-serif; color: var(--muted); text-decoration: none; }
img { max-width: 100%; height: auto; }
img.card, .plot { background: #fff; color: #1a1a1a; }
.plot { margin: 1rem 0; padding: 4px; border-radius: 5px; overflow-x: auto; }
.plot .live { display: none; }
.plot.drawn .live { display: block; }
.plot.drawn .still { display: none; }
.html { overflow-x: auto; }
table { border-collapse: collapse; font-size: 15px; }
th, td { padding: .25rem .7rem; border-bottom: 1px solid var(--line); }
blockquote { margin: 1rem 0; padding: .1rem 1rem; border-left: 3px solid var(--line); }
details { border: 1px solid var(--line); border-radius: 5px; padding: .5rem .9rem; margin: 1rem 0; }
summary { cursor: pointer; }
math { font-size: 1.05em; }
math.tml-display { display: block math; width: 100%; }
.equation { display: grid; grid-template-columns: 3rem 1fr 3rem; align-items: center;
  margin: .9rem 0; padding: .2rem 0; overflow: auto hidden; }
.equation math { grid-column: 2; }
.equation .number { text-align: right; }
nav.terms { margin: 1.5rem 0; }
.glossary th, .glossary td { text-align: left; vertical-align: baseline; }
@media (max-width: 40rem) { .glossary thead { display: none; }
  .glossary tr, .glossary th, .glossary td { display: block; border: 0; padding: .1rem 0; }
  .glossary tr { border-bottom: 1px solid var(--line); padding: .6rem 0; } }
main.wide { max-width: none; }
.command { font-size: 14px; color: var(--muted); }
ol.cards { list-style: none; padding: 0; display: grid; gap: 1.5rem 2rem;
  grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); }
ol.cards li { font-size: 15px; line-height: 1.45; }
ol.cards img { display: block; width: 100%; height: 12.5rem; object-fit: contain;
  background: #fff; border: 1px solid var(--line); border-radius: 5px;
  margin-bottom: .5rem; }
label.with-solutions { display: block; margin: .75rem 0; }
.hljs-keyword, .hljs-literal { color: var(--keyword); }
.hljs-string, .hljs-regexp { color: var(--string); }
.hljs-number { color: var(--number); }
.hljs-title, .hljs-built_in { color: var(--title); }
.hljs-comment { color: var(--muted); font-style: italic; }
@page { size: A4; margin: 13mm 15mm 14mm; }
@media print {
  :root { --paper: #fff; --ink: #000; --code: #f5f5f3; --muted: #555; --line: #ccc; --link: #000; }
  nav, nav.pages, nav.terms, .anchor, .count, .imports { display: none; }
  .page.with-contents { display: block; }
  .page, main { max-width: none; padding: 0; }
  body { font-size: 8.8pt; line-height: 1.33; }
  h1 { font-size: 16pt; } h2 { font-size: 12pt; } h3, h4 { font-size: 10pt; }
  h1, h2, h3, h4 { break-after: avoid; margin: 3.5mm 0 1.5mm; }
  p, ul, ol, blockquote { margin: 1.5mm 0; orphans: 3; widows: 3; }
  .cell { margin: 1.5mm 0; }
  .equation { margin: 1mm 0; padding: 0; }
  pre, pre code { font-size: 6.5pt; line-height: 1.25; white-space: pre-wrap; }
  pre.source, .markdown pre, pre.stderr { padding: 1.2mm 2mm; margin: 1mm 0; }
  figure, img, table, .equation, pre { break-inside: avoid; }
  .plot, .html { margin: 1mm 0; padding: 0; overflow: visible; }
  .plot .still img, .html > img, img.card { display: block; max-height: 76mm;
    max-width: min(112mm, 100%); width: auto; margin: 0 auto; }
  .plot.drawn .live { display: none; }
  .plot.drawn .still { display: block; }
  .html:has(> table) { break-inside: avoid; } /* with its caption */
  .html:has(tr:nth-child(26)), table:has(tr:nth-child(26)) { break-inside: auto; } /* long ones */
  tr { break-inside: avoid; } .html > div:has(+ table) { break-after: avoid; }
  .html > div:has(+ table) { padding: 0 !important; font-size: 7pt; line-height: 1.25; }
  table { font-size: 7pt; line-height: 1.2; }
  th, td { padding: .3mm 1.2mm !important; white-space: normal !important; }
  table:has(th:nth-child(8)) { font-size: 6.2pt; line-height: 1.15; }
  table:has(th:nth-child(8)) :is(th, td) { padding: .25mm .8mm !important; }
  details:not([open]) { display: none; }
  body:has(.with-solutions input:checked) .markdown details { display: block; }
  body:has(.with-solutions input:checked) .markdown details::details-content { display: block;
    content-visibility: visible; block-size: auto; }
  details { padding: 1mm 2mm; margin: 1.5mm 0; }
  ol.cards { display: block; columns: 2; }
  ol.cards img { height: 30mm; } ol.cards li { break-inside: avoid; margin-bottom: 3mm; }
}
`;

/** Draws each figure when it comes near the window, over its static picture. */
export const SCRIPT = `
const draw = async (plot) => {
  const { data, layout, frames } = JSON.parse(plot.querySelector("script").textContent);
  const live = plot.querySelector(".live");
  plot.classList.add("drawn");
  const config = { responsive: true, displayModeBar: false, displaylogo: false };
  await Plotly.newPlot(live, data, layout, config);
  if (frames) await Plotly.addFrames(live, frames);
};
const watcher = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    watcher.unobserve(target);
    draw(target);
  }
}, { rootMargin: "400px" });
for (const plot of document.querySelectorAll(".plot")) watcher.observe(plot);
`;
