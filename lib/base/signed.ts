/** Differences in words. */

/** "+1.2", "−0.3", "0.0" */
export function signed(value: number): string {
  const size = Math.abs(value).toFixed(1);
  return `${size === "0.0" ? "" : value < 0 ? "−" : "+"}${size}`;
}
