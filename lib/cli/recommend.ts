/** `deno task recommend`: a list for a user or a history, in the terminal. */
import { counted } from "../base/counted.ts";
import { BadInput } from "../base/bad_input.ts";
import { positiveInteger } from "../base/number_text.ts";
import { columnsOf, padded, shownName } from "../base/shown_name.ts";
import { recommend, USUAL_N } from "../serve/recommend.ts";
import { methodInWords } from "../results/method.ts";
import type { Dataset } from "../data/interactions.ts";
import { parseArgs, resultsOption, resultsUsage, runCommand, useResults } from "./main.ts";
import {
  MODEL_DATA_HELP,
  modelData,
  modelDataEffects,
  modelDataOptions,
  savedModel,
} from "./saved_model.ts";

const usage = `deno task recommend <run key or file> --user <id> | --history <a,b,c> [options]

Recommends items by name, and says which of the user's interests found each.

  --user <id>            a user as your table names it, or by split and place, as test:7
  --history <a,b,c>      or items as your table names them, oldest first; given several times, each
                         adds to it, and an item with a comma in its name is given alone
  --n <n>                how many (default ${USUAL_N})
  --with-seen            items of the history may come again, which they do not otherwise
${MODEL_DATA_HELP}
  ${resultsUsage}`;

await runCommand(async () => {
  const { values, positionals: [source] } = parseArgs({
    options: {
      user: { type: "string" },
      history: { type: "string", multiple: true },
      n: { type: "string", default: String(USUAL_N) },
      "with-seen": { type: "boolean", default: false },
      ...modelDataOptions,
      ...resultsOption,
      help: { type: "boolean", short: "h" },
    },
    allowPositionals: true,
  }, {
    ...modelDataEffects,
    names: 1,
    excludes: { ...modelDataEffects.excludes, user: ["history"] },
  });
  if (values.help) return console.log(usage);
  useResults(values);
  const { user, history } = values;
  const n = positiveInteger(values.n, "--n");
  if (user === undefined && history === undefined) {
    const remedy = "Give --user <id> or --history <a,b,c>.";
    throw new BadInput("no user and no history", "deno task recommend", undefined, remedy);
  }
  const model = await savedModel(source, "deno task recommend", await modelData(values));
  const { dataset, config: { K, L }, run, engine } = model;
  const list = await recommend(model, {
    ...(user === undefined
      ? { history: history!.flatMap((text) => itemsOf(dataset, text)) }
      : { user }),
    n,
    withSeen: values["with-seen"],
  });
  engine.dispose();
  const { length } = list.history;
  console.log(`${methodInWords(run.config)}, run ${run.key}, on ${dataset.name}`);
  console.log(
    `${shownName(list.user ?? "this history")}: ${counted(length, "item")}` +
      `${length > L ? `, of which the model sees the last ${L}` : ""}; the latest: ` +
      list.history.slice(-3).map(shownName).join(", "),
  );
  if (length < K) {
    console.log(`Fewer items than the model's ${K} interests: they can hardly differ.`);
  }
  const names = ["item", ...list.items.map(({ item }) => shownName(item))];
  const width = names.map(columnsOf).reduce((most, columns) => Math.max(most, columns));
  const [heading, ...items] = names.map((name) => padded(name, width));
  console.log(`\nrank  ${heading}  interest   score`);
  for (const [at, { rank, interest, score }] of list.items.entries()) {
    console.log(
      `${String(rank).padStart(4)}  ${items[at]}  ${String(interest).padStart(8)}  ` +
        score.toFixed(3).padStart(6),
    );
  }
  if (list.items.length < n) console.log("That is the whole catalogue.");
});

/** One item where its name has commas, else several. */
function itemsOf({ labels }: Dataset, text: string): string[] {
  return labels?.includes(text)
    ? [text]
    : text.split(",").map((item) => item.trim()).filter(Boolean);
}
