/** The presets of the playground: settings, a sentence on what to see, and when that is true. */
import type { PlaygroundMeasures } from "./held_out.ts";
import { defaultSettings, type PlaygroundSettings } from "./playground_settings.ts";

/** The names of the presets, in the order of the page. */
export type PresetName = "collapse" | "open" | "hidden" | "found" | "one";

/** The steps after which a preset's sentence holds. */
export const PRESET_STEPS = 500;

/** A preset. */
export interface Preset {
  readonly title: string;
  /** what to look for */
  readonly sentence: string;
  readonly settings: PlaygroundSettings;
  /** whether the sentence is true, of one seed's measures after {@linkcode PRESET_STEPS} steps */
  holds(measures: Readonly<Record<PresetName, PlaygroundMeasures>>): boolean;
}

/** The presets by name. */
export const presets: Readonly<Record<PresetName, Preset>> = {
  collapse: {
    title: "routing collapses",
    sentence: "Each row of the routing ends on one or two items; the effective items of the " +
      "held-out users fall below 2, of a history of 7 to 8.",
    settings: defaultSettings,
    holds: ({ collapse }) => collapse.effectiveItems < 2,
  },
  open: {
    title: "RR keeps it open",
    sentence: "With λ = 100 each interest keeps nine tenths of its history or more, and recall " +
      "ends above that of the collapse; but the interests grow alike and lie close together.",
    settings: { ...defaultSettings, lambda: 100 },
    holds: ({ open, collapse }) =>
      open.effectiveItems > 0.9 * open.effectiveItemsUniform && open.recall > collapse.recall &&
      open.cosine > 0.8,
  },
  hidden: {
    title: "negatives that selection hides",
    sentence: "Of the items that are hardest for the user, more than a third are easy for the " +
      "selected interest: marked in red, where its gradient hardly reaches.",
    settings: { ...defaultSettings, K: 6 },
    holds: ({ hidden }) => hidden.hidden > 1 / 3,
  },
  found: {
    title: "IHN finds them",
    sentence: "With β = 5 the share that the selection hides ends ten points lower or more; the " +
      "interests grow more alike on the way.",
    settings: { ...defaultSettings, K: 6, beta: 5 },
    holds: ({ found, hidden }) =>
      found.hidden < hidden.hidden - 0.1 && found.cosine > hidden.cosine,
  },
  one: {
    title: "one vector",
    sentence: "One vector hides nothing, looks at more of the history than an interest of four " +
      "does, and its recall ends above theirs.",
    settings: { ...defaultSettings, K: 1 },
    holds: ({ one, collapse }) =>
      one.hidden === 0 && one.effectiveItems > collapse.effectiveItems &&
      one.recall > collapse.recall,
  },
};
