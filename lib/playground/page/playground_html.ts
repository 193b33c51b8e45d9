/** The playground as one file: its words and places, and the bundled scripts. */
import { escapeHtml } from "../../base/escape_html.ts";
import { resultsPath, writeAtomically } from "../../base/files.ts";
import { userCount } from "../../data/interactions.ts";
import { synthetic } from "../../data/synthetic.ts";
import { readBinary } from "../../engine/wasm/binary.ts";
import { documentHtml } from "../../notebook/page/page_document.ts";
import { grouped } from "../../show/theme.ts";
import { controls, dataOptions, defaultSettings } from "../playground_settings.ts";
import { presets } from "../presets.ts";
import { bundled } from "./bundled.ts";
import { toyHtml } from "./toy_section.ts";
import { PLAYGROUND_STYLE } from "./playground_style.ts";

/** A worker made from the page's own text, WebAssembly in it, and nothing from elsewhere. */
const POLICY = { script: ["'wasm-unsafe-eval'"], worker: "blob:" } as const;

/** The page, complete. */
export async function playgroundHtml(): Promise<string> {
  const worker = await bundled("worker.ts", { WASM_MODULES: await wasmModules() });
  const script = await bundled("page_script.ts", { WORKER_SCRIPT: JSON.stringify(worker) });
  return await documentHtml("REMI playground", body(), [script], PLAYGROUND_STYLE, POLICY);
}

/** The modules that a training needs, as browser/inlined_binary.ts reads them. */
async function wasmModules(): Promise<string> {
  const base64: Record<string, string> = {};
  for (const name of ["fused", "retrieval"]) {
    base64[name] = (await readBinary(name, "simd")).toBase64();
  }
  return JSON.stringify(base64);
}

/** Writes the page beside those of the notebooks. */
export async function writePlayground(): Promise<{ path: string; bytes: number }> {
  const path = resultsPath("html", "playground.html");
  const html = await playgroundHtml();
  await writeAtomically(path, html);
  return { path, bytes: new TextEncoder().encode(html).length };
}

/** How many users the world has, and what they are for; the same whatever is set. */
function usersInWords(): { users: string; heldOut: string } {
  const { train, valid, test } = synthetic(dataOptions(defaultSettings));
  const [trained, chosen, heldOut] = [train, valid, test].map((split) => grouped(userCount(split)));
  const all = grouped([train, valid, test].reduce((sum, split) => sum + userCount(split), 0));
  return {
    users: `${all} users: ${trained} are trained on, ${heldOut} are held out and looked at, and ` +
      `${chosen} are there for the cell below, which chooses its step by them`,
    heldOut: heldOut!,
  };
}

function body(): string {
  const { interests, itemsPerInterest } = dataOptions(defaultSettings);
  const { users, heldOut } = usersInWords();
  const buttons = Object.entries(presets).map(([name, { title }], i) =>
    `<button type="button" data-preset="${name}" title="key ${i + 1}">${escapeHtml(title)}</button>`
  );
  const fields = Object.entries(controls).map(([name, { label, says, values }]) => {
    const input = values
      ? `<select id="set-${name}">${values.map((v) => `<option>${v}</option>`).join("")}</select>`
      : `<input id="set-${name}" type="number" min="0" step="1" inputmode="numeric">`;
    return `<label for="set-${name}"><b>${label}</b> <small>${says}</small>${input}</label>`;
  });
  return `<main>
<h1>REMI playground</h1>
<p>A multi-interest recommender trains in this page, on a made-up world of ${interests} planted
interests with ${itemsPerInterest} items each and ${users}. Nothing is loaded and nothing is
sent.</p>
<div class="presets" role="group" aria-label="Presets">${buttons.join("")}</div>
<p id="sentence" class="sentence"></p>
<div class="transport" role="group" aria-label="Training">
<button type="button" id="run" class="main" title="key space">Start</button>
<button type="button" id="step" title="key s">Step</button>
<button type="button" id="restart" title="key r">Restart</button>
<button type="button" id="slower" title="key −">Slower</button>
<button type="button" id="faster" title="key +">Faster</button>
<output id="pace"></output>
</div>
<details id="own" open><summary>Settings</summary>
<form class="settings" aria-label="Settings; a change begins a new training">${
    fields.join("")
  }</form></details>
<p id="wrong" role="alert"></p>
<p id="live" role="status" aria-live="polite"></p>
<div class="views"><div>
<figure><figcaption><b>The plane.</b> <span id="about-plane"></span></figcaption>
<canvas id="plane" role="img"></canvas></figure>
<figure><figcaption><b>Recall@20</b> of the held-out users against the step, with the last two
settings.</figcaption><canvas id="recall" role="img"></canvas></figure>
</div><div>
<figure><figcaption><b>Routing.</b> <span id="about-routing"></span></figcaption>
<canvas id="routing" role="img"></canvas>
<div class="user"><label for="user">held-out user</label>
<input id="user" type="number" min="0" step="1" value="0" inputmode="numeric">
<button type="button" id="previous" aria-label="previous user">‹</button>
<button type="button" id="next" aria-label="next user">›</button></div></figure>
<figure><figcaption><b>Negatives.</b> <span id="about-negatives"></span></figcaption>
<canvas id="negatives" role="img"></canvas></figure>
</div></div>
<div class="scroll"><table><caption>Means over the ${heldOut} held-out users</caption>
<thead><tr><th scope="col">training</th><th scope="col">step</th><th scope="col">recall@20</th>
<th scope="col">effective items</th><th scope="col">effective negatives</th>
<th scope="col">hidden by selection</th><th scope="col">cosine of interests</th></tr></thead>
<tbody id="numbers"></tbody></table></div>
<p class="small">Effective items: exp(entropy) of an interest's routing; as many as the history has
if open, 1 if collapsed. Effective negatives: over how many of the other items the gradient of the
selected interest is spread. Hidden by selection: of the tenth of the items that is hardest for the
user, the share in the easier half of the selected interest's scores.</p>
${toyHtml()}
<details><summary>Take it along: a link, and the cell that takes the same steps</summary>
<p><a id="link" href="#">A link to these settings</a></p>
<pre><code id="cell"></code></pre>
<p class="small">The cell shows the model as it was when it served the users of the valid split
best. After <output id="at"></output> steps the training's state is
<code id="state">…</code>: the same settings and seed give the same bits in Chromium
and in Deno.</p></details>
<p class="small">Keys: space starts and stops, s takes one step, r begins anew, + and − change the
speed, 1 to 5 choose a preset.</p>
</main>`;
}
