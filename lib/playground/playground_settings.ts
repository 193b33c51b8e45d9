/** What can be set in the playground: values, the link, and the training that they stand for. */
import { BadInput } from "../base/bad_input.ts";
import type { SyntheticOptions } from "../data/synthetic.ts";
import type { TrainConfig } from "../train/config.ts";

/** The settings of one training in the playground. */
export interface PlaygroundSettings {
  /** interests of the model */
  readonly K: number;
  /** of IHN; 0 is without it */
  readonly beta: number;
  /** of RR, scaled as the reference code does; 0 is without it */
  readonly lambda: number;
  /** negatives a batch */
  readonly S: number;
  readonly learningRate: number;
  /** share of behaviours that follow no interest */
  readonly noise: number;
  /** planted interests of a user */
  readonly interests: number;
  /** of the data and of the training */
  readonly seed: number;
}

/** How one of them is set. */
export interface Control {
  readonly label: string;
  readonly says: string;
  /** ascending; null for any whole number from 0 to 2^53 - 1 */
  readonly values: readonly number[] | null;
}

/** The settings in the order of the page, with the values that each can have. */
export const controls: Readonly<Record<keyof PlaygroundSettings, Control>> = {
  K: { label: "K", says: "interests of the model", values: [1, 2, 3, 4, 5, 6] },
  beta: { label: "β", says: "IHN, hard negatives", values: [0, 0.1, 0.5, 1, 2, 5, 10] },
  lambda: { label: "λ", says: "RR, open routing", values: [0, 0.1, 1, 10, 100, 1000] },
  S: { label: "S", says: "negatives a batch", values: [8, 32, 128, 512] },
  learningRate: {
    label: "learning rate",
    says: "of Adam",
    values: [0.001, 0.003, 0.01, 0.03],
  },
  noise: { label: "noise", says: "items of no interest", values: [0, 0.1, 0.2, 0.4] },
  interests: { label: "planted interests", says: "of a user", values: [1, 2, 3, 4] },
  seed: { label: "seed", says: "data and training", values: null },
};

/** What the page starts with. */
export const defaultSettings: PlaygroundSettings = {
  K: 4,
  beta: 0,
  lambda: 0,
  S: 128,
  learningRate: 0.01,
  noise: 0.1,
  interests: 3,
  seed: 1,
};

const names = Object.keys(controls) as readonly (keyof PlaygroundSettings)[];

/**
 * The settings of a link, "K=4&beta=0&…"; what it does not name is as the page starts with.
 *
 * @throws {BadInput} for a setting that there is not, or a value that it does not have
 */
export function settingsOf(link: string): PlaygroundSettings {
  const settings = { ...defaultSettings };
  for (const [name, text] of new URLSearchParams(link)) {
    const known = names.find((other) => other === name);
    if (known === undefined) {
      throw new BadInput("no such setting", "the link", name, `Known: ${names.join(", ")}.`);
    }
    settings[known] = settingIn(known, text, `the link, ${known}`);
  }
  return settings;
}

/**
 * The value of a setting as it was written.
 *
 * @param where it was written: a link or a field
 * @throws {BadInput} for a value that the setting does not have
 */
export function settingIn(name: keyof PlaygroundSettings, text: string, where: string): number {
  const { values } = controls[name];
  const value = text === "" ? NaN : Number(text);
  const fits = values ? values.includes(value) : Number.isSafeInteger(value) && value >= 0;
  if (fits) return value;
  const remedy = values
    ? `One of ${values.join(", ")}.`
    : "Give a whole number from 0 to 2^53 - 1.";
  throw new BadInput("not a value of this setting", where, text, remedy);
}

/** The settings as a link has them, all of them. */
export function linkOf(settings: PlaygroundSettings): string {
  return names.map((name) => `${name}=${settings[name]}`).join("&");
}

/** The made-up world of the settings: small enough to be seen, 8 interests of 25 items. */
export function dataOptions({ noise, interests, seed }: PlaygroundSettings): SyntheticOptions {
  return {
    users: 1000,
    interests: 8,
    itemsPerInterest: 25,
    interestsPerUser: [interests, interests],
    length: [8, 12],
    noise,
    seed,
  };
}

/** The training that the settings stand for, as `train` takes it. */
export function trainConfig(settings: PlaygroundSettings): TrainConfig {
  const { K, S, learningRate, beta, lambda, seed } = settings;
  return {
    ...{ B: 64, L: 10, K, S, d: 16, learningRate, seed },
    objective: { ...beta > 0 && { ihn: { beta } }, ...lambda > 0 && { rr: { lambda } } },
    evaluateEvery: EVALUATE_EVERY,
  };
}

/** Steps from one point of the recall curve to the next. */
export const EVALUATE_EVERY = 25;

/** What a notebook calls the library. */
export const NOTEBOOKS_IMPORT = "../lib/mod.ts";

/**
 * The notebook cell that takes the same steps, all of them, and looks at the same user.
 *
 * @param user among those of the test split, from 0
 */
export function cellOf(settings: PlaygroundSettings, steps: number, user: number): string {
  const maxSteps = Math.max(1, steps);
  const patience = Math.ceil(maxSteps / EVALUATE_EVERY); // no end before the last step
  const config = { ...trainConfig(settings), patience, maxSteps, backend: "fused" };
  return `import { figure, follow, show, synthetic, train } from "${NOTEBOOKS_IMPORT}";

const clicks = synthetic(${literal(dataOptions(settings))});
const trained = await train(clicks, ${literal(config)});
await show(trained);
await show(figure.routing((await follow(trained, { user: ${user} })).routing));`;
}

/** A value as a person writes it in a cell. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const parts = Object.entries(value).map(([key, part]) => `${key}: ${literal(part)}`);
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}
