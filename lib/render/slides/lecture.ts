/**
 * The lecture: framework, hidden negatives, collapse, both fixes, what holds. It says nothing in
 * numbers that a recorded run or a notebook's toy does not show beside it.
 */
import { toy } from "../../analyze/toy/toy_user.ts";
import { trainToy } from "../../analyze/toy/train_toy.ts";
import { figure } from "../../figures/mod.ts";
import { renderedFigures, renderedTables } from "../render_all.ts";
import type { Part, Slide } from "./slide.ts";
import {
  besideLegend,
  chanceTable,
  effectiveItemsTable,
  routingTable,
  sharesTable,
  smaller,
  swept,
  workedToy,
} from "./shown.ts";

/** A figure of the results, with the command that draws it. */
function recorded(name: string): Pick<Slide, "figure" | "source"> {
  return { figure: () => renderedFigures[name]!(), source: `deno task figures ${name}` };
}

const opening: Part = {
  title: "REMI in 90 minutes",
  slides: [
    {
      title: "Multi-interest recommenders: two problems, two fixes, and what holds",
      minutes: 2,
      text: "- The framework\n- Problem 1: hidden negatives\n- Problem 2: routing collapse\n" +
        "- Fix 1: interest-aware hard negatives (IHN)\n- Fix 2: routing regularization (RR)\n" +
        "- What holds",
      notes:
        "After Xie et al., RecSys 2023, known second-hand and from its code. Figures are drawn " +
        "from recorded runs or computed as in a notebook, but for the framework; the foot says " +
        "by what.\n\nWho wants to follow on a computer opens notebook 00 now and runs it: it " +
        "trains while you speak.",
    },
  ],
};

const framework: Part = {
  title: "The framework",
  slides: [
    {
      title: "Someone reads crime novels and cooks",
      minutes: 4,
      figure: () => Promise.resolve(besideLegend(figure.toyPlane({ A: toy.A }))),
      source: "notebook 01",
      notes: "Draw the plane on the board: to the right is crime, upwards is cooking. Four items " +
        "of history, one of them an umbrella that means nothing.\n\nAsk: where would one vector " +
        "lie? Between crime and cooking, next to what is a little of both. So a user gets several.",
    },
    {
      title: "One history becomes several interests",
      minutes: 4,
      ...recorded("framework"),
      drawing: true,
      notes:
        "Left to right: history, routing, interests. Then training and serving part. The two " +
        "dark boxes are REMI's changes; leave them for later.\n\nEvery interest weighs all " +
        "positions. A row of the routing sums to one.",
    },
    {
      title: "An interest is a weighted mean of the history",
      minutes: 4,
      text: "$$A = \\operatorname{softmax}\\left(W_2^\\top \\tanh\\left(W_1^\\top (H + P)^\\top" +
        "\\right)\\right), \\qquad V = A H$$\n\n$$[K, L] \\quad\\text{times}\\quad [L, d]" +
        "\\quad\\text{is}\\quad [K, d]$$",
      table: routingTable,
      source: "notebook 01",
      notes:
        "Compute one cell of V on the board with the toy user's numbers, as notebook 01 does." +
        "\n\nThe softmax runs over positions. Nothing in it makes rows differ, and nothing keeps " +
        "a row from giving all its weight to one item. Both will matter.",
    },
    {
      title: "Training picks the interest nearest to the target",
      minutes: 4,
      text: "$$k^* = \\operatorname{argmax}_k \\, v_k \\cdot e_+$$",
      code: { notebook: "01", name: "sampledSoftmax" },
      source: "notebook 01",
      notes:
        "The hard readout. Only the selected interest gets a gradient from this example; the " +
        "others move with what all share.\n\nServing is different: every interest scores every " +
        "item, whose best score counts. Ask what could go wrong between the two.",
    },
  ],
};

