/**
 * Exact retrieval of the N best items for users with several interests; lib/engine/retrieval calls
 * these in order. retrieval_scan.ts explains how the work is saved and proves that nothing is lost.
 */
export { measureNorms, orderByNorm, packPanels, placeRows } from "./retrieval_catalogue";
export { search } from "./retrieval_search";
