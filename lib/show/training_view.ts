/** Watching a training: a live figure in a notebook, a line in a terminal. */
import type { ProgressListener, TrainingProgress } from "../train/progress.ts";
import { notebook, show, type View } from "./show.ts";
import { headline, titleOf, trainingFigure, validRecall } from "./training_figure.ts";

/** Milliseconds between two updates of the live figure, at least. */
const figureInterval = 500;
/** Share of a training's time that drawing it may take, at most. */
const drawingShare = 0.05;
/** Milliseconds between two rewritings of a terminal's line. */
const lineInterval = 200;
/** Milliseconds between two lines in a log file. */
const logInterval = 30_000;

/** The listener that fits where the process runs: for a training, or for several in turn. */
export function trainingView(): ProgressListener {
  return notebook() ? notebookTrainingView() : terminalTrainingView();
}

/**
 * A live figure, drawn in place at most twice a second and less often where drawing is slow, until
 * the training ends and the whole figure is shown. The figure of the next training takes its place,
 * by way of a picture: no update replaces a whole figure by another.
 *
 * @param now milliseconds, for tests
 */
export function notebookTrainingView(
  open: typeof show.live = show.live,
  now: () => number = () => performance.now(),
): ProgressListener {
  let view: View | undefined;
  let whole = false; // what stands there is the figure of a training that has ended
  let due = -Infinity;
  return async (progress) => {
    const draft = progress.stopped === null;
    const start = now();
    if (draft && start < due) return;
    const figure = trainingFigure(progress);
    const first = !view; // it loads what draws, which later ones need not
    if (!view) view = await open(figure, { draft });
    else {
      if (whole && !draft) await view.update(figure, { draft: true });
      await view.update(figure, { draft });
    }
    whole = !draft;
    due = whole ? -Infinity : now() +
      (first ? figureInterval : Math.max(figureInterval, (now() - start) / drawingShare));
  };
}

/** The part of a terminal that a progress line needs. */
export interface Terminal {
  /** columns, or null where the output is a file or a pipe */
  width(): number | null;
  write(text: string): void;
}

/**
 * One line, rewritten in place and cut to the terminal's width; where the output is a file or a
 * pipe, a whole line twice a minute.
 *
 * @param now milliseconds, for tests
 */
export function terminalTrainingView(
  terminal: Terminal = standardOutput,
  now: () => number = () => performance.now(),
): ProgressListener {
  let due = -Infinity;
  let titled = false;
  let written = 0; // columns of the line that stands there
  return (progress) => {
    const ended = progress.stopped !== null;
    if (!ended && now() < due) return;
    const width = terminal.width();
    if (!titled) terminal.write(`${titleOf(progress)}${passedOver(progress)}\n`);
    titled = true;
    if (width === null) terminal.write(`${lineOf(progress)}\n`);
    else {
      const line = fitted(lineOf(progress), width - 1);
      terminal.write(`\r${line.padEnd(Math.min(written, width - 1))}${ended ? "\n" : ""}`);
      written = line.length;
    }
    due = now() + (width === null ? logInterval : lineInterval);
    if (ended) [due, titled, written] = [-Infinity, false, 0]; // of the next training
  };
}

function lineOf(progress: TrainingProgress): string {
  const loss = progress.losses.at(-1)?.loss;
  const best = progress.curve.find((point) => point.step === progress.bestStep);
  return [
    headline(progress),
    loss !== undefined && `loss ${loss.toFixed(3)}`,
    !progress.stopped && best && `best ${validRecall(progress, best)}`,
  ].filter(Boolean).join(" · ");
}

function fitted(line: string, width: number): string {
  return line.length <= width ? line : `${line.slice(0, Math.max(0, width - 1))}…`;
}

const standardOutput: Terminal = {
  width: () => Deno.stdout.isTerminal() ? Deno.consoleSize().columns || 80 : null, // 0: unknown
  write(text) {
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
  },
};

/** " (not fused: …; not tensorflow: …)": for a terminal, which has room for reasons. */
function passedOver({ passedOver: reasons }: TrainingProgress): string {
  return reasons.length > 0 ? ` (not ${reasons.join("; not ")})` : "";
}
