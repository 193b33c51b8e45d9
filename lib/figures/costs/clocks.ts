/** Which of its two times is shown of a measurement, as a contest's ratios have it. */
import type { Measurement } from "../../bench/record.ts";
import type { Summary } from "../../bench/summary.ts";

/** Whether it is the time of the processor, which other programs do not touch. */
function isByProcessor({ threads, processor }: Measurement): boolean {
  return threads === 1 && processor !== undefined;
}

/**
 * Processor time where one thread computes and it was measured, else the time by the clock: the
 * processor time of several threads is that of all of them together.
 */
export function timeOf(measurement: Measurement): Summary {
  return isByProcessor(measurement) ? measurement.processor! : measurement.wall;
}

/** "processor time", "by the clock", or which of them is whose. */
export function clockInWords(measurements: readonly Measurement[]): string {
  const byClock = measurements.filter((one) => !isByProcessor(one));
  if (byClock.length === 0) return "processor time";
  if (byClock.length === measurements.length) return "by the clock";
  const several = byClock.every(({ threads }) => threads > 1);
  return `processor time, ${several ? "several threads" : "some"} by the clock`;
}

/** Whether each computes with one thread. */
export function haveOneThread(measurements: readonly Measurement[]): boolean {
  return measurements.every(({ threads }) => threads === 1);
}
