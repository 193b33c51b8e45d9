/** What bounds checks cost a training step, and whether V8 needs them switched off to be faster. */
import { fromFileUrl } from "../base/paths.ts";
import { treating, type Treatment } from "../train/unchecked.ts";
import type { Duration } from "./clock.ts";
import { Contest, type Contestant, isRatio } from "./contest.ts";
import type { Effort, Found } from "./record.ts";

const names: Readonly<Record<Treatment, string>> = {
  checked: "fused in a process of its own",
  revectorized: "the same, 256-bit operations allowed",
  unchecked: "the same, and no bounds checks",
};

/**
 * A step in three processes. While the first ratio is 1, 256-bit operations are made only without
 * bounds checks, as `--unchecked` has it; once it is that of the second, nothing is left to switch
 * off.
 */
export async function measureBoundsChecks(effort: Effort): Promise<Found> {
  const contest = new Contest("step");
  const treatments = Object.keys(names) as Treatment[];
  await contest.run(treatments.map(contestant), effort === "quick" ? 2 : 8);
  const { checked, revectorized, unchecked } = names;
  const ratios = [
    contest.ratio("as it comes / 256-bit operations allowed", checked, revectorized),
    contest.ratio("as it comes / no bounds checks either (--unchecked)", checked, unchecked),
  ];
  return { measurements: contest.measurements(), ratios: ratios.filter(isRatio), without: [] };
}

function contestant(how: Treatment): Contestant {
  const program = fromFileUrl(new URL("./program_of_some_steps.ts", import.meta.url));
  return {
    name: names[how],
    threads: 1,
    async turn() {
      const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "--no-check", program],
        env: treating(how),
      }).output();
      if (!success) throw new Error(new TextDecoder().decode(stderr));
      return JSON.parse(new TextDecoder().decode(stdout)) as Duration;
    },
  };
}
