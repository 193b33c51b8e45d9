/**
 * danfojs data frames, loaded when first asked for. danfojs computes on TensorFlow.js, too, and
 * chooses a backend for it; it gets an instance of its own, so that it never meets the one that
 * training computes on, and says no banner.
 */
import { createRequire } from "node:module";
import process from "node:process";
import type * as Danfo from "danfojs-node";
import { jupyterDisplay } from "./bundle.ts";
import { type FrameLike, table } from "./table.ts";

let loaded: typeof Danfo | undefined;

/** The danfojs module; takes about 1.5 s once. Its data frames know how they are shown. */
export function danfo(): typeof Danfo {
  return loaded ??= load();
}

function load(): typeof Danfo {
  // Loaded synchronously, so that nothing else runs while the globals are set aside.
  const require = createRequire(import.meta.url);
  const restore = [setTensorflowAside(require.cache), silence()];
  try {
    const module: typeof Danfo = require("danfojs-node");
    Object.assign(module.DataFrame.prototype, {
      [jupyterDisplay](this: FrameLike) {
        return table(this)[jupyterDisplay]();
      },
    });
    return module;
  } finally {
    restore.forEach((undo) => undo());
  }
}

/**
 * Hides the process's TensorFlow.js (its engine, its registered kernels and gradients, its loaded
 * modules) and returns what brings it back.
 */
function setTensorflowAside(cache: Record<string, unknown>): () => void {
  const globals = globalThis as unknown as Record<string, unknown>;
  const names = ["_tfengine", "_tfGlobals"];
  const values = names.map((name) => globals[name]);
  const modules = Object.entries(cache).filter(([file]) => /[\\/]@tensorflow[\\/]/.test(file));
  names.forEach((name) => delete globals[name]);
  modules.forEach(([file]) => delete cache[file]);
  return () => {
    names.forEach((name, i) => {
      if (values[i] === undefined) delete globals[name];
      else globals[name] = values[i];
    });
    for (const file of Object.keys(cache)) {
      if (/[\\/]@tensorflow[\\/]/.test(file)) delete cache[file];
    }
    modules.forEach(([file, module]) => cache[file] = module);
  };
}

/** Turns console output and deprecation warnings off and returns what turns them on again. */
function silence(): () => void {
  const { log, warn, error, info } = console;
  const { emitWarning } = process;
  const nothing = () => {};
  Object.assign(console, { log: nothing, warn: nothing, error: nothing, info: nothing });
  process.emitWarning = nothing;
  return () => {
    Object.assign(console, { log, warn, error, info });
    process.emitWarning = emitWarning;
  };
}
