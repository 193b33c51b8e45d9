/** Started by unchecked.ts as a program of its own; says the state after the first steps. */
import { endWithParent } from "../base/parent.ts";
import { stateAfter } from "./state_after.ts";

endWithParent();
const { steps, config, backend } = JSON.parse(Deno.args[0]!);
console.log(await stateAfter(steps, config, backend));
Deno.exit(0); // a backend may hold threads
