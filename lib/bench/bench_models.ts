/** A training step of every model beside PyTorch's, one thread each. */
import { modelOptions } from "../model/options.ts";
import { modelOf } from "../model/registry.ts";
import { Contest, isRatio } from "./contest.ts";
import { plain } from "./mid_training.ts";
import type { Effort, Found, Target } from "./record.ts";
import { Starters } from "./starters.ts";

/** What a record of this says about itself. */
export const aboutModels = "Training steps of every model with the plain softmax (B 128, L 20, " +
  "K 4, S 1,280, d 64), drawing batches included; short histories: 5.7 of 20 positions";

const ROUNDS = 12;

/** Catalogues by the name of their size, and how many times PyTorch's time a step may take. */
const catalogues: readonly (readonly [string, number, number])[] = [
  ["30k", 30_000, 1],
  ["368k", 368_000, 0.8],
];

/** UMI needs profiles, popularity is no training. */
const contested = [
  "youtube-dnn",
  "gru4rec",
  "mind",
  "comirec-dr",
  "comirec-sa",
  "pimi",
  "re4",
  "umi-hn",
];

function target(model: string, most: number): Target {
  return { atMost: model === "mind" ? 0.7 : most };
}

/** One model on catalogues of both sizes. */
function one(model: string, effort: Effort): Promise<Found> {
  const inWords = modelOf(model).title(modelOptions(modelOf(model)));
  const title = (size: string) => `${inWords}, ${size} items`;
  const sizes = effort === "quick" ? catalogues.slice(0, 1) : catalogues;
  return Starters.with(async (start) => {
    for (const [size, itemCount] of sizes) {
      const config = plain(model, itemCount);
      await start.ours(title(size), config);
      await start.torch(`PyTorch, ${title(size)}`, "short", itemCount, { config });
    }
  }, async ({ contestants, without }) => {
    const contest = new Contest("step");
    await contest.run(contestants, effort === "quick" ? 2 : ROUNDS);
    const ratios = sizes.map(([size, , most]) => {
      const ours = title(size);
      return contest.ratio(
        `ours / PyTorch, ${ours}`,
        ours,
        `PyTorch, ${ours}`,
        target(model, most),
      );
    });
    return { measurements: contest.measurements(), ratios: ratios.filter(isRatio), without };
  });
}

/** Measures the models one after the other, each against PyTorch in turns. */
export async function measureModels(effort: Effort): Promise<Found> {
  const found: Found[] = [];
  for (const model of contested) found.push(await one(model, effort));
  return {
    measurements: found.flatMap(({ measurements }) => measurements),
    ratios: found.flatMap(({ ratios }) => ratios),
    without: found.flatMap(({ without }) => without),
  };
}
