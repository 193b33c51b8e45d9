import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { Random } from "../base/random.ts";
import { hardForUserEasyForInterest } from "./easy_negatives.ts";
import { marginHistograms } from "./margins.ts";
import { hardAndEasyIfIndependent, outranking, outrankingIfIndependent } from "./outranking.ts";
import { assertClose } from "../testing/assert_close.ts";

/** Users whose every score is a standard normal draw. */
function strangers(K: number, users: number, n: number) {
  const random = new Random(K);
  const draw = (size: number) => Float64Array.from({ length: size }, () => random.normal());
  return Array.from({ length: users }, () => ({
    positives: draw(K),
    negatives: Array.from({ length: K }, () => draw(n)),
  }));
}

Deno.test("outranking counts what lies above the edge 0", () => {
  const margins = {
    edges: [-1, 0, 1],
    selected: [4, 4, 1, 1],
    other: [0, 0, 0, 5],
    single: [5, 0, 0, 0],
    userMax: [1, 1, 1, 1],
  };
  assert.deepEqual(outranking(margins), { user: 0.5, selected: 0.2, other: 1, single: 0 });
  const alone = { ...margins, other: [0, 0, 0, 0] };
  assert.equal(outranking(alone).other, null);
});

for (const K of [2, 4, 8]) {
  Deno.test(`interests that know nothing outrank as derived, K = ${K}`, () => {
    const got = outranking(marginHistograms(strangers(K, 4000, 20)));
    const want = outrankingIfIndependent(K);
    for (const who of ["user", "selected", "other", "single"] as const) {
      assertClose(got[who], want[who]!, { absolute: 0.02 });
    }
    assert.ok(got.selected < got.user);
  });

  Deno.test(`independent interests hide hard negatives as derived, K = ${K}`, () => {
    const quantiles = { hard: 0.1, easy: 0.5 };
    const [user] = strangers(K, 1, 40_000);
    const got = hardForUserEasyForInterest(user!.negatives, 0, quantiles);
    assertClose(got, hardAndEasyIfIndependent(K, quantiles), { absolute: 0.02 });
  });
}

Deno.test("one interest is the user and hides nothing", () => {
  assert.deepEqual(outrankingIfIndependent(1), {
    user: 0.5,
    selected: 0.5,
    other: null,
    single: 0.5,
  });
  assert.equal(hardAndEasyIfIndependent(1, { hard: 0.1, easy: 0.5 }), 0);
});

Deno.test("a number of interests is whole and at least 1", () => {
  for (const K of [0, 2.5, -1, NaN]) {
    assert.throws(() => outrankingIfIndependent(K), BadInput);
  }
});
