import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { dayOf } from "../data/days.ts";
import { useTfjsBackend } from "../engine/tfjs/backends.ts";
import { fixture, type TrainingFixture } from "../testing/fixtures.ts";
import { timeMatrix } from "./time_embedding.ts";

Deno.test("the time matrix of time stamps is the official code's", async () => {
  await useTfjsBackend("cpu");
  const { steps, config } = fixture<TrainingFixture>("pimi");
  let repeated = 0;
  for (const { timestamps, mask, time_matrix } of steps) {
    const days = timestamps!.map((row) => row.map((t) => dayOf(t, row[0]!)));
    const T = tf.tidy(() =>
      timeMatrix(
        tf.tensor2d(days.map((row) => [...row]), undefined, "int32"),
        tf.tensor2d(mask.map((row) => [...row])),
        config.time_span!,
      ).arraySync()
    );
    assert.deepEqual(T, time_matrix);
    repeated += time_matrix!.flat(2).filter((days) => days === config.time_span).length;
  }
  assert.ok(repeated > 0); // the span cuts some
});
