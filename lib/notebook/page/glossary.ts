/** Every symbol and measure of the notebooks in one sentence, and the notebook that defines it. */

/** A symbol, a measure or a word of the field. */
export interface Term {
  readonly name: string;
  /** as LaTeX, where it is written so */
  readonly symbol?: string;
  /** Markdown, equations too */
  readonly meaning: string;
  /** number of the notebook that defines it */
  readonly notebook: string;
  /** what stands there, to the letter, where it is defined */
  readonly found: string;
}

/** The terms, those that belong together beside each other. */
export const glossary: readonly Term[] = [
  {
    name: "history",
    symbol: "H",
    meaning: "What a user has taken, oldest first; $H$ has a row an item, its embedding. $[L, d]$",
    notebook: "01",
    found: "embeddings of the history, a row an item",
  },
  {
    name: "history length",
    symbol: "L",
    meaning: "Items of the history that the model sees; shorter histories are padded.",
    notebook: "01",
    found: "items of the history that the model sees",
  },
  {
    name: "number of interests",
    symbol: "K",
    meaning: "Vectors that a user has.",
    notebook: "01",
    found: "interests of a user",
  },
  {
    name: "number of negatives",
    symbol: "S",
    meaning: "Items that an example's target is compared with.",
    notebook: "01",
    found: "negatives of a training example",
  },
  {
    name: "embedding size",
    symbol: "d",
    meaning: "Numbers in the vector of an item or an interest.",
    notebook: "01",
    found: "size of an embedding",
  },
  {
    name: "batch size",
    symbol: "B",
    meaning: "Users in a training step.",
    notebook: "01",
    found: "users in a training batch",
  },
  {
    name: "routing",
    symbol: "A",
    meaning: "How much of each item of the history goes into each interest: a softmax over the " +
      "positions, a row an interest, each row sums to one. $[K, L]$",
    notebook: "01",
    found: "routing, a row an interest",
  },
  {
    name: "interests",
    symbol: "V = A H",
    meaning: "A user's vectors: weighted means of the history, a row an interest. $[K, d]$",
    notebook: "01",
    found: "interests, a row an interest",
  },
  {
    name: "target",
    symbol: "e_+",
    meaning: "The item that the user takes next: what an example is to retrieve.",
    notebook: "01",
    found: "its target $e_+$",
  },
  {
    name: "readout",
    symbol: "k^* = \\operatorname{argmax}_k v_k \\cdot e_+",
    meaning: "Which interest an example trains: the one nearest to the target (hard readout).",
    notebook: "01",
    found: "hard readout",
  },
  {
    name: "score",
    symbol: "x",
    meaning: "The inner product of an interest and an item; $x_+$ is the target's, $x_j$ a " +
      "negative's.",
    notebook: "01",
    found: "x_+ = v_{k^*} \\cdot e_+",
  },
  {
    name: "negatives",
    symbol: "e_j",
    meaning: "Items drawn uniformly from the catalogue, which an example's target has to outscore.",
    notebook: "01",
    found: "negatives $e_j$, drawn uniformly",
  },
  {
    name: "sampled softmax",
    symbol: "\\mathcal{L}",
    meaning: "The loss: minus the logarithm of the target's share of the exponentials of its own " +
      "score and those of the negatives.",
    notebook: "01",
    found: "_sampled softmax_",
  },
  {
    name: "serving",
    symbol: "\\max_k v_k \\cdot e_i",
    meaning: "Every interest scores every item, and an item counts by its best score.",
    notebook: "01",
    found: "an item counts by its best score",
  },
  {
    name: "Recall@N",
    meaning:
      "Of a user's next items, the share that is among $N$ retrieved ones; for a model the " +
      "mean over its users.",
    notebook: "01",
    found: "\\text{Recall@}N",
  },
  {
    name: "HR@N",
    meaning: "Hit rate: the share of users with at least one hit among $N$ retrieved items.",
    notebook: "01",
    found: "\\text{HR@}N",
  },
  {
    name: "NDCG@N",
    meaning: "Hits among $N$ retrieved items, each worth less the further down it stands, as a " +
      "share of the best that was possible.",
    notebook: "01",
    found: "\\text{NDCG@}N",
  },
  {
    name: "capped",
    meaning: "A training that ended at its last step while it could still improve.",
    notebook: "00",
    found: "_Capped_",
  },
  {
    name: "planted interest",
    meaning: "In generated data one of the groups of items that users were made from; the model " +
      "does not know it.",
    notebook: "01",
    found: "planted interests, each with 50 items",
  },
  {
    name: "target's probability",
    symbol: "p_+",
    meaning: "The probability that the model gives the target; $1 - p_+$ is what an example has " +
      "left to teach.",
    notebook: "02",
    found: "is the probability that the model gives the target",
  },
  {
    name: "weight of a negative",
    symbol: "w_j",
    meaning: "A negative's share of an example's gradient; without IHN the weights are a softmax " +
      "of the scores and sum to one.",
    notebook: "02",
    found: "The _weight_ $w_j$",
  },
  {
    name: "margin",
    symbol: "x_j - x_+",
    meaning: "How far a negative stands above the target.",
    notebook: "02",
    found: "The _margin_",
  },
  {
    name: "hidden negative",
    meaning: "A negative that outranks the target when the user is served, and not for the " +
      "interest that is trained.",
    notebook: "02",
    found: "A negative is **hidden**",
  },
  {
    name: "effective number of negatives",
    symbol: "N_{\\text{eff}}",
    meaning:
      "How many negatives carry the gradient: $(\\sum_j w_j)^2 / \\sum_j w_j^2$, from 1 to " +
      "$S$.",
    notebook: "02",
    found: "_effective number of negatives_",
  },
  {
    name: "routing collapse",
    meaning: "An interest puts nearly all its weight on one item of the history.",
    notebook: "03",
    found: "_routing collapse_",
  },
  {
    name: "effective items",
    meaning: "How many items a row of the routing uses: the exponential of its entropy, from 1 " +
      "to $L$.",
    notebook: "03",
    found: "ffective items",
  },
  {
    name: "interest cosine",
    meaning: "The cosine of two interests of one user: 1 if they are the same.",
    notebook: "03",
    found: "the cosine of two interests of one user",
  },
  {
    name: "IHN",
    meaning: "Interest-aware hard negatives: the negatives of an example count by how high the " +
      "selected interest scores them.",
    notebook: "04",
    found: "**IHN**",
  },
  {
    name: "beta",
    symbol: "\\beta",
    meaning: "How much IHN prefers hard negatives; 0 is the plain sampled softmax.",
    notebook: "04",
    found: "$\\beta \\ge 0$",
  },
  {
    name: "ideal negatives",
    symbol: "q_\\beta",
    meaning: "The distribution over the catalogue that IHN estimates: in proportion to " +
      "$\\exp(\\beta \\, v \\cdot e_i)$.",
    notebook: "04",
    found: "q_\\beta(i) \\propto",
  },
  {
    name: "importance weight",
    symbol: "\\mathrm{imp}_j",
    meaning: "What corrects a uniform draw towards $q_\\beta$: $\\exp(\\beta x_j)$.",
    notebook: "04",
    found: "\\mathrm{imp}_j = \\exp(\\beta x_j)",
  },
  {
    name: "RR",
    meaning: "Routing regularization: a penalty on peaked rows of the routing.",
    notebook: "05",
    found: "**RR**",
  },
  {
    name: "lambda",
    symbol: "\\lambda",
    meaning: "How much the penalty of RR counts; 0 is without it.",
    notebook: "05",
    found: "$\\lambda \\ge 0$",
  },
  {
    name: "Q",
    symbol: "Q",
    meaning: "The one number of a row that RR knows, $\\sum_l A_{kl}^2$: $1/n$ for a row that is " +
      "uniform over $n$ positions, 1 for a row that looks at one.",
    notebook: "05",
    found: "$Q = \\sum_l A_{kl}^2$",
  },
];
