import assert from "node:assert/strict";
import type { Asked } from "../../compare/asked_rows.ts";
import type { TestedContrast } from "../../compare/contrasts.ts";
import type { PairedTest } from "../../compare/paired_tests.ts";
import { OWN_RATE, type Tuned, USUAL_RATE } from "../../compare/tuned.ts";
import type { PairedVerdict } from "../../compare/verdict.ts";
import { methodOf } from "../../results/method.ts";
import type { StoredRun } from "../../results/store.ts";
import { jupyterDisplay } from "../../show/bundle.ts";
import { exampleRuns } from "../../testing/example_runs.ts";
import { tunedInWords } from "./tuned_table.ts";

const data = "made-up data";

function rowOf(name: string): Asked {
  const run = exampleRuns[0]! as unknown as StoredRun;
  const { config } = run;
  return { data, config, method: { ...methodOf(config), name }, name, declared: 1, runs: [run] };
}

const methods = ["ComiRec-SA", "REMI"].map((name): Tuned => {
  const row = rowOf(name);
  return { data, name, rates: [row, row], chosen: row };
});

/** What is said where the rule says this at the usual rate, and at each method's own. */
async function said(usual: PairedVerdict, own: PairedVerdict): Promise<string> {
  const test = (verdict: PairedVerdict, gain: number): PairedTest => ({
    data,
    quantity: "R@50",
    seeds: [1, 2, 3],
    gains: [gain, gain, gain],
    overSeeds: { mean: gain, low: gain, high: gain },
    overUsers: null,
    verdict,
    runs: [],
  });
  const contrast = (added: string, of: PairedTest) =>
    ({
      added,
      label: added,
      from: rowOf("ComiRec-SA"),
      to: rowOf("REMI"),
      tests: { "R@50": of },
    }) as unknown as TestedContrast;
  const shown = tunedInWords(methods, [
    contrast(USUAL_RATE, test(usual, 2)),
    contrast(OWN_RATE, test(own, 1)),
  ]);
  return String((await shown[jupyterDisplay]())["text/markdown"]);
}

Deno.test("only a verdict of lower denies the gain at the usual rate", async () => {
  assert.match(await said("lower", "higher"), /At the usual rate REMI is behind: .* no gain to ex/);
  const open = await said("not told apart", "higher");
  assert.match(open, /\. At the usual rate the rule does not tell REMI ahead, so no gain is shown/);
  assert.match(await said("too few seeds", "higher"), /usual rate have too few seeds to judge\./);
});

Deno.test("of a gain at the usual rate tuning leaves what the tuned trainings show", async () => {
  assert.match(
    await said("higher", "higher"),
    /Over the 3 common seeds tuning .* leaves 50 % of 2\.0 points: the rate alone does not/,
  );
  assert.match(await said("higher", "higher"), /ComiRec-SA at [\d.]+ \(the greatest rate tried, /);
  assert.match(await said("higher", "lower"), /At tuned rates REMI is behind\./);
  assert.match(await said("higher", "not told apart"), /tuned rates the rule does not tell REMI/);
  assert.match(await said("higher", "too few seeds"), /tuned trainings have too few seeds/);
});
