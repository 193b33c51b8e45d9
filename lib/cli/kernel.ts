/** `deno task kernel`: the Deno kernel for Jupyter. */
import { installKernelspec } from "../notebook/client/kernelspec.ts";
import { runPlainCommand } from "./main.ts";
import { answerOf, findPython, jupyterLabVersion } from "./programs.ts";

const usage = `deno task kernel

Makes the Deno kernel known to Jupyter, and says how to open the notebooks.`;

await runPlainCommand(usage, main);

async function main(): Promise<void> {
  const { folder, deno, inCache } = await installKernelspec();
  console.log(`Jupyter now knows the kernel "Deno" (${folder}).\nIt starts ${deno}.`);
  if (inCache) {
    console.log(
      "That file is in npm's cache. If the kernel stops starting because the cache was emptied,\n" +
        `run this command again, or once: npm install -g deno@${Deno.version.deno}`,
    );
  }
  console.log(`\nJupyterLab: ${await jupyterLab()}\n\nVS Code: ${await vsCode()}

Neither is needed to execute the notebooks: \`deno task notebooks\` does, and writes a page of each
to results/html/. After a change in lib/, restart the kernel; after moving Deno, run this again.`);
}

async function jupyterLab(): Promise<string> {
  const install = "pip install jupyterlab plotly";
  const open = "jupyter lab notebooks";
  const version = await jupyterLabVersion();
  if (version !== null) {
    return `version ${version} is here. Open it with: ${open}\n` +
      "For live figures it needs the Python package plotly: pip install plotly";
  }
  const python = await findPython();
  return python === null
    ? `needs Python, which was not found. With it: ${install}\nThen: ${open}`
    : `not found (${python.version} is). Install it with: ${install}\nThen: ${open}`;
}

async function vsCode(): Promise<string> {
  const version = (await answerOf("code", ["--version"]))?.split("\n")[0];
  const found = version ? `version ${version} is here.` : "not found on the PATH.";
  return `${found} It needs the extensions "Jupyter" and "Deno", and no Python.
Open this folder, then a notebook, and choose as its kernel: Jupyter Kernel… > Deno`;
}
