/** The style sheet of the playground: light, dark, narrow and paper. */

const light = `--paper: #ffffff; --ink: #1a1a1a; --muted: #595959; --line: #dcdcdc;
  --target: #b00020; --least: #effefe; --most: #232230; --link: #0b57a4; --soft: #f5f5f3;
  color-scheme: light;`;

const dark = `--paper: #16181b; --ink: #e9e9e6; --muted: #a9acaf; --line: #3a3e43;
  --target: #ff8a80; --least: #1f2226; --most: #ade8f3; --link: #82b8f0; --soft: #1f2226;
  color-scheme: dark;`;

/** All of it. */
export const PLAYGROUND_STYLE = `
:root { ${light} }
@media (prefers-color-scheme: dark) { :root:not(.on-paper) { ${dark} } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 76rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.6rem; margin: 0 0 .3rem; line-height: 1.2; }
p { margin: .4rem 0; max-width: 62rem; }
a { color: var(--link); }
small, .small, figcaption, caption { font-size: 14px; color: var(--muted); }
figcaption b { color: var(--ink); }
.sentence { border-left: 4px solid var(--link); padding-left: .7rem; min-height: 3em; }
button, select, input { font: inherit; color: inherit; background: var(--soft);
  border: 1px solid var(--muted); border-radius: 6px; padding: .35rem .7rem; min-height: 2.6rem; }
button { cursor: pointer; }
button[aria-pressed="true"], button.main { background: var(--link); color: var(--paper);
  border-color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.presets, .transport, .user { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center;
  margin: .6rem 0; }
.slider { flex: 1 1 14rem; display: flex; gap: .5rem; align-items: center; }
.slider input { flex: 1; min-width: 0; }
.user input, #toy-seed { width: 5rem; }
.settings { display: grid; gap: .5rem .9rem; margin: .6rem 0;
  grid-template-columns: repeat(auto-fill, minmax(7.6rem, 1fr)); }
.settings label { display: flex; flex-direction: column; justify-content: flex-end; }
[role="alert"] { color: var(--target); font-weight: bold; }
[role="alert"]:empty { margin: 0; }
#live { min-height: 3em; font-variant-numeric: tabular-nums; }
.views { display: grid; gap: 1rem 1.5rem;
  grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); }
figure { margin: 0; min-width: 0; }
.views > div { display: grid; gap: 1rem; align-content: start; min-width: 0; }
figcaption { min-height: 4.5em; }
canvas { display: block; width: 100%; }
.scroll { overflow-x: auto; margin-top: 1rem; }
table { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
caption { text-align: left; }
th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--line); text-align: right; }
th:first-child, td:first-child { text-align: left; }
pre { overflow-x: auto; background: var(--soft); padding: .7rem; border-radius: 6px; }
details { margin: .8rem 0; }
summary { cursor: pointer; min-height: 2rem; }
@media (max-width: 30rem) {
  main { padding: .7rem; }
  .settings { grid-template-columns: 1fr 1fr; }
}
@media print {
  .presets, .transport, .user, .settings, details { display: none; }
  .views { grid-template-columns: 1fr 1fr; }
  figure, table { break-inside: avoid; }
  canvas { height: auto !important; }
}
`;
