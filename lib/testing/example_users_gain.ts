/** Made-up gains of groups of users for the test of their figure. */
import type { UsersGain } from "../figures/one_vector/users_gain.ts";

const group = (
  by: string,
  label: string,
  mean: number,
  verdict: UsersGain["groups"][number]["verdict"],
) => ({
  by,
  label,
  users: [0, 1, 2],
  gains: [mean, mean, mean],
  overUsers: { mean, low: mean - 1, high: mean + 1, z: 3 * Math.sign(mean), holm: 0.01 },
  verdict,
});

/** One group that gains, one that loses, and one of which nothing is told. */
export const exampleUsersGain: UsersGain = {
  about: "made-up data, 3 seeds",
  metric: "recall@50",
  groups: [
    group("history", "4 to 8 items", -2, "lower"),
    group("history", "9 to 20 items", 3, "higher"),
    group("made-up kind", "any", 0.5, "not told apart"),
  ],
};
