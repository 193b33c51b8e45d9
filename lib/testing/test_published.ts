/** Tests of what the project publishes, in a checkout that somebody works with. */
import { changedFiles } from "../train/provenance.ts";

/**
 * Registers a test that committed files hold together, such as recorded runs and the figures drawn
 * of them. Where somebody has recorded more, or typed in the paper's numbers, these are not what is
 * published: the test is skipped, and its name says which file differs. Without git nobody can
 * tell, and it is made.
 *
 * @param files of the project, or folders of it
 */
export async function testPublished(
  name: string,
  files: readonly string[],
  fn: () => void | Promise<void>,
): Promise<void> {
  const changed = await changedFiles(files);
  const [first, ...more] = changed;
  const others = more.length > 0 ? ` and ${more.length} more` : "";
  const why = first === undefined ? "" : ` (skipped: not as committed: ${first}${others})`;
  Deno.test({ name: name + why, ignore: first !== undefined, fn });
}
