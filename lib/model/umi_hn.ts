/**
 * UMI_HN: UMI's hard negatives without its profiles. No code under this name is public; as far as
 * the code of REMI's authors shows, it is ComiRec-SA's encoder with UMI's loss, in which every item
 * meets its own nearest interest.
 */
import { comirecSa } from "./comirec_sa.ts";

/** ComiRec-SA, trained with the per-item maximum. */
export const umiHn: typeof comirecSa = {
  ...comirecSa,
  name: "umi-hn",
  title: () => "UMI_HN",
  selection: "per-item",
};
