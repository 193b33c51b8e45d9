/** Other processes, as `ps` lists them: for tests of what is left running. */

/** A process that has not ended. */
export interface Running {
  readonly pid: number;
  readonly parent: number;
  /** its command line, whole */
  readonly command: string;
}

/** Whether {@linkcode runningProcesses} can be asked here: Windows and slim images have no `ps`. */
export const hasPs = await list().then(() => true, () => false);

/** All processes of this machine but those that have ended and are not reaped yet. */
export async function runningProcesses(): Promise<Running[]> {
  return (await list()).split("\n").flatMap((line) => {
    const [, pid, parent, state, command] = line.match(/^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/) ?? [];
    return command === undefined || state!.startsWith("Z")
      ? []
      : [{ pid: Number(pid), parent: Number(parent), command }];
  });
}

/** Ends a process by force, if it has not ended. */
export function endProcess(pid: number): void {
  try {
    Deno.kill(pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

async function list(): Promise<string> {
  const args = ["-axwwo", "pid,ppid,state,command"]; // ww: whole, however narrow the terminal
  const { stdout } = await new Deno.Command("ps", { args }).output();
  return new TextDecoder().decode(stdout);
}
