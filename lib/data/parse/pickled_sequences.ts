/** Pickled sequences: a list of lists, each a user's items, oldest first, as MAERec has them. */
import { BadInput } from "../../base/bad_input.ts";
import { reading } from "../../base/disk.ts";
import type { EventLog } from "../events.ts";
import type { Format } from "./format.ts";
import { unpickled } from "./pickle.ts";

/** One list a user, items as integers from 0 on. Nothing in the pickle is executed. */
export const pickledSequences: Format = {
  name: "pickled-sequences",
  description: "a Python pickle of a list of lists, each a user's items, oldest first",
  repeats: "keep",
  magic: "\x80",
  recognizes: () => false,
  async read(path: string, events: EventLog): Promise<void> {
    const users = unpickled(await reading(path, () => Deno.readFile(path)), path);
    const remedy = "Give a pickle of a list with a list of integers for each user.";
    if (!Array.isArray(users)) throw new BadInput("not a list of lists", path, users, remedy);
    users.forEach((items: unknown, index) => {
      if (!Array.isArray(items)) {
        throw new BadInput("not a list of items", `${path}, user ${index}`, items, remedy);
      }
      const user = events.users.internText(String(index + 1), path);
      for (const item of items as unknown[]) {
        if (!Number.isSafeInteger(item) || item as number < 0) {
          throw new BadInput("not an item", `${path}, user ${index}`, item, remedy);
        }
        events.add(user, events.items.internText(String(item), path));
      }
    });
  },
};
