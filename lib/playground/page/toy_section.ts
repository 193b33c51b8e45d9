/** The section of the toy user: its settings, its slider, and its two views. */
import { effectiveItems } from "../../analyze/routing_collapse.ts";
import { settingIn } from "../playground_settings.ts";
import { TOY_STEPS, type ToyPicture, type ToySettings } from "../toy_run.ts";
import { pageColours } from "./canvas_view.ts";
import { drawToyPlane, drawToyRouting, toyCell } from "./toy_view.ts";

/** Milliseconds of a step when it is played. */
const STEP_MS = 60;

/** The seed that the section starts with, of which its sentence is true. */
const FIRST_SEED = 3;

/** The values of λ and β that the page offers. */
export const toyValues = { lambda: [0, 0.3, 1, 3, 10, 100], beta: [0, 1, 5] } as const;

/** HTML of the section. */
export function toyHtml(): string {
  const options = (values: readonly number[]) =>
    values.map((value) => `<option>${value}</option>`).join("");
  return `<section><h2>The toy user of the notebooks</h2>
<p>Four items in a plane, two interests, five negatives; next comes a spy novel, on another day a
wok. With λ = 0 each interest ends on one item; with λ = 10 none takes more than 40 % of one (seed
${FIRST_SEED}).</p>
<div class="transport"><label>λ <select id="toy-lambda">${
    options(toyValues.lambda)
  }</select></label>
<label>β <select id="toy-beta">${options(toyValues.beta)}</select></label>
<label>seed
<input id="toy-seed" type="number" min="0" step="1" value="${FIRST_SEED}" inputmode="numeric">
</label>
<button type="button" id="toy-play">Play</button>
<label class="slider">step <input id="toy-step" type="range" min="0" max="${TOY_STEPS}" value="0">
</label></div>
<p id="toy-wrong" role="alert"></p>
<p id="toy-live" role="status" aria-live="polite"></p>
<div class="views"><figure><canvas id="toy-plane" role="img"></canvas></figure>
<figure><canvas id="toy-routing" role="img"></canvas><pre><code id="toy-cell"></code></pre></figure>
</div></section>`;
}

function element<T extends HTMLElement>(id: string): T {
  return document.getElementById(`toy-${id}`) as T; // of the page's own making
}

/** Drives the section; trainings are asked for, and come later. */
export class ToySection {
  #pictures: readonly ToyPicture[] = [];
  #playing = false;
  /** the one that is trained, or will be */
  #seed = FIRST_SEED;

  constructor(private readonly ask: (settings: ToySettings) => void) {
    for (const id of ["lambda", "beta", "seed"]) {
      element(id).addEventListener("change", () => this.train());
    }
    element("step").addEventListener("input", () => {
      this.#playing = false;
      this.draw();
      this.#say();
    });
    element("play").addEventListener("click", () => this.#play());
  }

  /** Asks for the training that is set. */
  train(): void {
    const value = (id: string) => Number(element<HTMLSelectElement>(id).value);
    const field = element<HTMLInputElement>("seed");
    try {
      this.#seed = settingIn("seed", field.value, "the toy's field seed");
    } catch (error) {
      field.value = String(this.#seed);
      element("wrong").textContent = error instanceof Error ? error.message : String(error);
      return;
    }
    const settings = { lambda: value("lambda"), beta: value("beta"), seed: this.#seed };
    element("cell").textContent = toyCell(settings);
    element("wrong").textContent = "";
    this.ask(settings);
  }

  /** Shows a training that has come. */
  show(pictures: readonly ToyPicture[]): void {
    this.#pictures = pictures;
    this.draw();
    this.#say();
  }

  /** Says why there is no training. */
  failed(message: string): void {
    element("wrong").textContent = `It stopped: ${message}`;
  }

  /** Draws the step that the slider is on. */
  draw(): void {
    const picture = this.#picture();
    if (!picture) return;
    const colours = pageColours();
    drawToyPlane(element<HTMLCanvasElement>("plane"), picture, colours);
    drawToyRouting(element<HTMLCanvasElement>("routing"), picture, colours);
  }

  #picture(): ToyPicture | undefined {
    return this.#pictures[element<HTMLInputElement>("step").valueAsNumber];
  }

  #play(): void {
    if (this.#playing) {
      this.#playing = false;
      return;
    }
    this.#playing = true;
    const slider = element<HTMLInputElement>("step");
    const start = performance.now();
    const tick = () => {
      if (!this.#playing) return this.#say();
      slider.value = String(Math.floor((performance.now() - start) / STEP_MS));
      this.draw();
      if (slider.valueAsNumber < TOY_STEPS) requestAnimationFrame(tick);
      else {
        this.#playing = false;
        this.#say();
      }
    };
    tick();
  }

  #say(): void {
    const picture = this.#picture();
    if (!picture) return;
    const items = picture.A.map((row, k) => `v${k + 1} ${effectiveItems(row).toFixed(1)}`);
    const text = `Step ${element<HTMLInputElement>("step").value}: effective items of 4, ` +
      `${items.join(", ")}.`;
    element("live").textContent = text;
    for (const id of ["plane", "routing"]) element(id).setAttribute("aria-label", text);
  }
}
