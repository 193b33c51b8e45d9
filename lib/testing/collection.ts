/** The notebooks of the collection. */
import { basename } from "../base/paths.ts";
import { findNotebooks } from "../notebook/project_notebooks.ts";

/** Their paths, by number: a reader's own notebooks may lie beside them. */
export async function collection(): Promise<string[]> {
  return (await findNotebooks()).filter((path) => /^\d\d_/.test(basename(path)));
}
