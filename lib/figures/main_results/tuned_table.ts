/** Learning rates of REMI and its baselines: what each reaches, and after how many steps. */
import { type Asked, missingInWords, runsOf } from "../../compare/asked_rows.ts";
import type { TestedContrast } from "../../compare/contrasts.ts";
import { entryInWords, entryOf } from "../../compare/entries.ts";
import { OWN_RATE, type Tuned, USUAL_RATE } from "../../compare/tuned.ts";
import type { PairedTest } from "../../compare/paired_tests.ts";
import { mean } from "../../base/statistics.ts";
import type { PairedVerdict } from "../../compare/verdict.ts";
import { signed } from "../../base/signed.ts";
import type { Displayable } from "../../show/bundle.ts";
import { markdown } from "../../show/show.ts";
import type { Row, Table } from "../../show/table.ts";
import { recordedTable } from "../results/recorded_table.ts";
import { grouped } from "../../show/theme.ts";
import { cutShort, type Run } from "../../train/run.ts";

/**
 * A row a method and data set: test recall@50 in % by learning rate, mean ± sd (seeds), ◆ at the
 * rate that the valid users choose, and the mean best step there.
 */
export function tunedTable(methods: readonly Tuned[]): Table {
  const asked = methods.flatMap(({ rates }) => rates);
  const columns = [...new Set(asked.map(({ config }) => config.learningRate))].sort((a, b) =>
    a - b
  );
  const there = methods.filter(({ rates }) => rates.some(({ runs }) => runs.length > 0));
  const rows = there.map(({ data, name, rates, chosen }): Row => ({
    data,
    method: name,
    ...Object.fromEntries(columns.map((rate) => {
      const row = rates.find(({ config }) => config.learningRate === rate);
      if (!row) return [String(rate), ""];
      if (row.runs.length === 0) return [String(rate), `– (0 of ${row.declared})`];
      const best = row === chosen ? " ◆" : "";
      return [String(rate), entryInWords(entryOf(row.runs, "R@50")) + best];
    })),
    "best step": chosen ? Math.round(bestStep(chosen)) : null,
  }));
  return recordedTable(rows, {
    caption: [
      "Test R@50, %, by learning rate: mean ± sd (seeds)",
      "◆ highest R@50 of the valid users, where two rates are recorded; best step: there",
      "an empty cell is not asked for",
    ].join("; "),
    below: missingInWords(asked, "tuned"),
    ...runsOf(asked),
  });
}

function bestStep({ runs }: Asked): number {
  return mean(runs.map((run) => run.bestStep));
}

/**
 * Whether REMI's gain over ComiRec-SA is training speed, a better optimum, or both, computed: what
 * is left of the gain when each has its own rate, and after how many steps each is at its best.
 */
export function tunedInWords(
  methods: readonly Tuned[],
  contrasts: readonly TestedContrast[],
): Displayable {
  const lines = methods.filter(({ name }) => name === "ComiRec-SA").map((comirec) => {
    const { data } = comirec;
    const remi = methods.find((method) => method.data === data && method.name === "REMI");
    const tried = [comirec, remi].map((method) =>
      method?.rates.filter(({ runs }) => runs.length > 0).length ?? 0
    );
    const of = (added: string) =>
      contrasts.find((contrast) =>
        contrast.added === added && contrast.from.data === data &&
        contrast.from.method.name === "ComiRec-SA"
      )?.tests["R@50"];
    const [usual, own] = [of(USUAL_RATE), of(OWN_RATE)];
    if (!usual || !own || Math.min(...tried) < 2 || !comirec.chosen || !remi?.chosen) {
      return `- **${data}**: ComiRec-SA at ${tried[0]} and REMI at ${tried[1]} of ` +
        `${comirec.rates.length} learning rates, too few to say.`;
    }
    const at = (method: Tuned) =>
      `${method.chosen!.config.learningRate} (${endInWords(method)}best step ` +
      `${grouped(bestStep(method.chosen!))})`;
    return `- **${data}**: REMI gains ${signed(usual.overSeeds.mean)} points of recall@50 at the ` +
      `usual rate (${usual.verdict}), and ${signed(own.overSeeds.mean)} where each has its own ` +
      `(${own.verdict}): ComiRec-SA at ${at(comirec)}, REMI at ${at(remi)}. ` +
      judged(usual, own) + cutInWords([...comirec.chosen.runs, ...remi.chosen.runs]) +
      (Math.min(...tried) < comirec.rates.length
        ? ` So far ${tried[0]} and ${tried[1]} of ${comirec.rates.length} rates are recorded.`
        : "");
  });
  return markdown(lines.join("\n"));
}

/** What is said where the rule tells no gain at the usual rate. */
const withoutGain: Readonly<Record<Exclude<PairedVerdict, "higher">, string>> = {
  "lower": "At the usual rate REMI is behind: there is no gain to explain.",
  "not told apart": "At the usual rate the rule does not tell REMI ahead, so no gain is shown.",
  "too few seeds": "The trainings at the usual rate have too few seeds to judge.",
};

/** "the greatest rate tried, ": beyond it may lie a better one. */
function endInWords({ rates, chosen }: Tuned): string {
  const tried = rates.filter(({ runs }) => runs.length > 0)
    .map(({ config }) => config.learningRate);
  const { learningRate } = chosen!.config;
  if (learningRate === Math.max(...tried)) return "the greatest rate tried, ";
  return learningRate === Math.min(...tried) ? "the least rate tried, " : "";
}

function cutInWords(runs: readonly Pick<Run, "stop" | "steps">[]): string {
  const cut = cutShort(runs);
  return cut === null ? "" : ` The tuned trainings are ${cut}.`;
}

/** What the two gains mean for "training speed, or a better optimum?", over the same seeds. */
function judged(usual: PairedTest, own: PairedTest): string {
  if (usual.verdict !== "higher") return withoutGain[usual.verdict];
  if (own.verdict === "too few seeds") return "The tuned trainings have too few seeds to judge.";
  if (own.verdict === "lower") return "At tuned rates REMI is behind.";
  if (own.verdict !== "higher") return "At tuned rates the rule does not tell REMI ahead.";
  const common = usual.seeds.filter((seed) => own.seeds.includes(seed));
  const gainOf = ({ seeds, gains }: PairedTest) =>
    mean(gains.filter((_, i) => common.includes(seeds[i]!)));
  const share = (100 * gainOf(own) / gainOf(usual)).toFixed(0);
  return `Over the ${common.length} common seeds tuning among the recorded rates leaves ` +
    `${share} % of ${gainOf(usual).toFixed(1)} points: the rate alone does not explain the gain.`;
}
