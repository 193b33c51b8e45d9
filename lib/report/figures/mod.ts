/** The figures of the notebooks, each a function from plain data. */
import { benchmark } from "./benchmark.ts";
import { collapsePlane } from "./collapse_plane.ts";
import { droppedItemsFigure } from "./dropped_items.ts";
import { framework } from "./framework.ts";
import { interestMap } from "./interest_map.ts";
import { itemPopularity } from "./item_popularity.ts";
import { learningCurves } from "./learning_curves.ts";
import { measureCurves } from "./measure_curves.ts";
import { metricBars } from "./metric_bars.ts";
import { retrievalStrips } from "./retrieval_strips.ts";
import { routingHeatMap } from "./routing.ts";
import { routingOverTraining } from "./routing_over_training.ts";
import { sequenceLengths } from "./sequence_lengths.ts";
import { sweep } from "./sweep.ts";

/** `figure.routing(...)` and so on: reads well in a cell. */
export const figure = {
  benchmark,
  collapsePlane,
  droppedItems: droppedItemsFigure,
  framework,
  interests: interestMap,
  itemPopularity,
  learningCurves,
  measures: measureCurves,
  metrics: metricBars,
  retrieval: retrievalStrips,
  routing: routingHeatMap,
  routingOverTraining,
  sequenceLengths,
  sweep,
} as const;
