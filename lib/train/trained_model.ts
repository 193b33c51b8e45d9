/** A finished training: the model at its best step, its record, and what one asks of it. */
import { BadInput } from "../base/bad_input.ts";
import type { Dataset } from "../data/interactions.ts";
import { checkItem } from "../engine/checks.ts";
import type { Engine, Parameters } from "../engine/engine.ts";
import { Retriever } from "../engine/retrieval/retriever.ts";
import { writeTensors } from "../base/safetensors.ts";
import { Evaluator } from "../evaluate/evaluate.ts";
import type { Metrics } from "../evaluate/evaluation.ts";
import { type Served, servedBy } from "../evaluate/served.ts";
import { parameterShapes } from "../model/model.ts";
import { modelOptions } from "../model/options.ts";
import { modelOf } from "../model/registry.ts";
import { type AboutUser, oneHistory } from "./one_history.ts";
import type { Run } from "./run.ts";
import { engineConfig, type ResolvedConfig } from "./config.ts";

/** One user's interests. */
export interface InterestsOfUser {
  /** [K][d] */
  readonly interests: readonly Float32Array[];
  /** [K][length of the history] weights over its positions; null for models without routing */
  readonly routing: readonly Float32Array[] | null;
  /** the last L items of the history that was given, those the model sees */
  readonly history: readonly number[];
}

/** A recommended item. */
export interface Recommendation {
  readonly item: number;
  /** max_k v_k . e_i */
  readonly score: number;
  /** the interest that gave the score */
  readonly interest: number;
}

/** A model with parameters. */
export class TrainedModel {
  constructor(
    readonly dataset: Dataset,
    readonly config: ResolvedConfig,
    readonly run: Run,
    readonly parameters: Parameters,
    readonly engine: Engine,
    /** why a training stopped by hand cannot go on from where it stopped; null if it can */
    readonly unsaved: string | null = null,
  ) {}

  /**
   * The embedding of an item: a view, not a copy.
   *
   * @throws {BadInput} if there is no such item
   */
  embedding(item: number): Float32Array {
    checkItem("embedding", item, this.dataset.itemCount, 0);
    const { d } = this.config;
    return this.parameters.table.subarray(item * d, (item + 1) * d);
  }

  /**
   * Interests and routing for a history of items, oldest first.
   *
   * @param about times and profile, for a model that reads them
   * @throws {BadInput} for no history, an empty one, an item that is none, or what of `about`
   *   is missing or wrong
   */
  async interestsOf(
    history: ArrayLike<number>,
    about: AboutUser = {},
  ): Promise<InterestsOfUser> {
    const { L, d } = this.config;
    requireKind(isList(history), "a list of item numbers", "history", history, "[3, 17]");
    const one = oneHistory(this.dataset, L, history, about);
    const seen = Array.from(history).slice(-L);
    const { K, interests, routing } = await this.engine.interests(one);
    const heads = Array.from({ length: K }, (_, k) => k);
    return {
      interests: heads.map((k) => interests.slice(k * d, (k + 1) * d)),
      routing: routing && heads.map((k) => routing.slice(k * L, k * L + seen.length)),
      history: seen,
    };
  }

  /**
   * The N items with the largest score max_k v_k . e_i, as in serving; fewer where the catalogue
   * ends.
   *
   * @param options.exclude items that must not be recommended, e.g. the history itself; `times`
   *   and `profile` as {@linkcode TrainedModel.interestsOf} has them
   * @throws {BadInput} for an empty history, an item that is none, or an N that is no size
   */
  async recommend(
    history: ArrayLike<number>,
    N: number,
    options: { readonly exclude?: ArrayLike<number> } & AboutUser = {},
  ): Promise<Recommendation[]> {
    const { interests } = await this.interestsOf(history, options);
    return await this.nearest(interests, N, options);
  }

  /**
   * The N items nearest to any of the given vectors, the best first; fewer where the catalogue
   * ends.
   *
   * @throws {BadInput} for a vector without d finite numbers, none at all, or an N that is no size
   */
  async nearest(
    vectors: readonly Float32Array[],
    N: number,
    { exclude }: { readonly exclude?: ArrayLike<number> } = {},
  ): Promise<Recommendation[]> {
    const { d } = this.config;
    const all = isList(vectors) && vectors.length > 0 && Array.from(vectors).every(isList);
    requireKind(
      all,
      "a list of vectors",
      "vectors",
      vectors,
      "(await model.interestsOf(…)).interests",
    );
    const wrong = vectors.findIndex((vector) => vector.length !== d);
    if (wrong >= 0) {
      const remedy = "Hand over vectors of the model's d.";
      throw new BadInput(`not d = ${d} numbers`, `vector ${wrong}`, vectors[wrong]!.length, remedy);
    }
    const retriever = await Retriever.create(this.parameters.table, d);
    try {
      const found = await retriever.best(vectors, N, exclude);
      return found.map(({ id }) => this.#scored(id, vectors));
    } finally {
      retriever.dispose();
    }
  }

  /**
   * Metrics of the model as it is, on all users of a split, whatever validations looked at.
   *
   * @throws {BadInput} for a split that is not evaluated
   */
  async metrics(split: "valid" | "test"): Promise<Metrics> {
    requireKind(["valid", "test"].includes(split), "valid or test", "split", split, '"test"');
    const evaluator = await Evaluator.create(this.dataset, this.config.L);
    try {
      return await evaluator.metrics(this.engine, this.parameters, split);
    } finally {
      evaluator.dispose();
    }
  }

  /**
   * What it serves to the test users: their hits, what the lists are like, and how it does without
   * the items of the histories.
   */
  async served(): Promise<Served> {
    return await servedBy(this.engine, this.parameters, this.dataset, this.config.L);
  }

  /**
   * Writes parameters and record to a file in the safetensors layout, which
   * {@linkcode loadModel} and other libraries read: "table" [itemCount + 1, d] and the dense
   * parameters by name, the run as JSON among the texts.
   *
   * @throws {BadInput} if the disk is full or the folder may not be written
   */
  async save(path: string): Promise<void> {
    requireKind(typeof path === "string", "a path", "save", path, '"remi.safetensors"');
    const { sizes } = engineConfig(this.config, this.dataset);
    const model = modelOf(this.config.model);
    const shapes = parameterShapes(model, sizes, modelOptions(model, this.config.options));
    const { table, dense } = this.parameters;
    const tensors = Object.entries({ table, ...dense }).map(([name, values]) =>
      [name, { values, shape: shapes[name]! }] as const
    );
    const metadata = { run: JSON.stringify(this.run) };
    await writeTensors(path, { tensors: Object.fromEntries(tensors), metadata });
  }

  #scored(item: number, vectors: readonly Float32Array[]): Recommendation {
    const row = this.embedding(item);
    const scores = vectors.map((v) => v.reduce((sum, x, i) => sum + x * row[i]!, 0));
    const score = Math.max(...scores);
    return { item, score, interest: scores.indexOf(score) };
  }
}

/** Whether a value is a list or a typed array; texts are none. */
function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}

/** Refuses what a cell may hand over instead of what is wanted. */
function requireKind(is: boolean, wanted: string, where: string, value: unknown, example: string) {
  if (!is) throw new BadInput(`not ${wanted}`, where, value, `For example ${example}.`);
}
