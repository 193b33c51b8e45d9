/** Symbolic links, which not every Windows user may make. */
import { join } from "../base/paths.ts";

/** What the name of a test that makes links says where none can be made; else nothing. */
export const withoutLinks: string = canLink() ? "" : " (skipped: no symbolic link can be made)";

function canLink(): boolean {
  const folder = Deno.makeTempDirSync();
  try {
    Deno.symlinkSync(join(folder, "nothing"), join(folder, "link"), { type: "file" });
    return true;
  } catch {
    return false;
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}
