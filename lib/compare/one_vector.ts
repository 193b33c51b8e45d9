/** One vector a user or several: the declared trainings that are compared. */
import { resultsPath } from "../base/files.ts";
import { methodOf } from "../results/method.ts";
import { frameOf, pointsOf, variants } from "../results/points.ts";
import { study, studyNames } from "../results/study.ts";
import { type Asked, askedBy, askedOf } from "./asked_rows.ts";
import { type Contrast, testContrasts, type TestedContrast } from "./contrasts.ts";

/** With its K, where the model may have another: "REMI, K = 1". */
function withK(row: Asked): Asked {
  const { model, K } = row.config;
  return model === "comirec-sa" ? { ...row, name: `${row.name}, K = ${K}` } : row;
}

/**
 * On every data set with a study: the single vectors, attention with K = 1, and with the study's K,
 * each with the fixes that it can have, at the study's number of negatives.
 */
export async function vectorRows(folder: string = resultsPath()): Promise<Asked[]> {
  const frames = studyNames.map(frameOf);
  const asked = (await askedBy("one-vector", folder)).filter(({ data, config }) =>
    config.S === study(data).settings.S && config.K === 1
  );
  const several = await askedOf(
    frames.flatMap((frame) => pointsOf(frame, Object.values(variants(frame)))),
    folder,
  );
  return studyNames.flatMap((data) =>
    [...asked, ...several].filter((row) => row.data === data).map(withK)
  );
}

const isAttention = ({ config }: Asked) => config.model === "comirec-sa";

/** The same method with one vector and with several, by data set and method. */
function pairsOf(rows: readonly Asked[]): (readonly [one: Asked, several: Asked])[] {
  const groups = Map.groupBy(
    rows.filter(isAttention),
    ({ data, method }) => `${data} ${method.variant}`,
  );
  return [...groups.values()].flatMap((its) => {
    const one = its.find(({ config }) => config.K === 1);
    const several = its.find(({ config }) => config.K > 1);
    return one && several ? [[one, several] as const] : [];
  });
}

/**
 * What several interests add to one, for the model without a fix, with IHN, with RR, with both.
 *
 * @throws {BadInput} as {@linkcode testContrasts}
 */
export async function severalForOne(folder: string = resultsPath()): Promise<TestedContrast[]> {
  const contrasts = pairsOf(await vectorRows(folder)).map(([from, to]): Contrast => ({
    added: from.method.name,
    label: `K = ${to.config.K} for 1, ${from.method.name}`,
    from,
    to,
  }));
  return await testContrasts(contrasts, folder);
}

/**
 * What RR adds where there is one vector and nothing to select, and how attention that RR trains
 * compares with means of the history.
 *
 * @throws {BadInput} as {@linkcode testContrasts}
 */
export async function repairedByRr(folder: string = resultsPath()): Promise<TestedContrast[]> {
  const rows = (await vectorRows(folder)).filter(({ config }) => config.K === 1);
  const contrasts = studyNames.flatMap((data) => {
    const its = rows.filter((row) => row.data === data);
    const rr = its.find((row) => isAttention(row) && row.method.variant === "+RR");
    const others = its.filter(({ method }) => method.variant === "plain");
    return rr
      ? others.map((from): Contrast => ({
        added: isAttention(from) ? "RR" : "attention with RR",
        label: `RR, K = 1, for ${from.name}`,
        from,
        to: rr,
      }))
      : [];
  });
  return await testContrasts(contrasts, folder);
}

/** Rows of the remedies, with ComiRec-SA and RR alone, which they are compared with. */
export async function remedyRows(folder: string = resultsPath()): Promise<Asked[]> {
  const remedies = await askedBy("remedies", folder);
  const names = [...new Set(remedies.map(({ data }) => data))];
  const others = await askedOf(
    names.map(frameOf).flatMap((frame) => {
      const { plain, "+RR": rr } = variants(frame);
      return pointsOf(frame, [plain, rr]);
    }),
    folder,
  );
  return names.flatMap((data) => [...others, ...remedies].filter((row) => row.data === data));
}

/**
 * Each remedy beside the method that it is added to: ComiRec-SA, or RR alone.
 *
 * @throws {BadInput} as {@linkcode testContrasts}
 */
export async function remedyContrasts(folder: string = resultsPath()): Promise<TestedContrast[]> {
  const rows = await remedyRows(folder);
  const contrasts = rows.flatMap((to): Contrast[] => {
    const { objective } = to.config;
    if (methodOf({ objective }).variant === "plain") return [];
    const onRr = objective.rr !== undefined && objective.repel !== undefined;
    const from = rows.find(({ data, method }) =>
      data === to.data && method.variant === (onRr ? "+RR" : "plain")
    );
    const added = objective.selection === "bam" ? "BaM" : objective.repel ? "repel" : "RR";
    return from ? [{ added, label: `${added} to ${from.name}`, from, to }] : [];
  });
  return await testContrasts(contrasts, folder);
}
