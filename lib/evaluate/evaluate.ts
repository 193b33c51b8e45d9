/**
 * Evaluation of a model on users it was not trained on: the interests of each user's history
 * retrieve the N best items of the whole catalogue, which are compared with the targets.
 */
import type { Values } from "../base/values.ts";
import { BadInput } from "../base/bad_input.ts";
import { requireWhole } from "../base/given_numbers.ts";
import { chanceToStop } from "../base/interrupt.ts";
import { type Dataset, requireItems } from "../data/interactions.ts";
import type { Engine } from "../engine/engine.ts";
import { retrievalModule } from "../engine/retrieval/retrieval_kernels.ts";
import { Retriever } from "../engine/retrieval/retriever.ts";
import { type EvaluationCases, evaluationCases, type UserSample } from "./cases.ts";
import type { Metrics } from "./evaluation.ts";
import { CUTOFFS, meanMetrics, type UserMetrics, userMetrics } from "./metrics.ts";

/** The splits a model can be evaluated on. */
export type EvaluatedSplit = "valid" | "test";

/** What an evaluation needs of an engine. */
export type InterestSource = Pick<Engine, "interests">;

/** The table that is searched: parameters, or one in place. */
export interface TableSource {
  /** [itemCount + 1, d] */
  readonly table: Values<Float32Array>;
}

/** How to evaluate; the defaults are the reference's. */
export interface EvaluatorOptions {
  /** the N of Recall@N, HR@N and NDCG@N; 20 and 50 */
  readonly cutoffs?: readonly number[];
  /** leave the items of a user's history out of the ranking; false */
  readonly excludeSeen?: boolean;
  /** the users of the valid split that are evaluated; those of the test split are always all */
  readonly validation?: UserSample | undefined;
}

/** The lists of some users. */
export interface Answers {
  /** the first of them; the others follow */
  readonly first: number;
  readonly K: number;
  /** [users, K, d] */
  readonly interests: Float32Array;
  /** [users, N] best first, 0 where the catalogue has too few items */
  readonly items: Uint32Array;
}

/** Users whose interests are computed and searched at a time: bounds memory, nothing else. */
const CHUNK_USERS = 2048;

/** Evaluates models on the splits of one data set, again and again. */
export class Evaluator {
  readonly #cases: Readonly<Record<EvaluatedSplit, EvaluationCases>>;
  readonly #itemCount: number;
  readonly #options: Required<Omit<EvaluatorOptions, "validation">>;
  #retriever: Retriever | undefined;

  private constructor(
    { valid, test, itemCount }: Dataset,
    L: number,
    { validation, ...options }: EvaluatorOptions,
  ) {
    requireItems("valid", valid, itemCount);
    requireItems("test", test, itemCount);
    this.#cases = {
      valid: evaluationCases(valid, L, validation),
      test: evaluationCases(test, L),
    };
    this.#itemCount = itemCount;
    this.#options = { cutoffs: CUTOFFS, excludeSeen: false, ...options };
    requireCutoffs(this.#options.cutoffs, Math.max(itemCount, ...CUTOFFS));
  }

  /**
   * An evaluator of a data set for models that see the last L items of a history.
   *
   * @throws {BadInput} if an item of the valid or test users is not in 1..itemCount, there is no
   *   cut-off, or one is not an integer >= 1 or is longer than the catalogue and the usual ones
   */
  static async create(
    dataset: Dataset,
    L: number,
    options: EvaluatorOptions = {},
  ): Promise<Evaluator> {
    await retrievalModule(); // compiled now, so that the first evaluation is no slower than others
    return new Evaluator(dataset, L, options);
  }

  /** The users, histories and targets of a split; users without either are in `dropped`. */
  cases(split: EvaluatedSplit): EvaluationCases {
    return this.#cases[split];
  }

