/** The playground's measures: means over the held-out users. */
import { cosine, meanOverPairs } from "../analyze/homogenised_interests.ts";
import { type Look, looks, type Seen } from "./look.ts";

/** Means over the held-out users after some steps. */
export interface PlaygroundMeasures {
  readonly step: number;
  /** recall@20, in [0, 1] */
  readonly recall: number;
  /** exp(entropy) of an interest's routing, in items */
  readonly effectiveItems: number;
  /** what uniform routing would give: the mean length of the histories */
  readonly effectiveItemsUniform: number;
  /** of the gradient over all other items by the selected interest */
  readonly effectiveNegatives: number;
  /** of the tenth of the items hardest for the user, those easy for the selected interest */
  readonly hidden: number;
  /** cosine of two interests of a user; 1 for a single one */
  readonly cosine: number;
}

/** Measures all users of which there are interests. */
export function heldOut(seen: Seen, step: number, recall: number): PlaygroundMeasures {
  const users = looks(seen);
  const { K } = seen.users;
  const mean = (of: (look: Look) => number) =>
    users.reduce((sum, look) => sum + of(look), 0) / users.length;
  return {
    ...{ step, recall },
    effectiveItems: mean(({ effective }) => effective.reduce((a, b) => a + b) / K),
    effectiveItemsUniform: mean(({ history }) => history.length),
    effectiveNegatives: mean(({ effectiveNegatives }) => effectiveNegatives),
    hidden: mean(({ hidden }) => hidden),
    cosine: K === 1 ? 1 : mean(({ vectors }) => meanOverPairs(vectors, cosine)),
  };
}
