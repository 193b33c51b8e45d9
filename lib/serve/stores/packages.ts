/**
 * The packages of vector stores. They are no dependencies of the project, because LanceDB alone is
 * 150 MB.
 */
import { SidePackages } from "../../base/side_packages.ts";

/** The command that sets them up. */
export const INSTALL_STORES = "deno task stores --install";

/** What is installed: the last LanceDB that the registry has for every platform. */
export const storePackages = new SidePackages("stores", {
  what: "vector stores",
  command: INSTALL_STORES,
  dependencies: {
    "@electric-sql/pglite": "0.5.14",
    "@electric-sql/pglite-pgvector": "0.0.15",
    "@lancedb/lancedb": "0.31.0",
    "apache-arrow": "18.1.0",
    "postgres": "3.4.9",
  },
  // what LanceDB may use to compute embeddings, hundreds of megabytes; a tiny one in their place
  overrides: {
    "@huggingface/transformers": "npm:reflect-metadata@0.2.2",
    "openai": "npm:reflect-metadata@0.2.2",
  },
});
