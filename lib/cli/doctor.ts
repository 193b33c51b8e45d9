/** `deno task doctor`: what is there, what is missing, and what to do about it. */
import { statfs } from "node:fs/promises";
import manifestOfProject from "../../deno.json" with { type: "json" };
import { BadInput } from "../base/bad_input.ts";
import { exists, resultsPath } from "../base/files.ts";
import { dirname } from "../base/paths.ts";
import { availableMemory } from "../base/memory.ts";
import { manifest } from "../data/manifest.ts";
import { whereabouts, whereaboutsText } from "../data/whereabouts.ts";
import { whyNot } from "../engine/tfjs/backends.ts";
import { setUpCommand } from "../engine/tfjs/tensorflow.ts";
import { installedKernel } from "../notebook/client/kernelspec.ts";
import { findChromium } from "../show/picture/print_page.ts";
import { runPlainCommand } from "./main.ts";
import { missingInWords } from "./missing_words.ts";
import { answerOf, findPython, jupyterLabVersion } from "./programs.ts";

const usage = `deno task doctor

Says what is there and what is missing, each with the command that brings it. But for disk and
memory, nothing of it is needed to execute the notebooks headless, to train, or to test.`;

/** What was looked for. */
interface Finding {
  readonly what: string;
  readonly there: boolean;
  readonly said: string;
  /** what brings it, where it is missing */
  readonly next?: string;
}

/** Bytes that the packages and a plan's results may take. */
const DISK = 1e9;

/** Bytes that a kernel takes in a run of all cells. */
const MEMORY = 1e9;

await runPlainCommand(usage, async () => {
  const groups: readonly (readonly [string, readonly (() => Finding | Promise<Finding>)[]])[] = [
    ["This machine", [deno, disk, memory]],
    ["To read the notebooks in an editor", [kernel, jupyterLab, plotly]],
    ["To print PDFs, and for tests that compare with a browser", [chromium]],
    ["To compute with native TensorFlow", [tensorflow]],
  ];
  const missing: string[] = [];
  const tell = ({ what, there, said, next }: Finding) => {
    if (!there) missing.push(what);
    console.log(`  ${there ? "ok     " : "missing"}  ${what.padEnd(21)}  ${said}`);
    if (next !== undefined && !there) console.log(`${" ".repeat(34)}-> ${next}`);
  };
  for (const [title, checks] of groups) {
    console.log(title);
    for (const check of checks) tell(await check());
  }
  console.log("Data sets");
  for (const finding of await dataSets()) tell(finding);
  console.log(
    missing.length === 0 ? "Everything is here." : missingInWords(missing),
  );
});

async function deno(): Promise<Finding> {
  const { version } = Deno;
  const wanted = /^version=([\d.]+)$/m.exec(
    await Deno.readTextFile(new URL("../../.ci/run", import.meta.url)),
  )![1]!;
  return {
    what: "Deno",
    there: version.deno === wanted,
    said: `${version.deno}; the project (${manifestOfProject.version}) is tested with ${wanted}`,
    next: `npx -y deno@${wanted} task doctor`,
  };
}

async function disk(): Promise<Finding> {
  let folder = resultsPath();
  while (!await exists(folder)) folder = dirname(folder);
  const { bavail, bsize } = await statfs(folder);
  return {
    what: "disk",
    there: bavail * bsize > DISK,
    said: `${gigabytes(bavail * bsize)} free for ${resultsPath()}`,
    next: `free ${gigabytes(DISK)}, or name another disk: REMI_RESULTS=<folder>`,
  };
}

function memory(): Finding {
  return {
    what: "memory",
    there: availableMemory() > MEMORY,
    said: `${gigabytes(availableMemory())} available, ${navigator.hardwareConcurrency} cores`,
    next: `close other programs: a run of all cells takes up to ${gigabytes(MEMORY)}`,
  };
}

async function kernel(): Promise<Finding> {
  const what = "Deno kernel";
  const next = "deno task kernel";
  try {
    const started = await installedKernel();
    if (started !== null) return { what, there: true, said: `starts ${started}` };
    return { what, there: false, said: "not known to Jupyter", next };
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    return { what, there: false, said: error.what, next };
  }
}

async function jupyterLab(): Promise<Finding> {
  const version = await jupyterLabVersion();
  const what = "JupyterLab";
  if (version !== null) return { what, there: true, said: version };
  return { what, there: false, ...await pip("jupyterlab plotly", "not found; VS Code needs none") };
}

async function plotly(): Promise<Finding> {
  const what = "plotly for JupyterLab";
  const python = await findPython();
  const ask = "import importlib.metadata as m; print(m.version('plotly'))";
  const version = python && await answerOf(python.program, ["-c", ask]);
  if (version) return { what, there: true, said: version };
  const said = "not found; without it figures are pictures";
  return { what, there: false, ...await pip("plotly", said) };
}

/** How Python packages come, with Python and without. */
async function pip(packages: string, said: string): Promise<Pick<Finding, "said" | "next">> {
  const python = await findPython();
  if (python === null) return { said, next: `install Python, then: pip install ${packages}` };
  return { said, next: `${python.program} -m pip install ${packages}` };
}

async function chromium(): Promise<Finding> {
  const what = "Chromium";
  const install: Partial<Record<typeof Deno.build.os, string>> = {
    linux: "apt-get install chromium",
    darwin: "brew install --cask google-chrome",
    windows: "winget install Google.Chrome",
  };
  const next = `${install[Deno.build.os] ?? "install it"}, or CHROMIUM=<path>`;
  try {
    const found = await findChromium();
    return { what, there: found !== undefined, said: found ?? "not found", next };
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    return { what, there: false, said: `${error.where}: ${error.what}`, next: error.remedy };
  }
}

async function tensorflow(): Promise<Finding> {
  const reason = await whyNot("tensorflow");
  const what = "TensorFlow";
  if (reason === null) return { what, there: true, said: 'loads; backend: "tensorflow"' };
  const next = `${setUpCommand("tensorflow")}, or with a GPU ${setUpCommand("tensorflow-gpu")}`;
  return { what, there: false, said: reason.split(";")[0]!, next };
}

async function dataSets(): Promise<Finding[]> {
  return await Promise.all((await manifest()).map(async (entry) => {
    const place = await whereabouts(entry);
    const [, size] = /\((about [^)]+)\)/.exec(entry.howToGet) ?? []; // where it is large
    const there = place.at !== "not here";
    const isPublic = entry.files.some(({ url, parts }) => (url ?? parts) !== undefined);
    const about = isPublic ? size : "data/README.md says which file it is";
    return {
      what: entry.name,
      there,
      said: [whereaboutsText(place), ...(there || about === undefined ? [] : [about])].join(", "),
      next: `deno task data ${entry.name}${isPublic ? "" : " --from <file>"}`,
    };
  }));
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(bytes < 1e10 ? 1 : 0)} GB`;
}
