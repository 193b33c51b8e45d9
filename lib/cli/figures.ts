/** `deno task figures`: every figure and table from results/runs alone. */
import { renderAll } from "../render/render_all.ts";
import { runPlainCommand } from "./main.ts";

const usage = `deno task figures

Renders every figure to results/figures and every table to results/tables, from the recorded runs.`;

await runPlainCommand(usage, () => renderAll((name) => console.log(name)));
