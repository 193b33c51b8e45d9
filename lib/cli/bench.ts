/** `deno task bench`: how fast things are, side by side. */
import { BadInput } from "../base/bad_input.ts";
import { shownPath } from "../base/files.ts";
import { aboutBackends, measureBackends } from "../bench/bench_backends.ts";
import { aboutKernels, measureKernels } from "../bench/bench_kernels.ts";
import { aboutModels, measureModels } from "../bench/bench_models.ts";
import {
  type BenchKind,
  benchKinds,
  type Effort,
  type Found,
  recordOf,
  writeRecord,
} from "../bench/record.ts";
import { aboutPaperScale, measurePaperScale } from "../bench/bench_paper_scale.ts";
import { aboutRetrieval, measureRetrieval } from "../bench/bench_retrieval.ts";
import { aboutSteps, measureSteps } from "../bench/bench_steps.ts";
import { aboutTraining, measureTraining } from "../bench/bench_training.ts";
import { benchmarkTable, benchmarkTimes } from "../figures/results/benchmark_tables.ts";
import { terminalTrainingView } from "../show/training_view.ts";
import { parseArgs, runCommand } from "./main.ts";

const usage = `deno task bench [what ...] [--quick] [--record]

Measures side by side what does the same work; what takes turns is slowed by other programs alike,
so look at the ratios. Where Python with torch and faiss is at hand (python3, or what REMI_PYTHON
names), they take part.

  kernels     kernels against the most that the machine does in WebAssembly
  steps       a training step: catalogue sizes, threads, PyTorch
  models      a training step of every model, PyTorch
  backends    the same step on every backend
  retrieval   exact top 50 and evaluation, faiss
  training    what a training spends its time on; from start to first step
  paper-scale data of the size of the paper's Amazon Books: time, memory, every plan's core-hours;
              up to ten minutes

  --quick     a look, in under a minute
  --record    write the results to results/bench, for figures and tables`;

interface Benchmark {
  readonly about: string;
  readonly measure: (effort: Effort) => Promise<Found>;
}

const benchmarks: Readonly<Record<BenchKind, Benchmark>> = {
  kernels: { about: aboutKernels, measure: measureKernels },
  steps: { about: aboutSteps, measure: measureSteps },
  models: { about: aboutModels, measure: measureModels },
  backends: { about: aboutBackends, measure: measureBackends },
  retrieval: { about: aboutRetrieval, measure: measureRetrieval },
  "paper-scale": { about: aboutPaperScale, measure: measurePaperScale },
  training: {
    about: aboutTraining,
    // the work of a terminal's line without the terminal
    measure: (effort) =>
      measureTraining(effort, terminalTrainingView({ width: () => 100, write() {} })),
  },
};

function asked(names: readonly string[]): readonly BenchKind[] {
  for (const name of names) {
    if ((benchKinds as readonly string[]).includes(name)) continue;
    throw new BadInput(
      "no such benchmark",
      "deno task bench",
      name,
      `One of ${benchKinds.join(", ")}.`,
    );
  }
  return names.length > 0 ? names as BenchKind[] : benchKinds;
}

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: "boolean", default: false },
      record: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return console.log(usage);
  if (values.quick && values.record) {
    throw new BadInput(
      "a quick look is too short to be recorded",
      "deno task bench",
      "--quick --record",
      "Leave one of them out.",
    );
  }
  for (const kind of asked(positionals)) {
    const { about, measure } = benchmarks[kind];
    const found = await measure(values.quick ? "quick" : "full");
    const record = await recordOf(kind, about, found);
    console.log(`\n${benchmarkTimes(record).toMarkdown()}\n`);
    if (record.ratios.length > 0) console.log(`${benchmarkTable(record).toMarkdown()}\n`);
    for (const one of record.without) console.log(`without ${one}`);
    if (values.record) {
      console.log(`recorded in ${shownPath(await writeRecord(record))}`);
    }
  }
});
