/** Every user's last behaviour is asked for, the one before it in validation. */
import type { Interactions } from "../interactions.ts";
import type { Parts } from "./split_parts.ts";

/** Train has each user's items but the last two; valid and test add one each, their target. */
export function leaveLastOut({ offsets }: Interactions): Parts {
  const users = Uint32Array.from({ length: offsets.length - 1 }, (_, user) => user);
  const upTo = (left: number) => users.map((u) => offsets[u + 1]! - offsets[u]! - left);
  return {
    train: { users, ends: upTo(2) },
    valid: { users, ends: upTo(1), targetsFrom: upTo(2) },
    test: { users, ends: upTo(0), targetsFrom: upTo(1) },
    drops: [],
    notes: [
      "split: each user's last behaviour is the test target, the one before it the valid target, " +
      "those before are trained on",
    ],
  };
}
