/** Text inside HTML. */

/** Text as HTML shows it, also inside an attribute in double quotes. */
export function escapeHtml(text: string): string {
  const names: Record<string, string> = {
    "&": "amp",
    "<": "lt",
    ">": "gt",
    '"': "quot",
  };
  return text.replace(/[&<>"]/g, (character) => `&${names[character]};`);
}
