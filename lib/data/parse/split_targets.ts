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
    const user = fields.text(0);
    if (targets.has(user)) throw fields.bad(0, "a user that is listed twice", "List each once.");
    targets.set(user, number);
  });
  return targets;
}

/**
 * Refuses targets of somebody who has none to ask for: they would say nothing.
 *
 * @param users ids of the users of valid and test
 * @throws {BadInput} naming the user
 */
export function requireListed(
  targets: ReadonlyMap<string, number>,
  users: readonly string[],
  path: string,
): void {
  const known = new Set(users);
  for (const [user, from] of targets) {
    if (known.has(user)) continue;
    const remedy = "Remove the line, or write the split again.";
    throw new BadInput(
      "neither valid nor test has this user",
      `${path}, user ${user}`,
      from,
      remedy,
    );
  }
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
