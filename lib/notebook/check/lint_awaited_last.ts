/// <reference lib="deno.unstable" />
/**
 * A lint rule for cells: the last statement of a cell may be an awaited expression, a declaration
 * or control flow, but no other expression. The value of a bare last expression may be shown under
 * another cell, and nothing can wait for what an unawaited call shows.
 */

/** The comment that stands before each cell, and after the last, in a module of cells. */
export const CELL_MARK = "// ---- code cell";

const plugin: Deno.lint.Plugin = {
  name: "cells",
  rules: {
    "awaited-last": {
      create: (context) => ({
        Program(program) {
          for (const [i, statement] of program.body.entries()) {
            const next = program.body[i + 1]?.range[0];
            const after = context.sourceCode.text.slice(statement.range[1], next);
            if (statement.type !== "ExpressionStatement" || !after.includes(CELL_MARK)) continue;
            if (statement.expression.type === "AwaitExpression") continue;
            context.report({
              node: statement,
              message: "a cell ends with an expression that is not awaited",
              hint: "Show the value with `await show(...)`, or await the call.",
            });
          }
        },
      }),
    },
  },
};

export default plugin;
