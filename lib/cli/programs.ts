/** Programs beside Deno: asked whether they are there. */

/** What a program prints; null if it is not there or fails. */
export async function answerOf(program: string, args: readonly string[]): Promise<string | null> {
  try {
    const command = new Deno.Command(program, { args: [...args], stderr: "null" });
    const { success, stdout } = await command.output();
    return success ? new TextDecoder().decode(stdout).trim() : null;
  } catch {
    return null;
  }
}

/** A Python that is there, by the name that starts it, and its version; null if there is none. */
export async function findPython(): Promise<{ program: string; version: string } | null> {
  for (const program of ["python3", "python"]) {
    const version = await answerOf(program, ["--version"]);
    if (version !== null) return { program, version };
  }
  return null;
}

/** The version of JupyterLab; null if it is not there. */
export function jupyterLabVersion(): Promise<string | null> {
  return answerOf("jupyter", ["lab", "--version"]);
}
