/**
 * How each method looks in every figure: its name, colour, marker and dash never change from one
 * notebook to the next. The four variants of ComiRec-SA are a ladder of lightness, so that they
 * can be told apart in grey; colours are told apart by colour-blind readers.
 */
import { BadInput } from "../base/bad_input.ts";
import type { ResolvedConfig } from "../train/config.ts";
import type { LineStyle } from "../show/theme.ts";

const styles = {
  "comirec-sa": { name: "ComiRec-SA", colour: "#e69f00", dash: "solid", symbol: "diamond" },
  "comirec-sa+ihn": { name: "IHN alone", colour: "#cc6677", dash: "dot", symbol: "triangle-up" },
  "comirec-sa+rr": { name: "RR alone", colour: "#0f6cb0", dash: "dashdot", symbol: "square" },
  "comirec-sa+ihn+rr": { name: "REMI", colour: "#332288", dash: "solid", symbol: "circle" },
  "youtube-dnn": { name: "YouTube DNN", colour: "#117733", dash: "dash", symbol: "star" },
} as const satisfies Record<string, LineStyle>;

/** The methods that have a style. */
export type MethodName = keyof typeof styles;

/** Every method's name, in the order in which figures list them. */
export const methodNames = Object.keys(styles) as MethodName[];

/** The style of a method, by name. */
export function methodStyle(method: MethodName): LineStyle {
  return styles[method];
}

/**
 * The style of what a run's configuration trained: the model, with "+ihn" and "+rr" where they were
 * on. With the full softmax the line is dashed in the method's own colour.
 *
 * @throws {BadInput} if the method has no style yet
 */
export function styleOfRun(config: Readonly<Record<string, unknown>>): LineStyle {
  const { model, objective } = config as Pick<ResolvedConfig, "model" | "objective">;
  const ihn = (objective.ihn?.beta ?? 0) > 0 ? "+ihn" : "";
  const rr = (objective.rr?.lambda ?? 0) > 0 ? "+rr" : "";
  const style = (styles as Record<string, LineStyle>)[`${model}${ihn}${rr}`];
  if (!style) {
    throw new BadInput(
      "this method has no colour",
      "run's config.model with its objective",
      `${model}${ihn}${rr}`,
      "Give it a line in lib/compare/methods.ts.",
    );
  }
  if (objective.softmax !== "full") return style;
  return { ...style, name: `${style.name}, full softmax`, dash: "dash", symbol: "circle-open" };
}

/**
 * Those of some runs, or of their snapshots, that trained a method, by the name that figures give
 * it: "ComiRec-SA", "REMI", "ComiRec-SA, full softmax".
 */
export function ofMethod<T extends { readonly config: Readonly<Record<string, unknown>> }>(
  runs: readonly T[],
  name: string,
): T[] {
  return runs.filter(({ config }) => styleOfRun(config).name === name);
}
