/** The figures of the notebooks, each a function from plain data. */
import { benchmark } from "./benchmark.ts";
import { framework } from "./framework.ts";
import { interestMap } from "./interest_map.ts";
import { itemPopularity } from "./item_popularity.ts";
import { learningCurves } from "./learning_curves.ts";
import { metricBars } from "./metric_bars.ts";
import { retrievalStrips } from "./retrieval_strips.ts";
import { routingHeatMap } from "./routing.ts";
import { sequenceLengths } from "./sequence_lengths.ts";
import { sweep } from "./sweep.ts";

/** `figure.routing(...)` and so on: reads well in a cell. */
export const figure = {
  benchmark,
  framework,
  interests: interestMap,
  itemPopularity,
  learningCurves,
  metrics: metricBars,
  retrieval: retrievalStrips,
  routing: routingHeatMap,
  sequenceLengths,
  sweep,
} as const;
