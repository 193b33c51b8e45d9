/** Behaviours that come in several files, the earlier ones first: brought together by user. */
import { EventLog } from "../events.ts";
import type { Fields } from "./fields.ts";

/** Collects items by user over files, and hands them on by rising number of user. */
export class InParts {
  readonly #itemsOf = new Map<number, string[]>();

  /**
   * The items so far of the user whose number is in a field.
   *
   * @throws {BadInput} if it is no number
   */
  of(fields: Fields, index: number): string[] {
    const user = fields.digits(index);
    if (Number.isNaN(user)) throw fields.bad(index, "not the number of a user");
    const items = this.#itemsOf.get(user) ?? [];
    if (items.length === 0) this.#itemsOf.set(user, items);
    return items;
  }

  /** All of them as events, users by number, a user's items in the order they came. */
  into(events: EventLog, where: string): void {
    const users = [...this.#itemsOf.keys()].sort((a, b) => a - b);
    for (const number of users) {
      const user = events.users.internText(String(number), where);
      for (const item of this.#itemsOf.get(number)!) {
        events.add(user, events.items.internText(item, where));
      }
    }
  }
}
