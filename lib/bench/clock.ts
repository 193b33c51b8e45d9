/**
 * Measured time. On a machine that others use as well, the clock on the wall measures mostly the
 * others; the time that the process had a processor measures the program.
 */
import process from "node:process";
import { summarized } from "./summary.ts";

/** Milliseconds of one piece of work. */
export interface Duration {
  /** by the clock */
  readonly wall: number;
  /** on processors, all threads of the process together */
  readonly processor: number;
}

/** How long a piece of work takes. */
export async function timed(work: () => unknown): Promise<Duration> {
  const used = process.cpuUsage();
  const start = performance.now();
  await work();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(used);
  return { wall, processor: (user + system) / 1000 };
}

/** The medians over some pieces of work, one after the other. */
export async function timedRepeatedly(count: number, work: () => unknown): Promise<Duration> {
  const durations: Duration[] = [];
  for (let i = 0; i < count; i++) durations.push(await timed(work));
  return {
    wall: summarized(durations.map(({ wall }) => wall)).median,
    processor: summarized(durations.map(({ processor }) => processor)).median,
  };
}
