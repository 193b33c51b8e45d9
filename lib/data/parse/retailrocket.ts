/** RetailRocket's events.csv: timestamp,visitorid,event,itemid,transactionid. */
import type { EventLog } from "../events.ts";
import { Columns } from "./columns.ts";
import type { Format } from "./format.ts";
import { eachLine } from "./lines.ts";
import { TimeColumn } from "./time_column.ts";

const EVENTS = ["view", "addtocart", "transaction"];

/** Only views are behaviours, as in the paper; the other events are counted and left out. */
export const retailrocket: Format = {
  name: "retailrocket-events",
  description: "a header line timestamp,visitorid,event,itemid,transactionid",
  repeats: "last",
  recognizes: (_fileName, [line = ""]) => line.includes("visitorid"),
  async read(path: string, events: EventLog): Promise<void> {
    const columns = new Columns(",");
    const times = new TimeColumn();
    let others = 0;
    const blank = await eachLine(path, (line) => {
      if (columns.takesHeader(line)) return;
      const fields = columns.split(line);
      const event = fields.text(columns.index("event")).trim();
      if (!EVENTS.includes(event)) {
        throw fields.bad(columns.index("event"), `not one of ${EVENTS.join(", ")}`);
      }
      if (event !== "view") return void others++;
      times.read(fields, columns.index("timestamp"));
      const user = fields.id(columns.index("visitorid"), events.users);
      const item = fields.id(columns.index("itemid"), events.items);
      events.add(user, item, times.time, times.finer);
    });
    events.drop(blank, "blank lines", "no event");
    events.drop(others, "events", "not views");
    times.finish(events);
  },
};