  /**
   * The metrics of a model, means over the users of a split.
   *
   * @param parameters the engine's current parameters, of which the table is searched
   * @throws {BadInput} if embeddings or interests are not finite
   */
  async metrics(
    engine: InterestSource,
    parameters: TableSource,
    split: EvaluatedSplit,
  ): Promise<Metrics> {
    return meanMetrics(await this.userMetrics(engine, parameters, split));
  }

  /** The metrics of each user of a split, in the order of {@linkcode Evaluator.cases}. */
  async userMetrics(
    engine: InterestSource,
    parameters: TableSource,
    split: EvaluatedSplit,
  ): Promise<UserMetrics> {
    const targets = (u: number) => this.#cases[split].targets(u);
    const ranked = await this.#ranked(this.#search(engine, parameters, split, targets), split);
    return userMetrics(ranked, this.depth, targets, this.#options.cutoffs);
  }

  /**
   * [U, N] the best items of each user of a split, N the largest cut-off; 0 where the catalogue has
   * too few items.
   */
  ranking(
    engine: InterestSource,
    parameters: TableSource,
    split: EvaluatedSplit,
  ): Promise<Uint32Array> {
    return this.#ranked(this.answers(engine, parameters, split), split);
  }

  /** N, the length of the lists: the largest cut-off. */
  get depth(): number {
    return Math.max(...this.#options.cutoffs);
  }

  /** The same, some users at a time, with the interests that asked. */
  answers(
    engine: InterestSource,
    parameters: TableSource,
    split: EvaluatedSplit,
  ): AsyncGenerator<Answers> {
    return this.#search(engine, parameters, split);
  }

  /** @param wanted the items of user u that alone matter; all, if left out */
  async *#search(
    engine: InterestSource,
    { table }: TableSource,
    split: EvaluatedSplit,
    wanted?: (u: number) => ArrayLike<number>,
  ): AsyncGenerator<Answers> {
    const cases = this.#cases[split];
    const { excludeSeen } = this.#options;
    const N = this.depth;
    const retriever = await this.#index(table);
    for (let first = 0; first < cases.count; first += CHUNK_USERS) {
      await chanceToStop("an evaluation");
      const end = Math.min(first + CHUNK_USERS, cases.count);
      const { K, interests } = await engine.interests(cases.histories(first, end));
      const exclude = (u: number): Uint32Array => cases.seen(first + u);
      const { items } = await retriever.topN(
        interests,
        end - first,
        K,
        N,
        {
          ...(excludeSeen && { exclude }),
          ...(wanted && { wanted: (u: number) => wanted(first + u) }),
        },
      );
      yield { first, K, interests, items };
    }
  }

  async #ranked(answers: AsyncIterable<Answers>, split: EvaluatedSplit): Promise<Uint32Array> {
    const N = this.depth;
    const ranked = new Uint32Array(this.#cases[split].count * N); // [U, N]
    for await (const { first, items } of answers) ranked.set(items, first * N);
    return ranked;
  }

  /**
   * The index of the table that was searched last, for who measures the same model.
   *
   * @throws if nothing was evaluated yet
   */
  get retriever(): Retriever {
    if (!this.#retriever) throw new Error("nothing was evaluated yet");
    return this.#retriever;
  }

  /** Gives back what the retrieval holds. */
  dispose(): void {
    this.#retriever?.dispose();
  }

  async #index(table: Values<Float32Array>): Promise<Retriever> {
    const d = table.length / (this.#itemCount + 1);
    if (this.#retriever?.d === d) await this.#retriever.update(table);
    else {
      this.#retriever?.dispose();
      this.#retriever = await Retriever.create(table, d);
    }
    return this.#retriever;
  }
}

/** @throws {BadInput} for none, or one that is no length of a list */
function requireCutoffs(cutoffs: readonly number[], most: number): void {
  if (!Array.isArray(cutoffs) || cutoffs.length === 0) {
    throw new BadInput("not a list of cut-offs", "cutoffs", cutoffs, "For example [20, 50].");
  }
  for (const N of cutoffs) requireWhole(N, "cutoffs", 1, most);
}
