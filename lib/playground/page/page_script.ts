/** The page's script: controls, keys, the link, and a drawing of every picture that comes. */
import {
  cellOf,
  controls,
  linkOf,
  type PlaygroundSettings,
  settingIn,
  settingsOf,
} from "../playground_settings.ts";
import { PRESET_STEPS, type PresetName, presets } from "../presets.ts";
import { pageColours } from "./canvas_view.ts";
import { drawNegatives, hiddenAmong } from "./negatives_view.ts";
import { drawPlane } from "./plane_view.ts";
import { drawRecall, type RecallCurve } from "./recall_view.ts";
import { drawRouting } from "./routing_view.ts";
import { PACES, type Picture, TrainingLoop } from "./training_loop.ts";
import { ToySection } from "./toy_section.ts";
import { aboutUser, announced, inWords, numbersHtml } from "./words_of_picture.ts";

/** The worker's script; the bundle has it in place of this name. */
declare const WORKER_SCRIPT: string;

/** Milliseconds between two announcements to screen readers while it trains. */
const ANNOUNCE = 2000;

function element<T extends HTMLElement>(id: string): T {
  return document.getElementById(id) as T; // of the page's own making
}

const canvasOf = (id: string) => element<HTMLCanvasElement>(id);
const url = URL.createObjectURL(new Blob([WORKER_SCRIPT], { type: "text/javascript" }));
const loop = new TrainingLoop(new Worker(url), {
  picture,
  state(step, state) {
    element("at").textContent = String(step);
    element("state").textContent = state;
  },
  toy: (pictures) => toySection.show(pictures),
  failed: (message) => element("wrong").textContent = `It stopped: ${message}`,
  toyFailed: (message) => toySection.failed(message),
  running(is) {
    element("run").textContent = is ? "Stop" : "Start";
    if (!is && shown) announce(shown);
  },
});
const toySection = new ToySection((settings) => loop.toy(settings));
let shown: Picture | null = null;
let settings: PlaygroundSettings;
let earlier: RecallCurve[] = [];
let announcedAt = -Infinity;

function picture(picture: Picture): void {
  shown = picture;
  draw();
  if (!loop.running || performance.now() - announcedAt > ANNOUNCE) announce(picture);
}

/** Draws what was shown last. */
function draw(): void {
  if (!shown) return;
  const colours = pageColours();
  const { frame, begun, curve } = shown;
  drawPlane(canvasOf("plane"), frame, begun, colours);
  drawRouting(canvasOf("routing"), frame, begun, colours);
  drawNegatives(canvasOf("negatives"), frame, colours);
  const curves = [{ name: inWords(begun.settings), curve }, ...earlier];
  drawRecall(canvasOf("recall"), curves, colours);
  element("numbers").innerHTML = numbersHtml(curves);
  const about = aboutUser(frame, begun, hiddenAmong(frame.user.negatives).size);
  for (const view of ["plane", "routing", "negatives"] as const) {
    element(`about-${view}`).textContent = about[view];
    element(view).setAttribute("aria-label", about[view]);
  }
  const user = element<HTMLInputElement>("user");
  user.max = String(begun.users - 1);
  if (document.activeElement !== user) user.value = String(loop.user);
}

function drawAll(): void {
  draw();
  toySection.draw();
}

function announce({ frame, curve }: Picture): void {
  announcedAt = performance.now();
  const text = announced(frame.step, curve.at(-1)!);
  element("live").textContent = text;
  element("recall").setAttribute("aria-label", text);
  element("cell").textContent = cellOf(settings, frame.step, frame.user.user);
}

/**
 * Begins a training with these settings, a preset's up to the step that its sentence speaks of; the
 * last two stay for comparison.
 */
