/** The page's scripts, bundled for the browser from the library itself. */
import { build, type Plugin, stop } from "esbuild";
import { projectPath } from "../../base/files.ts";
import { dirname, join } from "../../base/paths.ts";
import project from "../../../deno.json" with { type: "json" };

const here = (...parts: string[]) => projectPath("lib", "playground", ...parts);

/** What stands in for modules that need Deno, by the end of what is imported. */
const replaced: Readonly<Record<string, string>> = {
  "node:crypto": here("browser", "crypto.ts"),
  "wasm/binary.ts": here("browser", "inlined_binary.ts"),
  "./binary.ts": here("browser", "inlined_binary.ts"),
  "base/interrupt.ts": here("browser", "no_interrupt.ts"),
  "./cgroup_memory.ts": here("browser", "no_control_groups.ts"),
};

/** Packages by the names that deno.json gives them; a name that ends in a slash is a prefix. */
const packages = Object.entries(project.imports as Readonly<Record<string, string>>)
  .map(([name, npm]) => [name, npm.replace(/^npm:\/?/, "").replace(/(.)@[^@/]+/, "$1")] as const);

const asInDeno: Plugin = {
  name: "as in deno.json, but for a browser",
  setup({ onResolve, resolve }) {
    onResolve({ filter: /.*/ }, async ({ path, importer, kind, pluginData }) => {
      if (kind === "entry-point" || pluginData === "resolved") return undefined;
      const inBrowser = Object.entries(replaced).find(([end]) => path.endsWith(end));
      if (inBrowser) return { path: inBrowser[1] };
      if (path.startsWith("node:")) return { path, external: true };
      if (path.startsWith(".") && importer.startsWith(projectPath("lib"))) {
        return { path: join(dirname(importer), path) };
      }
      const known = packages.find(([name]) =>
        name.endsWith("/") ? path.startsWith(name) : path === name
      );
      if (!known) return undefined;
      const [name, npm] = known;
      return await resolve(npm + path.slice(name.length), {
        ...{ kind, importer, resolveDir: projectPath(), pluginData: "resolved" },
      });
    });
  },
};

/**
 * A module with all that it imports, as one classic script.
 *
 * @param entry a file of lib/playground/page
 * @param constants by name, put in place of free names
 */
export async function bundled(
  entry: string,
  constants: Readonly<Record<string, string>> = {},
): Promise<string> {
  try {
    const { outputFiles } = await build({
      entryPoints: [here("page", entry)],
      inject: [here("browser", "deno.ts")],
      define: { "import.meta.url": '""', ...constants },
      plugins: [asInDeno],
      absWorkingDir: projectPath(),
      bundle: true,
      write: false,
      minify: true,
      format: "iife",
      platform: "browser",
      target: "es2023",
      charset: "utf8",
      logLevel: "silent",
    });
    return outputFiles[0]!.text;
  } finally {
    await stop(); // or its process keeps this one
  }
}
