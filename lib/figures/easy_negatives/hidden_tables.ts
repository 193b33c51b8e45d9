/** Tables of the negatives that the selection hides. */
import type { LikedNegatives } from "../../analyze/liked_negatives.ts";
import type { SharesOfK } from "./gradient_shares.ts";
import { type Table, table } from "../../show/table.ts";

/**
 * By K: how many negatives are hidden, what the training gives them of the gradient, and what they
 * would get if the loss compared the target as serving does.
 *
 * @param runs as in a Table
 */
export function hiddenGradientTable(byK: readonly SharesOfK[], runs?: readonly string[]): Table {
  return table(
    byK.map(({ K, shares: { hidden } }) => ({
      "interests K": K,
      "hidden negatives (%)": 100 * hidden.negatives,
      "of the gradient, as trained (%)": 100 * hidden.selected,
      "of the gradient, as served (%)": 100 * hidden.user,
    })),
    {
      caption: "Negatives above the target for the user, below it for the selected interest",
      digits: {
        "hidden negatives (%)": 1,
        "of the gradient, as trained (%)": 1,
        "of the gradient, as served (%)": 1,
      },
      ...(runs && { runs }),
    },
  );
}

/**
 * By how far negatives lie above the target for the user: how many there are, how many of them are
 * hidden, and how many belong to one of the user's planted interests.
 *
 * @param runs as in a Table
 */
export function likedTable(ranges: readonly LikedNegatives[], runs?: readonly string[]): Table {
  const percent = (share: number | null) => share === null ? null : 100 * share;
  return table(
    ranges.map(({ from, share, hidden, likedOfHidden, likedOfSeen }, i) => {
      const to = ranges[i + 1]?.from;
      return {
        "for the user": from === -Infinity
          ? "below the target"
          : to === undefined
          ? `above it by more than ${from}`
          : `above it by ${from} to ${to}`,
        "negatives (%)": percent(share),
        "hidden (%)": from === -Infinity ? null : percent(hidden),
        "liked, of the seen (%)": from === -Infinity ? null : percent(likedOfSeen),
        "liked, of the others (%)": percent(likedOfHidden),
      };
    }),
    {
      caption: "Liked: of one of the user's planted interests",
      digits: 1,
      ...(runs && { runs }),
    },
  );
}
