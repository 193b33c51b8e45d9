/** <name>_targets.txt beside ComiRec's text format: where the targets of each user begin. */
import { BadInput } from "../../base/bad_input.ts";
import { type Interactions, itemsOf, userCount } from "../interactions.ts";
import { Fields } from "./fields.ts";
import { eachLine } from "./lines.ts";

/**
 * Reads lines user,number: so many of the user's items are the history, the rest are targets.
 *
 * @throws {BadInput} with the line that is wrong
 */
export async function readTargets(path: string): Promise<Map<string, number>> {
  const fields = new Fields(",");
  const targets = new Map<string, number>();
  await eachLine(path, (line) => {
    fields.split(line);
    if (fields.count !== 2) throw fields.bad(fields.count, "not 2 columns user,number");
    const number = fields.digits(1);
    if (!(number >= 1)) throw fields.bad(1, "no number of items from 1 on");
    targets.set(fields.text(0), number);
  });
  return targets;
}

/**
 * Users of a part, each with where its targets begin.
 *
 * @param ids of the users, as the file has them
 * @throws {BadInput} for a user that the file does not list, or who has no item after its history
 */
export function withTargets(
  part: Interactions,
  ids: readonly string[],
  targets: ReadonlyMap<string, number>,
  path: string,
): Interactions {
  const targetsFrom = new Uint32Array(userCount(part));
  ids.forEach((id, u) => {
    const from = targets.get(id);
    const length = itemsOf(part, u).length;
    if (from === undefined || from >= length) {
      const what = `no targets for a user with ${length} items`;
      throw new BadInput(what, `${path}, user ${id}`, from, "Write the split again.");
    }
    targetsFrom[u] = from;
  });
  return { ...part, targetsFrom };
}
