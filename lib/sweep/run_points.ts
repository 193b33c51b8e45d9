/** Runs the trainings of a plan: one process a core, each recorded the moment it is finished. */
import { projectPath, projectRoot } from "../base/files.ts";
import { asParent } from "../base/parent.ts";
import { treating } from "../train/unchecked.ts";
import type { Todo } from "./todo.ts";

/** What happened to a training. */
export interface Outcome {
  readonly todo: Todo;
  readonly success: boolean;
  /** seconds by the clock */
  readonly seconds: number;
  /** its last line, or why it failed */
  readonly said: string;
}

/** How to run. */
export interface RunOptions {
  readonly processes: number;
  /** in a V8 without bounds checks, each once its first steps were compared */
  readonly unchecked?: boolean;
  readonly onStart: (todo: Todo) => void;
  readonly onEnd: (outcome: Outcome) => void;
  /**
   * no further training begins once it is aborted; those that run get the process signal that is
   * its reason, and stop at their next step
   */
  readonly signal: AbortSignal;
}

/**
 * Trains what is left of a plan with the command that a reader would use by hand, so that each
 * training goes on from its own checkpoint after a stop. The trainings end with this process,
 * however it ends.
 */
export async function runPoints(
  todo: readonly Todo[],
  { processes, unchecked = false, onStart, onEnd, signal }: RunOptions,
): Promise<void> {
  const queue = [...todo];
  const worker = async () => {
    for (let next = queue.shift(); next && !signal.aborted; next = queue.shift()) {
      onStart(next);
      onEnd(await runOne(next, unchecked, signal));
    }
  };
  await Promise.all(Array.from({ length: processes }, worker));
}

async function runOne(todo: Todo, unchecked: boolean, signal: AbortSignal): Promise<Outcome> {
  const start = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", projectPath("lib", "cli", "train.ts"), ...todo.options],
      ...(unchecked ? ["--unchecked"] : []),
    ],
    cwd: projectRoot,
    // it saves and ends when the sweep is killed
    env: { ...asParent(), ...(unchecked && treating("unchecked")) },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const stop = () => child.kill(signal.reason as Deno.Signal);
  signal.addEventListener("abort", stop);
  // Its output may end after the process; killing it in between would throw.
  const ended = child.status.then(() => signal.removeEventListener("abort", stop));
  const [output] = await Promise.all([child.output(), ended]);
  const seconds = (performance.now() - start) / 1000;
  const { success } = output;
  const said = success || signal.aborted ? lastLine(textOf(output.stdout)) : whyFailed(output);
  return { todo, success, seconds, said };
}

/**
 * Why a process failed: its error, without the stack of one that is a bug; else how it was ended,
 * and its last words.
 */
function whyFailed({ code, signal, stdout, stderr }: Deno.CommandOutput): string {
  const lines = textOf(stderr).split("\n");
  const error = lines.findLast((line) => /^error: |^Fatal |out of memory/i.test(line));
  if (error !== undefined) return error.replace(/^error: /, "").replace(/[.;]$/, "");
  const how = signal === null ? `it ended with exit code ${code}` : `it was ended by ${signal}`;
  const perhaps = signal === "SIGKILL" ? ", perhaps for want of memory" : "";
  const words = lastLine(textOf(stderr)) || lastLine(textOf(stdout));
  return `${how}${perhaps}${words && `; its last words: ${words}`}`;
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