const negatives: Part = {
  title: "Problem 1: hidden negatives",
  slides: [
    {
      title: "A negative teaches by its share of the scores",
      minutes: 3,
      text: "$$\\frac{\\partial\\mathcal{L}}{\\partial x_j} = (1-p_+)\\,w_j, \\qquad " +
        "w_j=\\frac{e^{x_j}}{\\sum_i e^{x_i}}$$",
      table: sharesTable,
      source: "notebook 02",
      notes:
        "Two factors: what is left to learn from the example, and the negative's share of it." +
        "\n\nA negative far below the target has next to no share. It is easy.",
    },
    {
      title: "The selection hides negatives from training",
      minutes: 5,
      figure: () => Promise.resolve(besideLegend(figure.toySelection({ A: toy.A }))),
      source: "notebook 02",
      notes:
        "Beyond the dashed line an item outranks the target for the interest that is trained. " +
        "In the shaded area it does so only for the other interest: when the user is served it " +
        "stands above the target, and this example does not see it.\n\nIn the notebook the " +
        "target can be moved.",
    },
    {
      title: "By chance alone, more interests hide more",
      minutes: 3,
      text: "$$P(x_{k^*j}>x_{k^*+})=\\frac{1}{K+1}, \\qquad " +
        "P\\bigl(\\max_k x_{kj}>\\max_k x_{k+}\\bigr)=\\frac12$$",
      table: chanceTable,
      source: "notebook 02",
      notes:
        "Let interests know nothing: independent scores. The selected score of the target is " +
        "the largest of K draws.\n\nTo its own training such a model looks as if it had learned.",
    },
    {
      title: "A trained model (one seed) hides much of what outranks the target",
      minutes: 5,
      ...recorded("retailrocket-margins"),
      notes: "RetailRocket, ComiRec-SA. Right of zero an item outranks the target. One curve is " +
        "what serving ranks by, the other what training sees.\n\nThe caution of notebook 02: a " +
        "negative is also easy because the model has learned. Only comparisons keep the two apart.",
    },
  ],
};

const collapse: Part = {
  title: "Problem 2: routing collapse",
  slides: [
    {
      title: "How many items does an interest use?",
      minutes: 3,
      text: "$$\\text{effective items} = \\exp\\Bigl(-\\sum_l A_{kl} \\ln A_{kl}\\Bigr)$$\n\n" +
        "One item with all the weight counts as 1, equal weights count as all items.",
      table: effectiveItemsTable,
      source: "notebook 03",
      notes: "The exponential of the entropy of a row. It needs something to compare with, so it " +
        "always stands beside the value for uniform weights of the same histories.",
    },
    {
      title: "The toy user's interests become copies of one item each",
      minutes: 5,
      figure: async () => figure.toyRouting((await trainToy({ steps: 100 })).frames),
      source: "notebook 03",
      notes: "The same loss as before, a hundred steps. In the notebook the slider goes through " +
        "them: all weights start about equal.\n\nAsk why. The selected interest gets a high " +
        "score with the target by looking at the one item most like it; a mean is " +
        "largest when all its weight lies on its largest member.",
    },
    {
      title: "A real model does it within its first evaluations",
      minutes: 5,
      ...recorded("retailrocket-routing"),
      notes: "One user of RetailRocket, early, in the middle and at the best step. Above " +
        "ComiRec-SA, below REMI.\n\nThe numbers above: this user, and a hundred of three seeds.",
    },
    {
      title: "It lasts to the best step",
      minutes: 3,
      ...recorded("retailrocket-collapse"),
      notes:
        "Means over users and seeds. The dotted line is uniform weights of the same histories." +
        "\n\nThe question to leave open here: is this bad for recall? The part on what holds " +
        "answers it.",
    },
  ],
};

