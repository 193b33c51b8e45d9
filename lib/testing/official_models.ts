/** How our models, their options and their parameters are called in the official codes. */
import type { TrainingFixture } from "./fixtures.ts";

/** An official name, and whether its last two axes are the other way round, as in [out, in]. */
export type OfficialName = readonly [name: string, transposed?: "transposed"];

/** A model of ours in the terms of an official code. */
export interface OfficialModel {
  readonly model: string;
  /** our options, for what the fixture says about its own */
  options?(fixture: TrainingFixture): Record<string, unknown>;
  readonly table: string;
  /** the tables of the profile's fields, in the batch's order */
  readonly profile?: readonly string[];
  /** by our names */
  readonly parameters: Readonly<Record<string, OfficialName>>;
}

const EMBEDDINGS = "embeddings.weight";

const comirecSa: OfficialModel = {
  model: "comirec-sa",
  table: EMBEDDINGS,
  parameters: {
    W1: ["linear1.0.weight", "transposed"],
    W2: ["linear2.weight", "transposed"],
    P: ["position_embedding"],
  },
};

const youtubeDnn: OfficialModel = {
  model: "youtube-dnn",
  table: EMBEDDINGS,
  parameters: { W: ["linear.weight", "transposed"] },
};

const mind: OfficialModel = {
  model: "mind",
  options: ({ options }) => ({
    stopGradient: options?.stop_grad ?? true,
    relu: options?.relu_layer ?? false,
  }),
  table: EMBEDDINGS,
  parameters: {
    W: ["capsule_network.linear.weight", "transposed"],
    Wr: ["capsule_network.relu.0.weight", "transposed"],
  },
};

const comirecDr: OfficialModel = {
  model: "comirec-dr",
  options: ({ options }) => ({ stopGradient: options?.stop_grad ?? true }),
  table: EMBEDDINGS,
  parameters: { W: ["capsule_network.w", "transposed"] },
};

const gru4rec: OfficialModel = {
  model: "gru4rec",
  options: () => ({ dropout: 0 }),
  table: EMBEDDINGS,
  parameters: {
    Wx: ["gru.weight_ih_l0", "transposed"],
    Wh: ["gru.weight_hh_l0", "transposed"],
    D: ["dense.weight", "transposed"],
    b: ["dense.bias"],
  },
};

const pimiLayers = { query: "dense", key: "dense_1", value: "dense_2", output: "dense_3" };

const pimi: OfficialModel = {
  model: "pimi",
  options: ({ config }) => ({ clock: "time", span: config.time_span, dropout: 0 }),
  table: "item_embedding/item_id_embedding_var",
  parameters: {
    P: ["item_embedding/abs_pos/lookup_table"],
    Tau: ["item_embedding/time_matrix/lookup_table"],
    w: ["item_embedding/time_W_var"],
    ...Object.fromEntries(
      [0, 1, 2].flatMap((i) =>
        Object.entries(pimiLayers).flatMap(([layer, name]): [string, OfficialName][] => {
          const place = `gcn_interaction/num_blocks_${i}/star_multihead_attention/${name}`;
          return [
            [`block ${i} ${layer}`, [`${place}/kernel`]],
            [`block ${i} ${layer} bias`, [`${place}/bias`]],
          ];
        })
      ),
    ),
    W1: ["extract_interset/dense/kernel"],
    b1: ["extract_interset/dense/bias"],
    W2: ["extract_interset/dense_1/kernel"],
  },
};

const re4: OfficialModel = {
  model: "re4",
  options: ({ options }) => ({
    threshold: options?.thre,
    contrast: options?.contrast_weight,
    construct: options?.construct_weight,
    attend: options?.attend_weight,
  }),
  table: "embedding_layer.weight",
  parameters: {
    W1: ["W1", "transposed"],
    W2: ["W1_2", "transposed"],
    W: ["W2"],
    F: ["fc1.weight", "transposed"],
    f: ["fc1.bias"],
    C: ["fc_cons.weight", "transposed"],
    c: ["fc_cons.bias"],
    W3: ["W3", "transposed"],
    W4: ["W3_2", "transposed"],
    W5: ["W5"],
  },
};

const layer = (place: string, W: string, b: string): Record<string, OfficialName> => ({
  [W]: [`${place}/weights`],
  [b]: [`${place}/biases`],
});

const umi: OfficialModel = {
  model: "umi",
  table: "mid_embedding_var",
  profile: [
    "user_gender_embedding_matrix",
    "user_age_embedding_matrix",
    "user_occup_embedding_matrix",
  ],
  parameters: {
    "field 0": ["user_gender_embedding_matrix"],
    "field 1": ["user_age_embedding_matrix"],
    "field 2": ["user_occup_embedding_matrix"],
    ...layer("routing/user_attention_net/fully_connected", "Wa", "ba"),
    ...layer("routing/user_attention_net/fully_connected_1", "wb", "bb"),
    W: ["routing/fully_connected/weights"],
    ...layer("user_attention_net/fully_connected", "Wc", "bc"),
    ...layer("user_attention_net/fully_connected_1", "Wd", "bd"),
    ...layer("linear_user_net/fully_connected", "We", "be"),
    ...layer("linear_user_net/fully_connected_1", "Wf", "bf"),
  },
};

/** By the fixtures' `model`. */
export const officialModels: Readonly<Record<string, OfficialModel>> = {
  "ComiRec-SA": comirecSa,
  "REMI": comirecSa,
  "UMI_HN (ComiRec-SA encoder)": { ...comirecSa, model: "umi-hn" },
  "DNN": youtubeDnn,
  "GRU4Rec": gru4rec,
  "MIND": mind,
  "MIND with IHN and RR": mind,
  "ComiRec-DR": comirecDr,
  "ComiRec-DR with IHN and RR": comirecDr,
  "PIMI": pimi,
  "Re4": re4,
  "UMI": umi,
};
