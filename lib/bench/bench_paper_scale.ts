/**
 * Whether data of the size of the paper's largest set can be trained on a small machine, and how
 * long every plan would take there.
 */
import { fromFileUrl } from "../base/paths.ts";
import type { Counts } from "../data/manifest.ts";
import { standIn } from "../sweep/stand_in.ts";
import { planOf } from "../sweep/plans.ts";
import { questions } from "../results/questions.ts";
import { stepsOf, usualSeconds } from "../sweep/cost.ts";
import { readRuns } from "../results/store.ts";
import { resolveConfig } from "../train/config.ts";
import { runKey } from "../train/run_key.ts";
import type { Duration } from "./clock.ts";
import type { Effort, Found, Measurement } from "./record.ts";
import { summarized } from "./summary.ts";

/** What a record of this says about itself. */
export const aboutPaperScale =
  "Invented data of the size of the paper's Amazon Books (about 368,000 items, 600,000 users, " +
  "8.7 million behaviours): from events to REMI's steps and evaluations, in a process of its " +
  "own; and the plans projected from it, per core";

/** GiB that it may take. */
const LIMIT = 8;

/** Data whose rule ends every training early, and the paper's smaller sets. */
const ELSEWHERE = ["synthetic", "gowalla", "retailrocket"];

/** Planted interests of 50 items each, steps, and validated users where they are a sample. */
const SIZES = { full: [7360, 2000, 5000], quick: [150, 200, 500] } as const;

/** What the program says. */
export interface Said {
  readonly counts: Counts;
  /** milliseconds each */
  readonly prepare: Duration;
  readonly step: Duration;
  readonly evaluation: Duration;
  readonly sample: Duration;
  readonly gib: number;
}

/** Prepares, trains and evaluates, and projects every plan. */
export async function measurePaperScale(effort: Effort): Promise<Found> {
  const [interests, steps, sampled] = SIZES[effort];
  const folder = await Deno.makeTempDir();
  try {
    await run(["write", folder, interests, steps, sampled]);
    const said = JSON.parse(await run(["train", folder, interests, steps, sampled])) as Said;
    const { prepare, step, evaluation, sample, gib } = said;
    const users = Math.round(said.counts.users / 10).toLocaleString("en");
    const few = sampled.toLocaleString("en");
    const memory = one("peak memory", "GiB", gib);
    const events = said.counts.behaviours.toLocaleString("en");
    return {
      measurements: [
        timesOf(`from ${events} events to a data set`, "seconds", prepare),
        timesOf("a step of REMI, drawing its batch left out", "ms per step", step),
        timesOf(`an evaluation of ${users} users`, "seconds", evaluation),
        timesOf(`an evaluation of ${few} users`, "seconds", sample),
        memory,
        ...await projections(said, sampled),
      ],
      ratios: [{
        name: `peak memory / ${LIMIT} GiB`,
        of: memory.name,
        to: `${LIMIT} GiB`,
        by: "wall",
        times: summarized([gib / LIMIT]),
        target: { atMost: 1 },
      }],
      without: [],
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * Core-hours of the trainings of each question, and of the paper's plans for Books, if they were
 * on this data: processor time of a step and of a validation, each by what was measured of REMI's;
 * steps from recorded runs of the most similar trainings, in the results folder. None of them if
 * nothing is recorded there.
 */
export async function projections(
  { counts, step, evaluation, sample }: Pick<Said, "counts" | "step" | "evaluation" | "sample">,
  sampled: number,
): Promise<Measurement[]> {
  const dataset = standIn({ name: "paper-scale", counts });
  const { runs } = await readRuns();
  if (runs.length === 0) return [];
  const remi = { objective: { ihn: { beta: 10 }, rr: { lambda: 100 } } };
  const ways = [
    ["all users", {}, evaluation],
    [`${sampled.toLocaleString("en")} users`, { validationUsers: sampled }, sample],
  ] as const;
  return [...Object.keys(questions), "paper", "paper-curves"].flatMap((name) =>
    ways.flatMap(([users, validated, evaluated]) => {
      const usual = usualSeconds(resolveConfig({ ...remi, ...validated }), dataset);
      const off = {
        step: step.processor / 1000 / usual.step,
        validation: evaluated.processor / 1000 / usual.validation,
      };
      const points = planOf(name).points.filter(({ data }) => !ELSEWHERE.includes(data));
      const configs = points.map(({ config }) => resolveConfig({ ...config, ...validated }));
      const distinct = new Map(configs.map((config) => [runKey(config, dataset), config]));
      const seconds = [...distinct.values()].reduce((sum, config) => {
        const its = usualSeconds(config, dataset);
        const validation = off.validation * its.validation / config.evaluateEvery;
        return sum + stepsOf(config, runs) * (off.step * its.step + validation);
      }, 0);
      const what = `plan ${name}, ${distinct.size} trainings, validated on ${users}`;
      return distinct.size === 0 ? [] : [one(what, "core-hours", seconds / 3600)];
    })
  );
}

function timesOf(name: string, unit: "seconds" | "ms per step", time: Duration): Measurement {
  const by = (ms: number) => summarized([unit === "seconds" ? ms / 1000 : ms]);
  return { name, unit, threads: 1, wall: by(time.wall), processor: by(time.processor) };
}

function one(name: string, unit: string, value: number): Measurement {
  return { name, unit, threads: 1, wall: summarized([value]) };
}

/** What the program says, given these arguments. */
async function run(args: readonly unknown[]): Promise<string> {
  const program = fromFileUrl(new URL("./program_of_paper_scale.ts", import.meta.url));
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", program, JSON.stringify(args)],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}