function begin(next: PlaygroundSettings): void {
  if (shown && shown.frame.step > 0) {
    const { begun, curve } = shown;
    earlier = [{ name: inWords(begun.settings), curve }, ...earlier].slice(0, 2);
  }
  settings = next;
  shown = null;
  element("wrong").textContent = "";
  element("at").textContent = "0";
  element("state").textContent = "…";
  for (const name of Object.keys(controls) as (keyof PlaygroundSettings)[]) {
    element<HTMLSelectElement>(`set-${name}`).value = String(next[name]);
  }
  const link = `#${linkOf(next)}`;
  element<HTMLAnchorElement>("link").href = link;
  history.replaceState(null, "", link);
  const chosen = Object.entries(presets).find(([, { settings }]) =>
    linkOf(settings) === link.slice(1)
  );
  for (const button of document.querySelectorAll<HTMLElement>("[data-preset]")) {
    button.setAttribute("aria-pressed", String(button.dataset["preset"] === chosen?.[0]));
  }
  element("sentence").textContent = chosen
    ? `What to look for, after ${PRESET_STEPS} steps: ${chosen[1].sentence}`
    : "Settings of your own. Choose a preset to be told what to look for.";
  loop.begin(next, chosen ? PRESET_STEPS : Infinity);
}

function choose(name: PresetName): void {
  begin(presets[name].settings);
  loop.run(true);
}

function pace(change: number): void {
  loop.pace = Math.max(0, Math.min(PACES.length - 1, loop.pace + change));
  element("pace").textContent = `at most ${PACES[loop.pace]} steps a second`;
}

function lookAt(user: number): void {
  const input = element<HTMLInputElement>("user");
  const users = Number(input.max) + 1;
  loop.user = ((Math.trunc(user) || 0) % users + users) % users;
  input.value = String(loop.user);
  if (!loop.running) loop.advance(0);
}

function step(): void {
  loop.run(false);
  loop.advance(1);
}

const actions: Readonly<Record<string, () => void>> = {
  run: () => loop.run(!loop.running),
  step,
  restart: () => begin(settings),
  slower: () => pace(-1),
  faster: () => pace(1),
  previous: () => lookAt(loop.user - 1),
  next: () => lookAt(loop.user + 1),
};
for (const [id, action] of Object.entries(actions)) element(id).addEventListener("click", action);
element("user").addEventListener("change", () => {
  lookAt(element<HTMLInputElement>("user").valueAsNumber);
});
for (const button of document.querySelectorAll<HTMLElement>("[data-preset]")) {
  button.addEventListener("click", () => choose(button.dataset["preset"] as PresetName));
}
for (const name of Object.keys(controls) as (keyof PlaygroundSettings)[]) {
  const field = element<HTMLSelectElement>(`set-${name}`);
  field.addEventListener("change", () => {
    try {
      const value = settingIn(name, field.value, `the field ${controls[name].label}`);
      begin({ ...settings, [name]: value });
    } catch (error) {
      field.value = String(settings[name]);
      wrong(error);
    }
  });
}

/** Keys, unless something is being typed or a button has them. */
const keys: Readonly<Record<string, () => void>> = {
  " ": actions["run"]!,
  s: step,
  r: actions["restart"]!,
  "+": actions["faster"]!,
  "-": actions["slower"]!,
  ...Object.fromEntries(
    (Object.keys(presets) as PresetName[]).map((name, i) => [String(i + 1), () => choose(name)]),
  ),
};
document.addEventListener("keydown", (event) => {
  const typing = (event.target as HTMLElement).closest("input, select");
  const pressing = event.key === " " && (event.target as HTMLElement).closest("button, summary, a");
  const action = keys[event.key];
  if (!action || typing || pressing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  action();
});

/** Begins with the settings of a link; what is wrong with it is said. */
function open(link: string): void {
  try {
    begin(settingsOf(link));
  } catch (error) {
    if (!settings) begin(settingsOf(""));
    wrong(error);
  }
}

function wrong(error: unknown): void {
  element("wrong").textContent = error instanceof Error ? error.message : String(error);
}

addEventListener("hashchange", () => open(location.hash.slice(1)));
addEventListener("resize", drawAll);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
addEventListener("beforeprint", () => {
  document.documentElement.classList.add("on-paper");
  drawAll();
});
addEventListener("afterprint", () => {
  document.documentElement.classList.remove("on-paper");
  drawAll();
});
pace(0);
element<HTMLDetailsElement>("own").open = innerWidth > 480; // a phone shows the training first
if (location.hash.length > 1) open(location.hash.slice(1));
else begin(presets.collapse.settings);
if (!matchMedia("(prefers-reduced-motion: reduce)").matches) loop.run(true);
toySection.train();
