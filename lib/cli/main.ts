/** What every command does with errors: a user's mistake is one plain message, not a stack. */
import { BadInput } from "../base/bad_input.ts";

/**
 * Runs a command. A BadInput, or an option that `parseArgs` does not know, is printed as one
 * message to the error stream and ends the process with exit code 1 (2 for options, as shells do);
 * any other error is a bug and keeps its stack.
 */
export async function runCommand(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (error instanceof BadInput) {
      console.error(`error: ${error.message}`);
      Deno.exit(1);
    }
    if (error instanceof Error && "code" in error && /^ERR_PARSE_ARGS/.test(String(error.code))) {
      console.error(`error: ${error.message}\nSee --help.`);
      Deno.exit(2);
    }
    throw error;
  }
}
