/** Tests of what the project publishes, in a checkout that somebody works with. */
import { hasChanged } from "../train/provenance.ts";

/**
 * Registers a test of committed files that hold together, such as recorded runs and the figures
 * drawn of them. Where its reader has recorded more, or typed in the paper's numbers, it says
 * nothing of what is published, and is skipped by name.
 *
 * @param files of the project, or folders of it
 */
export async function testPublished(
  name: string,
  files: readonly string[],
  fn: () => void | Promise<void>,
): Promise<void> {
  const ignore = await hasChanged(...files);
  const why = ignore ? ` (skipped: not as committed: ${files.join(", ")})` : "";
  Deno.test({ name: name + why, ignore, fn });
}