const ihn: Part = {
  title: "Fix 1: interest-aware hard negatives",
  slides: [
    {
      title: "IHN weights the negatives that it has",
      minutes: 6,
      text: "$$\\mathrm{imp}_j = \\exp(\\beta x_j), \\qquad \\mathrm{Neg} = " +
        "\\frac{\\sum_j \\mathrm{imp}_j \\exp(x_j)}{\\frac{1}{S} \\sum_j \\mathrm{imp}_j}$$",
      code: { notebook: "04", name: "ihn" },
      source: "notebook 04",
      notes: "Ask what happens for a beta of zero, and for a very large one. Then go through the " +
        "five lines.\n\nTo draw hard negatives one would have to score the catalogue for every " +
        "user. Importance weights keep the uniform draws.",
    },
    {
      title: "A larger beta trains the hardest, and lifts the easy ones",
      minutes: 4,
      figure: () => Promise.resolve(figure.workedNegatives(workedToy())),
      source: "notebook 04",
      notes:
        "The toy user's five negatives. Above zero a step pushes a negative down, below zero " +
        "up.\n\nNeg is a weighted mean: it also gets smaller if its small members gain weight.",
    },
    {
      title: "What recorded trainings say about beta",
      minutes: 5,
      figure: () => swept("beta", ["Recall@50", "effective-negatives-selected"]),
      source: "notebook 07",
      notes: "With and without RR. Read the left panel aloud, then let the class read the right " +
        "one. Notebook 07 has hit rates and the other data sets.\n\n" +
        "The hardest negatives are in part false ones: items that the model should retrieve.",
    },
  ],
};

const rr: Part = {
  title: "Fix 2: routing regularization",
  slides: [
    {
      title: "RR charges a row for being peaked",
      minutes: 5,
      text: "$$C = (A - \\bar{A})(A - \\bar{A})^\\top, \\qquad " +
        "\\mathcal{L}_{RR} = \\lVert \\operatorname{diag}(C) \\rVert_F^2$$",
      code: { notebook: "05", name: "rr" },
      source: "notebook 05",
      notes:
        "Of a row the penalty knows one number, the sum of its squares.\n\nAsk: does it make " +
        "interests different? Nothing in it compares two rows.",
    },
    {
      title: "It pulls every row towards uniform weights",
      minutes: 2,
      figure: async () => smaller(await renderedFigures["penalty-simplex"]!()),
      source: "deno task figures penalty-simplex",
      drawing: true,
      notes: "All rows over three items. The arrows are steps down the penalty's gradient. The " +
        "bottom is flat, so a mild preference is almost free.",
    },
    {
      title: "The toy user keeps the history, and a preference",
      minutes: 3,
      figure: async () => figure.toyRouting((await trainToy({ lambda: 3 })).frames),
      source: "notebook 05",
      notes: "The training of before with one number more. The weights set out for single items, " +
        "stop, and come back.",
    },
    {
      title: "More lambda saves items and costs difference",
      minutes: 4,
      figure: () => swept("lambda", ["effective-items", "retrieved-overlap"]),
      source: "notebook 07",
      notes: "Effective items rise with lambda, and the lists of two interests become alike.\n\n" +
        "There are two ways to lose several interests: each is one item, or all are the same.",
    },
  ],
};

const verdict: Part = {
  title: "What holds",
  slides: [
    {
      title: "RR teaches fast and ends high; IHN is small beside it here",
      minutes: 4,
      ...recorded("retailrocket-learning-curves"),
      notes:
        "RetailRocket to early stopping. Open marks are the authors' own code.\n\nA comparison " +
        "at one number of steps would flatter REMI, so each line goes on until it stops by itself.",
    },
    {
      title: "The same in numbers, with the spread over seeds",
      minutes: 3,
      table: () => renderedTables["retailrocket-results"]!(),
      source: "deno task figures retailrocket-results",
      notes:
        "Mean and standard deviation over seeds. Which differences would you believe? Notebook " +
        "06 has the paired tests and the other data sets.",
    },
    {
      title: "Does a single vector do as well?",
      minutes: 3,
      ...recorded("retailrocket-interests"),
      notes: "What RR repairs is that every target trains the whole history. Notebook 08 takes " +
        "that apart.",
    },
    {
      title: "What to take home",
      minutes: 1,
      text: "- The selection hides negatives, as the paper says.\n" +
        "- Routing collapses, as the paper says, and stays so to the best step.\n" +
        "- RR is most of REMI's gain in recall, or all of it, and leaves interests alike.\n" +
        "- What IHN adds depends on the data, on beta, and on when one stops.\n" +
        "- Change a number and run it again: 00 to 05 explain, 06 to 10 are the evidence.",
      notes: "Hand out one exercise of each notebook: a number, a function, an argument.",
    },
  ],
};

/** The parts, in the order in which they are given. */
export const lecture: readonly Part[] = [opening, framework, negatives, collapse, ihn, rr, verdict];
