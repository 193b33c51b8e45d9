/** `deno task figures`: every figure and table from results/runs alone. */
import { renderAll } from "../report/rendered.ts";
import { runCommand } from "./main.ts";

await runCommand(() => renderAll((name) => console.log(name)));
