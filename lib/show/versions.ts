/** What a notebook ran on. */
import manifest from "../../deno.json" with { type: "json" };
import { denoVersion, machineName } from "../train/provenance.ts";
import { type Table, table } from "./table.ts";

const shown = ["@tensorflow/tfjs-core", "plotly.js-cartesian-dist-min", "danfojs-node"] as const;

/** A table of versions: the project, Deno, the machine, and the libraries the user meets. */
export function versions(): Table {
  const imports: Readonly<Record<string, string>> = manifest.imports;
  return table([
    { what: "REMI notebooks", version: manifest.version },
    { what: "Deno", version: denoVersion() },
    { what: "machine", version: machineName() },
    ...shown.map((name) => ({ what: name, version: imports[name]!.split("@").at(-1)! })),
  ]);
}
